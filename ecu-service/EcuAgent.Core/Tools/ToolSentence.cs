using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Tools;

/// <summary>A sentence that was understood as a call of a tool.</summary>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">A JSON object, members by name.</param>
/// <param name="Amount">What it costs; null where the file says nothing.</param>
internal sealed record ToolSentence(SpokenTool Tool, string Arguments, Money? Amount)
{
    /// <summary>The arguments as they are read back.</summary>
    public IReadOnlyList<(string Name, string Value)> Words { get; init; } = [];

    /// <summary>True where both ask for the same.</summary>
    public bool IsSame(ToolSentence other) => Tool.FullName == other.Tool.FullName && Arguments == other.Arguments;
}
