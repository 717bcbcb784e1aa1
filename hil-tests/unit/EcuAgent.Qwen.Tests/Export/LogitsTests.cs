using EcuAgent.Qwen.Decoding;
using EcuAgent.Qwen.Package;
using EcuAgent.Qwen.Tests.Support;
using Xunit;

namespace EcuAgent.Qwen.Tests.Export;

/// <summary>The exported graph in the runtime against an independent forward pass.</summary>
public sealed class LogitsTests : IDisposable
{
    private static readonly int[] Prompt = [5, 99, 260, 17, 3, 301, 42, 42, 0, 128, 7];
    private readonly TestFiles _files = new();

    public static TheoryData<int> Shapes => [0, 1, 2, 3];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Logits_FullPrecision_EqualReference(int index)
    {
        var shape = Shape(index);
        using var decoder = Open(TinyModel.Export(_files, shape));
        var reference = new ReferenceModel(shape, name => shape.Tensors[name].Values);

        decoder.Append(Prompt);

        Assert.InRange(MaxError(reference.Logits(Prompt), decoder.Logits), 0, 1e-4);
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Continuation_GreedyOverManyTokens_EqualsReference(int index)
    {
        var shape = Shape(index);
        using var decoder = Open(TinyModel.Export(_files, shape));
        var reference = new ReferenceModel(shape, name => shape.Tensors[name].Values);
        var tokens = Prompt.ToList();

        decoder.Append(Prompt);
        for (var i = 0; i < 24; i++)
        {
            var logits = reference.Logits(tokens);
            Assert.InRange(MaxError(logits, decoder.Logits), 0, 1e-4);
            var next = Array.IndexOf(logits, logits.Max());
            Assert.Equal(next, ArgMax(decoder.Logits));
            tokens.Add(next);
            decoder.Append([next]);
        }
    }

    [Theory]
    [InlineData(8, 0)]
    [InlineData(8, 1)]
    [InlineData(8, 3)]
    [InlineData(4, 0)]
    [InlineData(4, 1)]
    [InlineData(4, 3)]
    public void Logits_Quantized_EqualReferenceOfTheQuantizedWeights(int bits, int index)
    {
        var shape = Shape(index);
        using var decoder = Open(TinyModel.Export(_files, shape, bits));
        var quantized = shape.Tensors.ToDictionary(
            static t => t.Key,
            t => t.Value.Shape.Length == 2 ? Dequantized(t.Value.Values, (int)t.Value.Shape[1], bits) : t.Value.Values);
        var expected = new ReferenceModel(shape, name => quantized[name]).Logits(Prompt);

        decoder.Append(Prompt);

        // What is left is the kernel's own rounding of activations to int8: one part in 127 of the largest of a block at each product.
        var relative = Math.Sqrt(expected.Zip(decoder.Logits.ToArray(), static (a, b) => (a - b) * (a - b)).Sum() / expected.Sum(static a => a * a));
        Assert.InRange(relative, 0, 0.05);
    }

    [Fact]
    public void Logits_TokenByToken_EqualOnePrefill()
    {
        var package = TinyModel.Export(_files, Shape(0));
        using var whole = Open(package);
        using var single = Open(package);
        using var pieces = Open(package);

        whole.Append(Prompt);
        foreach (var token in Prompt)
        {
            single.Append([token]);
        }

        pieces.Append(Prompt.AsSpan(0, 4));
        pieces.Append(Prompt.AsSpan(4, 1));
        pieces.Append(Prompt.AsSpan(5));

        var expected = whole.Logits.ToArray().Select(static v => (double)v).ToArray();
        Assert.InRange(MaxError(expected, single.Logits), 0, 1e-4);
        Assert.InRange(MaxError(expected, pieces.Logits), 0, 1e-4);
    }

    [Fact]
    public void Logits_AfterRewind_EqualFreshPrompt()
    {
        var package = TinyModel.Export(_files, Shape(0));
        using var used = Open(package);
        using var fresh = Open(package);
        int[] other = [.. Prompt[..6], 77, 12, 9];
        used.Append(Prompt);

        var kept = used.Rewind(other);
        used.Append(other.AsSpan(kept));
        fresh.Append(other);

        Assert.Equal(6, kept);
        Assert.InRange(MaxError([.. fresh.Logits.ToArray().Select(static v => (double)v)], used.Logits), 0, 1e-4);
    }

    [Fact]
    public void Append_BeyondContext_IsRefused()
    {
        using var decoder = new QwenDecoder(ModelPackage.Open(TinyModel.Export(_files, Shape(0))), 16, 1, 8);
        decoder.Append(new int[8]);
        decoder.Append(new int[8]);

        Assert.Throws<ArgumentException>(() => decoder.Append([1]));
        Assert.Throws<ArgumentException>(() => decoder.Append([]));
    }

    [Fact]
    public void Append_SingleToken_AllocatesNothing()
    {
        using var decoder = Open(TinyModel.Export(_files, Shape(0)));
        int[] token = [1];
        decoder.Append(token);
        Assert.Equal(0, Allocated.Least(() =>
        {
            for (var i = 0; i < 16; i++)
            {
                decoder.Append(token);
            }
        }));
    }

    private static TinyCheckpoint Shape(int index) => index switch
    {
        0 => new TinyCheckpoint(),
        1 => new TinyCheckpoint { Hidden = 80, Heads = 3, KeyValueHeads = 1, HeadDimension = 32, Intermediate = 72, Layers = 3, Tied = false, RopeTheta = 1_000_000, DataType = "BF16", Shards = 3, Seed = 2 },
        2 => new TinyCheckpoint { Hidden = 32, Heads = 2, KeyValueHeads = 2, HeadDimension = 64, Intermediate = 128, Layers = 1, Epsilon = 1e-5, DataType = "F16", Seed = 3 },
        _ => new TinyCheckpoint { Hidden = 112, Heads = 6, KeyValueHeads = 3, HeadDimension = 48, Intermediate = 200, Layers = 2, Seed = 4 },
    };

    private static QwenDecoder Open(string package) => new(ModelPackage.Open(package), 128, 1, 64);

    private static double MaxError(double[] expected, ReadOnlySpan<float> found)
    {
        Assert.Equal(expected.Length, found.Length);
        var error = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            error = Math.Max(error, Math.Abs(expected[i] - found[i]));
        }

        return error;
    }

    private static int ArgMax(ReadOnlySpan<float> logits) => logits.IndexOf(logits.ToArray().Max());

    // Independent of the product's quantizer: scale from the largest magnitude of 32 neighbours, nearest step.
    private static float[] Dequantized(float[] values, int columns, int bits)
    {
        var result = new float[values.Length];
        for (var row = 0; row < values.Length; row += columns)
        {
            for (var block = 0; block < columns; block += 32)
            {
                var part = values.AsSpan(row + block, Math.Min(32, columns - block)).ToArray();
                var largest = part.MaxBy(Math.Abs);
                var step = bits == 4 ? largest / -8 : Math.Abs(largest) / 127;
                for (var i = 0; i < part.Length; i++)
                {
                    result[row + block + i] = Math.Clamp(MathF.Round(part[i] / step), -(1 << (bits - 1)), (1 << (bits - 1)) - 1) * step;
                }
            }
        }

        return result;
    }
}
