using System.Globalization;

namespace EcuAgent.Qwen.Package;

/// <summary>What the tensors of a graph are called; "%d" in a name of the cache stands for the layer.</summary>
internal sealed record GraphNames
{
    /// <summary>Names of our own graphs, and those that Hugging Face and ONNX Runtime GenAI use when they say nothing else.</summary>
    public static GraphNames Default { get; } = new();

    public string InputIds { get; init; } = NativeGraph.InputIds;

    public string AttentionMask { get; init; } = "attention_mask";

    public string PositionIds { get; init; } = "position_ids";

    public string NumLogitsToKeep { get; init; } = "num_logits_to_keep";

    public string Logits { get; init; } = NativeGraph.Logits;

    public string PastKeyPattern { get; init; } = "past_key_values.%d.key";

    public string PastValuePattern { get; init; } = "past_key_values.%d.value";

    public string PresentKeyPattern { get; init; } = "present.%d.key";

    public string PresentValuePattern { get; init; } = "present.%d.value";

    public string PastKey(int layer) => Of(PastKeyPattern, layer);

    public string PastValue(int layer) => Of(PastValuePattern, layer);

    public string PresentKey(int layer) => Of(PresentKeyPattern, layer);

    public string PresentValue(int layer) => Of(PresentValuePattern, layer);

    private static string Of(string pattern, int layer) => pattern.Replace("%d", layer.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
