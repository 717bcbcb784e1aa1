namespace EcuAgent.Qwen.Grammar;

/// <summary>One argument of a tool.</summary>
internal sealed record ToolProperty(string Name, bool IsRequired, ValueRule Rule);
