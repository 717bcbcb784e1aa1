namespace EcuAgent.Qwen.Prompts;

/// <summary>What differs between the chat forms of the model families.</summary>
/// <param name="DefaultSystemText">System text where the conversation has none; empty for none.</param>
/// <param name="AnswerStart">What stands at the start of the answer already.</param>
internal sealed record QwenDialect(string DefaultSystemText, string AnswerStart)
{
    /// <summary>Qwen3 with thinking off.</summary>
    public static readonly QwenDialect Qwen3 = new("", "<think>\n\n</think>\n\n");

    /// <summary>Qwen2.5, which knows no thinking and was trained with a system text of its own.</summary>
    public static readonly QwenDialect Qwen2 = new("You are Qwen, created by Alibaba Cloud. You are a helpful assistant.", "");

    /// <summary>The form for an architecture of a manifest.</summary>
    public static QwenDialect Of(string architecture) => architecture == "qwen2" ? Qwen2 : Qwen3;
}
