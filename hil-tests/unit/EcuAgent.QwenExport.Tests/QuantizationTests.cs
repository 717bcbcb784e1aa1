using CsCheck;
using EcuAgent.QwenExport.Tests.Support;
using Xunit;

namespace EcuAgent.QwenExport.Tests;

/// <summary>Quantized graphs: the weights stored, and what the graph makes of them.</summary>
public sealed class QuantizationTests : IDisposable
{
    private readonly TestFiles _files = new();

    public static TheoryData<int, int> Cases => [.. from index in Enumerable.Range(0, TestModels.All.Length) from bits in new[] { 4, 8 } select (index, bits)];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Logits_FloatActivations_EqualReferenceOfTheStoredWeights(int index, int bits)
    {
        var model = TestModels.All[index];
        var package = Packages.Export(_files, model, bits, s => s with { FloatActivations = true, InlineLimitBytes = index % 2 == 0 ? 0 : long.MaxValue });
        using var graph = Packages.Open(_files, package, model);

        var found = graph.Append(Packages.Prompt);

        var error = Packages.MaxError(new ReferenceDecoder(model, Stored(model, package)).Append(Packages.Prompt)[^1], found);
        Assert.True(error < 1e-3, $"{model}, {bits} bits: {error}");
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(3, 8)]
    [InlineData(11, 4)]
    [InlineData(12, 8)]
    public void Continuation_GreedyOver64Tokens_EqualsReferenceOfTheStoredWeights(int index, int bits)
    {
        const double Tolerance = 1e-3;
        var model = TestModels.All[index];
        var package = Packages.Export(_files, model, bits, static s => s with { FloatActivations = true });
        using var graph = Packages.Open(_files, package, model);
        var reference = new ReferenceDecoder(model, Stored(model, package));
        var found = graph.Append(Packages.Prompt);
        var expected = reference.Append(Packages.Prompt)[^1];
        var compared = 0;
        for (var i = 0; i < 64; i++)
        {
            Assert.InRange(Packages.MaxError(expected, found), 0, Tolerance);
            var next = Array.IndexOf(expected, expected.Max());
            if (Packages.Margin(expected) > 2 * Tolerance)
            {
                Assert.Equal(next, Packages.ArgMax(found));
                compared++;
            }

            found = graph.Append([next]);
            expected = reference.Append(next)[0];
        }

        Assert.InRange(compared, 55, 64);
    }

    [Theory]
    [InlineData(0, 8, 0.03)]
    [InlineData(1, 8, 0.03)]
    [InlineData(9, 8, 0.03)]
    [InlineData(11, 8, 0.03)]
    [InlineData(0, 4, 0.03)]
    [InlineData(11, 4, 0.03)]
    public void Logits_Int8Activations_StayWithinTheirRounding(int index, int bits, double bound)
    {
        var model = TestModels.All[index];
        var package = Packages.Export(_files, model, bits);
        using var graph = Packages.Open(_files, package, model);

        var found = graph.Append(Packages.Prompt);

        // One part in 254 of the largest activation of a block at each product, over a handful of products in a row.
        var error = Packages.RelativeError(new ReferenceDecoder(model, Stored(model, package)).Append(Packages.Prompt)[^1], found);
        Assert.True(error < bound, $"{model}, {bits} bits: {error}");
    }

    [Theory]
    [InlineData(4, 0.0625)]
    [InlineData(8, 0.004)]
    [InlineData(16, 0.0005)]
    public void StoredWeights_EachBlock_AreWithinHalfAStep(int bits, double step)
    {
        var model = TestModels.All[1];
        var package = Packages.Export(_files, model, bits);

        var stored = Stored(model, package)("model.layers.1.mlp.down_proj.weight");

        var (shape, given) = model.Tensors["model.layers.1.mlp.down_proj.weight"];
        for (var row = 0; row < shape[0]; row++)
        {
            for (var start = 0; start < shape[1]; start += 32)
            {
                var places = Enumerable.Range((row * shape[1]) + start, Math.Min(32, shape[1] - start)).ToArray();
                var largest = places.Max(i => Math.Abs(given[i]));

                // With 4 bits the side away from the largest number ends one step earlier, so up to a whole step is lost there.
                var allowed = (bits == 4 ? 2 : 1) * step * largest * 1.0001;
                Assert.All(places, i => Assert.InRange(Math.Abs(given[i] - stored[i]), 0, allowed));
            }
        }
    }

    [Fact]
    public void Report_RelativeError_IsThatOfTheStoredWeights()
    {
        var model = TestModels.All[1];
        var source = model.Write(_files.At("c"));
        var result = Exporter.Export(new ExportSettings(source, _files.At("p"), 4, "qwen", MaxContext: 64) { ReportPath = _files.At("report.json") }, static _ => { });
        var stored = Stored(model, _files.At("p"));

        Assert.True(result.WasRun);
        foreach (var tensor in result.Report.Tensors.Where(static t => t.Shape.Length == 2))
        {
            var given = model.Tensors[tensor.Name].Values;
            var error = Packages.RelativeError(given, stored(tensor.Name).Select(static v => (float)v).ToArray());
            Assert.Equal(error, tensor.RelativeError, 5);
        }

        using var json = System.Text.Json.JsonDocument.Parse(File.ReadAllText(_files.At("report.json")));
        Assert.Equal(result.Report.Bytes, json.RootElement.GetProperty("tensors").EnumerateArray().Sum(static t => t.GetProperty("bytes").GetInt64()));
        Assert.Equal(result.Report.Bytes, json.RootElement.GetProperty("layers").EnumerateArray().Sum(static l => l.GetProperty("bytes").GetInt64()));
        Assert.Equal(model.Layers + 1, json.RootElement.GetProperty("layers").GetArrayLength());
        Assert.Equal(model.Tensors.Count, json.RootElement.GetProperty("tensors").GetArrayLength());
        Assert.Contains("layer 2 in all", result.Report.ToTable());
    }

    [Fact]
    public void Bits_RulesHeadAndBound_DecideInThatOrder()
    {
        var model = TestModels.All[1];
        var package = Packages.Export(_files, model, 4, static s => s with
        {
            HeadBits = 8,
            Rules = [BitRule.Parse("*.mlp.*=16"), BitRule.Parse("model.layers.1.mlp.up_proj.weight=32")],
            FloatActivations = true,
        });
        var stored = new StoredTensors(package);

        Assert.Equal(32, stored.ShapeOf("lm_head.weight")[2]);
        Assert.Equal(16, stored.ShapeOf("model.embed_tokens.weight")[2]);
        Assert.Equal(10, stored.TypeOf("model.layers.1.mlp.down_proj.weight"));
        Assert.Equal(1, stored.TypeOf("model.layers.1.mlp.up_proj.weight"));
        using var graph = Packages.Open(_files, package, model);
        Assert.InRange(Packages.MaxError(new ReferenceDecoder(model, Stored(model, package)).Append(Packages.Prompt)[^1], graph.Append(Packages.Prompt)), 0, 1e-3);
    }

    [Theory]
    [InlineData(0.2, 4)]
    [InlineData(0.02, 8)]
    [InlineData(0.001, 16)]
    [InlineData(0.000001, 32)]
    public void Bits_ByErrorBound_AreTheFewestWithinIt(double bound, int expected)
    {
        var model = TestModels.All[9];
        var source = model.Write(_files.At("c"));

        var report = Exporter.Export(new ExportSettings(source, _files.At("p"), 4, "qwen", MaxContext: 64) { ErrorBound = bound, Check = false }, static _ => { }).Report;

        Assert.All(report.Tensors.Where(static t => t.Shape.Length == 2), t => Assert.Equal((expected, true), (t.Bits, t.RelativeError <= bound)));
    }

    [Fact]
    public void Rule_ThatNamesNothing_IsRefused()
    {
        var source = TestModels.All[0].Write(_files.At("c"));

        var error = Assert.Throws<ExportException>(() => Exporter.Export(
            new ExportSettings(source, _files.At("p"), 4, "qwen") { Rules = [new BitRule("*.mpl.*", 8)] }, static _ => { }));

        Assert.Contains("*.mpl.*=8", error.Message);
        Assert.False(Directory.Exists(_files.At("p")));
    }

    [Theory]
    [InlineData("*.weight")]
    [InlineData("=4")]
    [InlineData("x=5")]
    [InlineData("x=")]
    public void Rule_OfAnotherForm_IsRefused(string text) => Assert.Throws<ExportException>(() => BitRule.Parse(text));

    [Fact]
    public void Row_AnyNumbers_AreRecoveredWithinTheirStep() =>
        Gen.Select(Gen.Float[-1e30f, 1e30f].Array[1, 70], Gen.Bool.Select(static eight => eight ? 8 : 4)).Sample((row, bits) =>
        {
            var quantizer = new BlockQuantizer(bits);
            var bytes = new byte[quantizer.RowBytes(row.Length)];
            var scales = new float[quantizer.RowScales(row.Length)];

            quantizer.Row(row, bytes, scales);

            for (var i = 0; i < row.Length; i++)
            {
                var (block, inside) = (i / 32, i % 32);
                var q = bits == 8 ? bytes[i] : (bytes[(block * 16) + (inside / 2)] >> (4 * (inside % 2))) & 15;
                var restored = (q - (1 << (bits - 1))) * (double)scales[block];
                Assert.True(Math.Abs(restored - row[i]) <= Math.Abs(scales[block]) * (bits == 4 ? 1.001 : 0.501), $"{row[i]} became {restored}");
            }
        });

    [Fact]
    public void Half_NumbersBeyondItsRange_AreRefused()
    {
        var model = new TestModel { Layers = 1, Seed = 77 };
        var source = model.Write(_files.At("c"));
        model.Tensors["model.layers.0.mlp.up_proj.weight"].Values[7] = 1e6;
        SafetensorsEdit.Rewrite(source, model, "model.layers.0.mlp.up_proj.weight");

        var error = Assert.Throws<ExportException>(() => Exporter.Export(new ExportSettings(source, _files.At("p"), 16, "qwen"), static _ => { }));

        Assert.Contains("'model.layers.0.mlp.up_proj.weight'", error.Message);
        Assert.Contains("65504", error.Message);
    }

    [Fact]
    public void ExternalData_TiedEmbedding_IsStoredOnce()
    {
        var package = Packages.Export(_files, TestModels.All[0], 4, static s => s with { InlineLimitBytes = 0 });
        var stored = new StoredTensors(package);

        Assert.Equal(stored.OffsetOf("model.embed_tokens.weight"), stored.OffsetOf("model.embed_tokens.weight.flat"));
        Assert.Equal([301, 32], stored.ShapeOf("model.embed_tokens.weight.flat"));
        Assert.All(stored.Names.Where(n => stored.OffsetOf(n) >= 0), n => Assert.Equal(0, stored.OffsetOf(n) % 4096));
    }

    private static Func<string, double[]> Stored(TestModel model, string package)
    {
        var tensors = new StoredTensors(package);
        var cache = new Dictionary<string, double[]>();
        return name =>
        {
            var (shape, values) = model.Tensors[name];
            if (shape.Length < 2)
            {
                return values;
            }

            if (!cache.TryGetValue(name, out var stored))
            {
                cache.Add(name, stored = Unpadded(model, name, tensors, shape));
            }

            return stored;
        };
    }

    // Heads that were filled up to a multiple of 16 lie apart in the graph: half by half.
    private static double[] Unpadded(TestModel model, string name, StoredTensors tensors, int[] shape)
    {
        var (size, graphSize) = (model.HeadDimension, (model.HeadDimension + 15) / 16 * 16);
        var isRows = name.Contains("q_proj") || name.Contains("k_proj") || name.Contains("v_proj");
        var isColumns = name.Contains("o_proj");
        var (rows, columns) = (isRows ? shape[0] / size * graphSize : shape[0], isColumns ? shape[1] / size * graphSize : shape[1]);
        var stored = tensors.Matrix(name, rows, columns);
        var result = new double[shape[0] * shape[1]];
        for (var row = 0; row < shape[0]; row++)
        {
            for (var column = 0; column < shape[1]; column++)
            {
                result[(row * shape[1]) + column] = stored[((isRows ? Place(row) : row) * columns) + (isColumns ? Place(column) : column)];
            }
        }

        return result;

        int Place(int i) => (i / size * graphSize) + (i % size < size / 2 ? i % size : (i % size) - (size / 2) + (graphSize / 2));
    }
}
