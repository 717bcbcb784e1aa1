namespace EcuAgent.Service;

/// <summary>The language model.</summary>
internal sealed class ModelOptions
{
    /// <summary>Folder of the model package; relative paths count from the program's folder. Default "model", the bundled one.</summary>
    public string Directory { get; init; } = "model";

    /// <summary>Threads for inference, 0 to 64; 0 lets the runtime choose.</summary>
    public int ThreadCount { get; init; }

    /// <summary>Most tokens of context, or 0 for what the package says.</summary>
    public int MaxContext { get; init; }
}
