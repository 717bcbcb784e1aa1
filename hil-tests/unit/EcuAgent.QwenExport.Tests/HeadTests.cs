using EcuAgent.QwenExport.Tests.Support;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace EcuAgent.QwenExport.Tests;

/// <summary>Which positions and which columns of the logits a graph gives.</summary>
public sealed class HeadTests : IDisposable
{
    private static readonly long[] Some = [300, 0, 17, 17, 255];
    private readonly TestFiles _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(0, 32)]
    [InlineData(0, 16)]
    [InlineData(0, 8)]
    [InlineData(0, 4)]
    [InlineData(1, 4)]
    [InlineData(4, 4)]
    [InlineData(4, 8)]
    [InlineData(9, 4)]
    public void HeadTokens_Some_GiveTheirColumnsInThatOrder(int index, int bits)
    {
        foreach (var isExternal in new[] { false, true })
        {
            var model = TestModels.All[index];
            var package = Packages.Export(_files, model, bits, s => s with { FloatActivations = true, InlineLimitBytes = isExternal ? 0 : long.MaxValue });
            using var graph = Packages.Open(_files, package, model);
            using var other = Packages.Open(_files, package, model);

            var all = graph.Append(Packages.Prompt);
            var columns = other.Append(Packages.Prompt, Some);

            Assert.Equal(model.Vocabulary, all.Length);
            Assert.InRange(Packages.MaxError([.. Some.Select(t => (double)all[t])], columns), 0, 1e-3);

            // The other head on each cache.
            var next = graph.Append([3], Some);
            var nextAll = other.Append([3]);
            Assert.InRange(Packages.MaxError([.. Some.Select(t => (double)nextAll[t])], next), 0, 1e-3);
        }
    }

    [Fact]
    public void LogitsToKeep_Several_GiveTheLastPositions()
    {
        var model = TestModels.All[9];
        var package = Packages.Export(_files, model);
        var expected = new ReferenceDecoder(model).Append(Packages.Prompt);
        foreach (var (keep, from) in new[] { (1, 12), (3, 10), (13, 0), (0, 0) })
        {
            using var all = Packages.Open(_files, package, model);
            using var some = Packages.Open(_files, package, model);

            Assert.InRange(Packages.MaxError([.. expected[from..].SelectMany(static l => l)], all.Append(Packages.Prompt, keep: keep)), 0, 1e-4);
            Assert.InRange(
                Packages.MaxError([.. expected[from..].SelectMany(static l => Some.Select(t => l[t]))], some.Append(Packages.Prompt, Some, keep)), 0, 1e-4);
        }
    }

    [Fact]
    public void Graph_WithoutReducedHead_HasNoSuchInput()
    {
        var model = TestModels.All[0];
        using var plain = new InferenceSession(Path.Combine(Packages.Export(_files, model, 4, static s => s with { ReducedHead = false, AllLogits = true }), "model.onnx"));
        using var full = new InferenceSession(Path.Combine(Packages.Export(_files, model, 4), "model.onnx"));

        Assert.DoesNotContain("head_tokens", plain.InputMetadata.Keys);
        Assert.DoesNotContain("num_logits_to_keep", plain.InputMetadata.Keys);
        Assert.Equal([1, -1, 301], plain.OutputMetadata["logits"].Dimensions);
        Assert.Equal([-1], full.InputMetadata["head_tokens"].Dimensions);
        Assert.Equal([], full.InputMetadata["num_logits_to_keep"].Dimensions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(9)]
    public void Cache_EightBits_StaysNearTheFloatCache(int index)
    {
        var model = TestModels.All[index];
        var package = Packages.Export(_files, model, 32, static s => s with { CacheBits = 8 });
        using var graph = Packages.Open(_files, package, model);
        using var session = new InferenceSession(Path.Combine(package, "model.onnx"));
        Assert.Equal(typeof(sbyte), session.InputMetadata["past_key_values.0.key"].ElementType);

        graph.Append(Packages.Prompt.AsSpan(0, 6));
        graph.Append(Packages.Prompt.AsSpan(6, 1));
        var found = graph.Append(Packages.Prompt.AsSpan(7));

        var error = Packages.RelativeError(new ReferenceDecoder(model).Append(Packages.Prompt)[^1], found);
        Assert.InRange(error, 1e-9, 0.05);
    }

    [Theory]
    [InlineData(32, 4)]
    [InlineData(33, 4000)]
    [InlineData(128, 4000)]
    public void Calibration_TextOfAnyLength_StaysWithinTheContext(int context, int words)
    {
        var text = _files.At("calibration.txt");
        File.WriteAllText(text, string.Concat(Enumerable.Repeat("word ", words)));
        var model = TestModels.All[0];

        var package = Packages.Export(_files, model, 32, s => s with { CacheBits = 8, MaxContext = context, CalibrationPath = text });

        using var graph = Packages.Open(_files, package, model);
        Assert.All(graph.Append(Packages.Prompt), static l => Assert.True(float.IsFinite(l)));
    }
}
