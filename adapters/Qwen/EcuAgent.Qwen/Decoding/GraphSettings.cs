namespace EcuAgent.Qwen.Decoding;

/// <summary>How a graph is loaded.</summary>
internal sealed record GraphSettings
{
    /// <summary>Threads of one run, 1 or more.</summary>
    public int ThreadCount { get; init; } = 1;

    /// <summary>Processors of the threads after the first, in ONNX Runtime's form ("1;2,3"), or null.</summary>
    public string? ThreadAffinity { get; init; }

    /// <summary>Whether threads wait for the next operator by spinning.</summary>
    public bool MaySpin { get; init; } = true;

    public QwenExecutionProvider Provider { get; init; } = QwenExecutionProvider.Cpu;

    public int DeviceId { get; init; }

    /// <summary>Whether the CPU takes over where the provider asked for cannot be used.</summary>
    public bool MayFallBack { get; init; }
}
