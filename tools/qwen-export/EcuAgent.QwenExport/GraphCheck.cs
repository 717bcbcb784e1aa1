using Microsoft.ML.OnnxRuntime;

namespace EcuAgent.QwenExport;

/// <summary>Loads a finished graph and runs it: some graphs load and then fail at their first run.</summary>
internal static class GraphCheck
{
    // The reduced head multiplies floats where the full one rounds activations to int8.
    private const double HeadTolerance = 0.05;

    /// <exception cref="ExportException">The graph does not load, does not run, gives numbers that are not finite, or its two heads differ.</exception>
    public static void Run(string graphPath, DecoderShape shape, GraphSettings settings)
    {
        try
        {
            int[] prompt = [0, shape.Vocabulary - 1, shape.Vocabulary / 2];
            using var runner = new GraphRunner(graphPath, shape);
            Finite(runner.Append(prompt));
            var all = runner.Append([1]);
            Finite(all);
            if (settings.ReducedHead)
            {
                using var second = new GraphRunner(graphPath, shape);
                second.Append(prompt, [0]);
                long[] some = [shape.Vocabulary - 1, 0, shape.Vocabulary / 3];
                var columns = second.Append([1], some);
                var size = Math.Sqrt(all.Sum(static v => (double)v * v) / all.Length);
                for (var i = 0; i < some.Length; i++)
                {
                    if (Math.Abs(columns[i] - all[some[i]]) > HeadTolerance * Math.Max(size, Math.Abs(all[some[i]])) * 4)
                    {
                        throw new ExportException(FormattableString.Invariant($"{graphPath}: logit of token {some[i]} is {columns[i]} by the reduced head and {all[some[i]]} by the full one"));
                    }
                }
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
}
