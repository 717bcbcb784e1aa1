using EcuAgent.Commerce.Mcp.Connection;
using EcuAgent.Core.Tools;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>The code for how a request to a server of tools ended.</summary>
internal static class ToolEnds
{
    internal static string ReasonOf(McpEnd end) => end.Kind switch
    {
        McpEndKind.Answered => ToolReasons.Done,
        McpEndKind.NotSent => ToolReasons.Unreachable,
        McpEndKind.Unauthorized => ToolReasons.Unauthorized,
        McpEndKind.NoAnswer => ToolReasons.NoAnswer,
        McpEndKind.AsksForInput => ToolReasons.AsksForInput,
        McpEndKind.Error => ToolReasons.ServerRefused,
        _ => ToolReasons.BadAnswer,
    };
}
