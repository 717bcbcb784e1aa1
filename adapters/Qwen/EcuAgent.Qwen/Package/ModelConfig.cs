using System.Text.Json.Serialization;

namespace EcuAgent.Qwen.Package;

/// <summary>Shape of a Qwen3 decoder, with the names of Hugging Face's config.json.</summary>
internal sealed record ModelConfig
{
    [JsonPropertyName("hidden_size")]
    public required int HiddenSize { get; init; }

    [JsonPropertyName("num_hidden_layers")]
    public required int LayerCount { get; init; }

    [JsonPropertyName("num_attention_heads")]
    public required int HeadCount { get; init; }

    [JsonPropertyName("num_key_value_heads")]
    public required int KeyValueHeadCount { get; init; }

    [JsonPropertyName("head_dim")]
    public required int HeadDimension { get; init; }

    [JsonPropertyName("intermediate_size")]
    public required int IntermediateSize { get; init; }

    [JsonPropertyName("vocab_size")]
    public required int VocabularySize { get; init; }

    [JsonPropertyName("rope_theta")]
    public required double RopeTheta { get; init; }

    [JsonPropertyName("rms_norm_eps")]
    public required double RmsNormEpsilon { get; init; }

    [JsonPropertyName("tie_word_embeddings")]
    public required bool TiedEmbeddings { get; init; }

    /// <summary>The first value that no decoder can have, as "name = value, allowed range", or null.</summary>
    public string? FirstFault()
    {
        (string Name, long Value, long Max)[] sizes =
        [
            ("hidden_size", HiddenSize, 1 << 16),
            ("num_hidden_layers", LayerCount, 256),
            ("num_attention_heads", HeadCount, 512),
            ("num_key_value_heads", KeyValueHeadCount, 512),
            ("head_dim", HeadDimension, 1024),
            ("intermediate_size", IntermediateSize, 1 << 18),
            ("vocab_size", VocabularySize, 1 << 20),
        ];
        foreach (var (name, value, max) in sizes)
        {
            if (value < 1 || value > max)
            {
                return $"{name} = {value}, expected 1 to {max}";
            }
        }

        if (HeadCount % KeyValueHeadCount != 0)
        {
            return $"num_attention_heads = {HeadCount}, expected a multiple of num_key_value_heads = {KeyValueHeadCount}";
        }

        // Rotary embedding turns pairs; the CPU kernel of GroupQueryAttention takes cos and sin in rows of a multiple of 8.
        if (HeadDimension % 16 != 0)
        {
            return $"head_dim = {HeadDimension}, expected a multiple of 16";
        }

        return RopeTheta is > 0 and < 1e12 && RmsNormEpsilon is > 0 and < 1
            ? null
            : FormattableString.Invariant($"rope_theta = {RopeTheta}, rms_norm_eps = {RmsNormEpsilon}, expected positive numbers");
    }
}
