using EcuAgent.Qwen;

namespace EcuAgent.Service;

/// <summary>The language model; ranges and meaning as in <see cref="QwenOptions"/>.</summary>
internal sealed class ModelOptions
{
    /// <summary>Folder of the model package; relative paths count from the program's folder. Default "model", the bundled one.</summary>
    public string Directory { get; init; } = "model";

    /// <summary>Which graph of a Hugging Face folder to load, for instance "model_q4f16.onnx"; null lets the runtime choose.</summary>
    public string? GraphFile { get; init; }

    /// <summary>Threads for inference, 0 to 64; 0 lets the runtime choose.</summary>
    public int ThreadCount { get; init; }

    /// <summary>Processors of the threads after the first, such as "2;3,4;5-6", one entry for each; null leaves it to the system.</summary>
    public string? ThreadAffinity { get; init; }

    /// <summary>Whether threads wait for the next operator of a run by spinning.</summary>
    public bool AllowSpinning { get; init; } = true;

    /// <summary>Answers that may run at the same time, 1 to 16.</summary>
    public int Sessions { get; init; } = 1;

    /// <summary>Where the model runs.</summary>
    public QwenExecutionProvider ExecutionProvider { get; init; } = QwenExecutionProvider.Auto;

    /// <summary>Number of the GPU, 0 to 63.</summary>
    public int DeviceId { get; init; }

    /// <summary>Whether the CPU takes over where <see cref="ExecutionProvider"/> names a GPU that cannot be used.</summary>
    public bool FallBackToCpu { get; init; }

    /// <summary>Most tokens of context, or 0 for what the package says.</summary>
    public int MaxContext { get; init; }

    /// <summary>Bytes of all key/value caches and kept prefixes, 1 MiB or more.</summary>
    public long MaxCacheBytes { get; init; } = 4L << 30;
}
