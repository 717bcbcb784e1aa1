using Microsoft.ML.OnnxRuntime;

namespace EcuAgent.Qwen.Decoding;

/// <summary>Which execution provider runs a graph, and why.</summary>
/// <param name="Provider">Never Auto.</param>
/// <param name="Reason">For the log line at start.</param>
internal readonly record struct ExecutionChoice(QwenExecutionProvider Provider, string Reason)
{
    /// <summary>The providers to try, best first.</summary>
    /// <exception cref="QwenModelException">The one asked for is not in this build and the CPU may not take over.</exception>
    public static IReadOnlyList<ExecutionChoice> For(GraphSettings settings, string graphPath)
    {
        var asked = settings.Provider;
        if (asked == QwenExecutionProvider.Cpu)
        {
            return [new(QwenExecutionProvider.Cpu, "asked for by option")];
        }

        var wanted = asked == QwenExecutionProvider.Auto ? QwenExecutionProvider.Cuda : asked;
        var name = wanted == QwenExecutionProvider.TensorRt ? "TensorrtExecutionProvider" : "CUDAExecutionProvider";
        var built = OrtEnv.Instance().GetAvailableProviders();
        if (!built.Contains(name))
        {
            var absent = $"this build of ONNX Runtime has no {name} (it has {string.Join(", ", built)}); build with -p:OnnxRuntimeGpu=true";
            return asked == QwenExecutionProvider.Auto || settings.MayFallBack
                ? [new(QwenExecutionProvider.Cpu, absent)]
                : throw new QwenModelException(QwenModelError.ProviderUnavailable, graphPath, $"execution provider {asked}: {absent}");
        }

        var choice = new ExecutionChoice(wanted, asked == QwenExecutionProvider.Auto ? $"{name} is in this build" : "asked for by option");
        return asked == QwenExecutionProvider.Auto || settings.MayFallBack ? [choice, new(QwenExecutionProvider.Cpu, $"{name} does not take the graph")] : [choice];
    }

    /// <summary>Adds the provider to a session's options.</summary>
    public void AppendTo(SessionOptions options, int deviceId)
    {
        if (Provider == QwenExecutionProvider.TensorRt)
        {
            options.AppendExecutionProvider_Tensorrt(deviceId);
        }

        if (Provider != QwenExecutionProvider.Cpu)
        {
            options.AppendExecutionProvider_CUDA(deviceId);
        }
    }
}
