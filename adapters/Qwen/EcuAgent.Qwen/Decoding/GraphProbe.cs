using System.Numerics.Tensors;
using EcuAgent.Qwen.Package;
using Microsoft.ML.OnnxRuntime;

namespace EcuAgent.Qwen.Decoding;

/// <summary>
/// The first runs of a graph. Some graphs load and then fail at their first run; what shape the logits have and whether past and
/// present may share memory is found out here too, by running, because files of other exporters do not always say.
/// </summary>
internal static class GraphProbe
{
    private const int Context = 16;
    private static readonly int[] FirstTokens = [0, 1, 2];
    private static readonly int[] NextTokens = [1];

    /// <summary>Which positions get logits, and whether the cache can be shared.</summary>
    /// <exception cref="QwenModelException">The graph does not run, or gives numbers that are not finite or of another shape.</exception>
    public static (LogitsRows Rows, bool SharesCache) Run(QwenGraph graph)
    {
        if (graph.Package.Layout == PackageLayout.Native)
        {
            var own = Rows(graph, isShared: true);
            _ = Logits(graph, own, isShared: true);
            return (own, true);
        }

        var rows = Rows(graph, isShared: false);
        var expected = Logits(graph, rows, isShared: false);
        try
        {
            // Only an attention that appends in place gives the same numbers either way; the others refuse the shapes.
            return (rows, IsSame(expected, Logits(graph, rows, isShared: true)));
        }
        catch (QwenModelException)
        {
            return (rows, false);
        }
    }

    private static LogitsRows Rows(QwenGraph graph, bool isShared)
    {
        using var decoder = new QwenDecoder(graph, Context, FirstTokens.Length, isShared, LogitsRows.Last);
        var shape = Guard(graph, () => decoder.ShapeOfLogits(FirstTokens));
        var vocabulary = graph.VocabularySize;
        var width = shape.Length == 3 ? shape[2] : -1;
        if (shape.Length != 3 || shape[0] != 1 || width != vocabulary || (shape[1] != 1 && shape[1] != FirstTokens.Length))
        {
            throw new QwenModelException(
                QwenModelError.Inconsistent,
                graph.Package.GraphPath,
                $"output '{graph.Signature.Logits.Name}' of a run over {FirstTokens.Length} tokens has shape [{string.Join(',', shape)}], expected [1,1,{vocabulary}] or [1,{FirstTokens.Length},{vocabulary}]");
        }

        return shape[1] != 1 ? LogitsRows.All : graph.Signature.NumLogitsToKeep is null ? LogitsRows.Last : LogitsRows.Asked;
    }

    private static float[] Logits(QwenGraph graph, LogitsRows rows, bool isShared)
    {
        using var decoder = new QwenDecoder(graph, Context, FirstTokens.Length, isShared, rows);
        return Guard(graph, () =>
        {
            // One run of several tokens and one appended, as every answer does.
            decoder.Append(FirstTokens);
            var first = decoder.Logits.ToArray();
            decoder.Append(NextTokens);
            float[] logits = [.. first, .. decoder.Logits];
            if (decoder.HasReducedHead)
            {
                decoder.Append(NextTokens, FirstTokens);
                logits = [.. logits, .. decoder.Logits];
            }

            return Array.Find(logits, static l => !float.IsFinite(l)) is var bad && !float.IsFinite(bad)
                ? throw new QwenModelException(QwenModelError.ProbeFailed, graph.Package.GraphPath, $"the first run gives a logit of {bad}")
                : logits;
        });
    }

    private static bool IsSame(float[] a, float[] b)
    {
        // Attention over another memory layout may add up in another order; half precision has three digits.
        var difference = new float[a.Length];
        TensorPrimitives.Subtract(a, b, difference);
        return TensorPrimitives.MaxMagnitude(difference) is var largest && Math.Abs(largest) <= 0.01f * Math.Abs(TensorPrimitives.MaxMagnitude<float>(a));
    }

    private static T Guard<T>(QwenGraph graph, Func<T> run)
    {
        try
        {
            return run();
        }
        catch (Exception e) when (e is OnnxRuntimeException or InvalidOperationException)
        {
            throw new QwenModelException(QwenModelError.ProbeFailed, graph.Package.GraphPath, $"the graph loads, but its first run fails: {e.Message}", e);
        }
    }
}
