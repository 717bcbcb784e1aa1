using EcuAgent.QwenExport.Tests.Support;
using Xunit;

namespace EcuAgent.QwenExport.Tests;

/// <summary>Float graphs against the independent forward pass.</summary>
public sealed class LogitsTests : IDisposable
{
    private const double Tolerance = 1e-4;
    private readonly TestFiles _files = new();

    public static TheoryData<int> Models => [.. Enumerable.Range(0, TestModels.All.Length)];

    public void Dispose() => _files.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void Logits_EveryPosition_EqualReference(int index)
    {
        var model = TestModels.All[index];
        using var graph = Packages.Open(_files, Packages.Export(_files, model, 32, static s => s with { AllLogits = true }), model);

        var found = graph.Append(Packages.Prompt);

        double[] expected = [.. new ReferenceDecoder(model).Append(Packages.Prompt).SelectMany(static l => l)];
        var error = Packages.MaxError(expected, found);
        Assert.True(error < Tolerance, $"{model}: {error}");
    }

    [Theory]
    [MemberData(nameof(Models))]
    public void Continuation_GreedyOver64Tokens_EqualsReference(int index)
    {
        var model = TestModels.All[index];
        using var graph = Packages.Open(_files, Packages.Export(_files, model), model);
        var reference = new ReferenceDecoder(model);
        var found = graph.Append(Packages.Prompt);
        var expected = reference.Append(Packages.Prompt)[^1];
        var compared = 0;
        for (var i = 0; i < 64; i++)
        {
            var error = Packages.MaxError(expected, found);
            Assert.True(error < Tolerance, $"{model}, token {i}: {error}");
            var next = Array.IndexOf(expected, expected.Max());

            // Two logits closer to each other than the tolerance decide nothing.
            if (Packages.Margin(expected) > 2 * Tolerance)
            {
                Assert.Equal(next, Packages.ArgMax(found));
                compared++;
            }

            found = graph.Append([next]);
            expected = reference.Append(next)[0];
        }

        Assert.InRange(compared, 60, 64);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(12)]
    [InlineData(14)]
    public void Prefill_InPiecesOfOtherSizes_EqualsWithinTolerance(int index)
    {
        var model = TestModels.All[index];
        var package = Packages.Export(_files, model);
        using var whole = Packages.Open(_files, package, model);
        double[] expected = [.. whole.Append(Packages.Prompt).Select(static v => (double)v)];
        foreach (var size in (int[])[1, 2, 5, 12])
        {
            using var pieces = Packages.Open(_files, package, model);
            float[] found = [];
            foreach (var piece in Packages.Prompt.Chunk(size))
            {
                found = pieces.Append(piece);
            }

            Assert.True(Packages.MaxError(expected, found) < Tolerance, $"{model}, pieces of {size}");
            Assert.Equal(Array.IndexOf(expected, expected.Max()), Packages.ArgMax(found));
        }
    }

    [Fact]
    public void Logits_HalfPrecision_EqualReferenceOfTheRoundedWeights()
    {
        foreach (var model in new[] { TestModels.All[1], TestModels.All[9] })
        {
            var package = Packages.Export(_files, model, 16);
            var rounded = model.Tensors.ToDictionary(
                static t => t.Key,
                static t => t.Value.Shape.Length == 2 ? t.Value.Values.Select(static v => (double)(Half)v).ToArray() : t.Value.Values);
            using var graph = Packages.Open(_files, package, model);

            var found = graph.Append(Packages.Prompt);

            Assert.True(Packages.MaxError(new ReferenceDecoder(model, n => rounded[n]).Append(Packages.Prompt)[^1], found) < Tolerance, model.ToString());
        }
    }

    [Fact]
    public void Rope_YarnOfQwen_HasThePublishedNumbers()
    {
        // Head 128, theta 1e6, 32768 positions times 4, computed by hand: the ramp goes from pair 23 to pair 40.
        var yarn = new Rope("yarn", 1_000_000, 4, Rope.YarnAttentionFactor(4)) { OriginalPositions = 32768 };
        var plain = new Rope("default", 1_000_000).Frequencies(128);

        var stretched = yarn.Frequencies(128);

        Assert.Equal(1.1386294361119891, yarn.AttentionFactor, 12);
        for (var i = 0; i < 64; i++)
        {
            var share = Math.Clamp((i - 23) / 17.0, 0, 1);
            Assert.Equal((plain[i] * (1 - share)) + (plain[i] / 4 * share), stretched[i], 15);
        }
    }
}
