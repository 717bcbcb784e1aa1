namespace EcuAgent.Qwen.Tokenization;

/// <summary>A piece of a prompt. Only trusted text, which this library wrote itself, may turn into added and control tokens.</summary>
internal readonly record struct PromptSegment(string Text, bool IsTrusted)
{
    public static PromptSegment Trusted(string text) => new(text, true);

    public static PromptSegment Foreign(string text) => new(text, false);
}
