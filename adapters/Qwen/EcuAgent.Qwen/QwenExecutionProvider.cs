namespace EcuAgent.Qwen;

/// <summary>Where a model runs.</summary>
public enum QwenExecutionProvider
{
    /// <summary>CUDA where the build holds it and it takes the graph, else the CPU.</summary>
    Auto,

    /// <summary>The CPU.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; needs a build with -p:OnnxRuntimeGpu=true.</summary>
    Cuda,

    /// <summary>An NVIDIA GPU through TensorRT; needs a build with -p:OnnxRuntimeGpu=true and TensorRT's own libraries.</summary>
    TensorRt,
}
