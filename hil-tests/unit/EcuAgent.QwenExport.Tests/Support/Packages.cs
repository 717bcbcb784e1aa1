namespace EcuAgent.QwenExport.Tests.Support;

/// <summary>Exports test models and opens the result in ONNX Runtime.</summary>
internal static class Packages
{
    public static readonly int[] Prompt = [5, 99, 260, 17, 3, 281, 42, 42, 0, 128, 7, 255, 31];

    public static string Export(TestFiles files, TestModel model, int bits = 32, Func<ExportSettings, ExportSettings>? change = null)
    {
        var source = model.Write(files.At($"checkpoint-{Guid.NewGuid():N}"));
        var target = files.At($"package-{Guid.NewGuid():N}");
        var settings = new ExportSettings(source, target, bits, "qwen", Name: "test", MaxContext: 128) { Check = false };
        Exporter.Export(change?.Invoke(settings) ?? settings, static _ => { });
        return target;
    }

    public static GraphRunner Open(TestFiles files, string package, TestModel model)
    {
        // The shape is read back from a checkpoint of the same model, as a user's tool would do it.
        var folder = files.At($"shape-{Guid.NewGuid():N}");
        model.Write(folder);
        return new GraphRunner(Path.Combine(package, "model.onnx"), CheckpointConfig.Read(folder));
    }

    public static double MaxError(double[] expected, ReadOnlySpan<float> found)
    {
        Xunit.Assert.Equal(expected.Length, found.Length);
        var error = 0.0;
        for (var i = 0; i < expected.Length; i++)
        {
            error = Math.Max(error, Math.Abs(expected[i] - found[i]));
        }

        return error;
    }

    /// <summary>Size of the difference over size of what is expected, root of sums of squares.</summary>
    public static double RelativeError(double[] expected, ReadOnlySpan<float> found)
    {
        var (error, size) = (0.0, 0.0);
        for (var i = 0; i < expected.Length; i++)
        {
            error += Math.Pow(expected[i] - found[i], 2);
            size += expected[i] * expected[i];
        }

        return Math.Sqrt(error / size);
    }

    public static int ArgMax(ReadOnlySpan<float> logits)
    {
        var best = 0;
        for (var i = 1; i < logits.Length; i++)
        {
            best = logits[i] > logits[best] ? i : best;
        }

        return best;
    }

    /// <summary>Largest logit minus the second.</summary>
    public static double Margin(double[] logits)
    {
        var sorted = logits.OrderDescending().Take(2).ToArray();
        return sorted[0] - sorted[1];
    }
}
