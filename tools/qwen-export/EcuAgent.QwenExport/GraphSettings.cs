namespace EcuAgent.QwenExport;

/// <summary>How a graph is written.</summary>
/// <param name="MaxContext">Positions of the rotary tables.</param>
/// <param name="AllLogits">Logits of every position instead of the last one.</param>
/// <param name="ReducedHead">Whether the input head_tokens exists.</param>
/// <param name="CacheScales">Scales of an int8 key/value cache per layer; null: the cache is float.</param>
internal sealed record GraphSettings(int MaxContext, bool AllLogits, bool ReducedHead, IReadOnlyList<CacheScale>? CacheScales = null)
{
    /// <summary>Whether products with quantized weights keep their activations in float instead of int8.</summary>
    public bool FloatActivations { get; init; }
}
