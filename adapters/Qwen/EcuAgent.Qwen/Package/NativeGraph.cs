using System.Globalization;

namespace EcuAgent.Qwen.Package;

/// <summary>Names of the inputs and outputs of our graphs; shared by the exporter that writes and the decoder that runs them.</summary>
/// <remarks>
/// Lengths are inputs of their own instead of an attention mask, so that nothing has to be rebound from token to token.
/// Shapes: input_ids int64 [1, n]; seqlens_k int32 [1] = positions after this run minus one; total_sequence_length int32 [] =
/// positions after this run; past_key_values.L.key|value f32 [1, kv heads, max context, head dim], bound as present too;
/// logits f32 [1, 1, vocabulary] of the last position.
/// </remarks>
internal static class NativeGraph
{
    public const string InputIds = "input_ids";
    public const string LastPosition = "seqlens_k";
    public const string TotalLength = "total_sequence_length";
    public const string Logits = "logits";

    /// <summary>Optional: int64 [m], the tokens whose logits are wanted.</summary>
    public const string HeadTokens = "head_tokens";

    public static string PastKey(int layer) => string.Create(CultureInfo.InvariantCulture, $"past_key_values.{layer}.key");

    public static string PastValue(int layer) => string.Create(CultureInfo.InvariantCulture, $"past_key_values.{layer}.value");

    public static string PresentKey(int layer) => string.Create(CultureInfo.InvariantCulture, $"present.{layer}.key");

    public static string PresentValue(int layer) => string.Create(CultureInfo.InvariantCulture, $"present.{layer}.value");
}
