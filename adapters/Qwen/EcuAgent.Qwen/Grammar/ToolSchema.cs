namespace EcuAgent.Qwen.Grammar;

/// <summary>One tool as the grammar sees it; properties in schema order.</summary>
internal sealed record ToolSchema(string Name, IReadOnlyList<ToolProperty> Properties);
