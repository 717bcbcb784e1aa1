namespace EcuAgent.QwenExport;

/// <summary>Names of our graphs beyond those of the runtime's NativeGraph.</summary>
internal static class GraphNames
{
    /// <summary>Optional input, int64 [h]: tokens whose logits are wanted; none asks for all. Output logits then has h columns in that order.</summary>
    public const string HeadTokens = "head_tokens";

    /// <summary>Optional input, int64 []: how many of the last positions get logits; 0: all. Hugging Face's name.</summary>
    public const string LogitsToKeep = "num_logits_to_keep";
}
