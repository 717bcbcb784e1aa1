using Microsoft.ML.OnnxRuntime;

namespace EcuAgent.QwenExport;

/// <summary>Loads a finished graph and runs it: some graphs load and then fail at their first run.</summary>
internal static class GraphCheck
{
    // The reduced head multiplies floats where the full one rounds activations to int8.
    private const double HeadTolerance = 0.2;

    /// <exception cref="ExportException">The graph does not load, does not run, gives numbers that are not finite, or its two heads differ.</exception>
    public static void Run(string graphPath, DecoderShape shape, GraphSettings settings)
    {
        try
        {
            int[] prompt = [0, shape.Vocabulary - 1, shape.Vocabulary / 2];
            long[] some = [shape.Vocabulary - 1, 0, shape.Vocabulary / 3];
            using var runner = new GraphRunner(graphPath, shape);
            Finite(runner.Append(prompt));
            var all = runner.Append([1]);
            Finite(all);
            if (settings.ReducedHead)
            {
                runner.Clear();
                runner.Append(prompt, [0]);
                RequireSame(graphPath, some, all, runner.Append([1], some));
            }
        }
        catch (OnnxRuntimeException e)
        {
            throw new ExportException($"{graphPath}: ONNX Runtime does not run the graph: {e.Message}", e);
        }

        void Finite(float[] logits)
        {
            var bad = logits.AsSpan().IndexOfAnyExceptInRange(float.MinValue, float.MaxValue);
            if (bad >= 0)
            {
                throw new ExportException($"{graphPath}: the first runs give a logit of {logits[bad]} for token {bad % shape.Vocabulary}");
            }
        }
    }

    private static void RequireSame(string graphPath, long[] tokens, float[] all, float[] columns)
    {
        var size = Math.Sqrt(all.Sum(static v => (double)v * v) / all.Length);
        for (var i = 0; i < tokens.Length; i++)
        {
            var expected = all[tokens[i]];
            if (Math.Abs(columns[i] - expected) > HeadTolerance * Math.Max(size, Math.Abs(expected)))
            {
                throw new ExportException(FormattableString.Invariant($"{graphPath}: logit of token {tokens[i]} is {columns[i]} by the reduced head and {expected} by the full one"));
            }
        }
    }
}
