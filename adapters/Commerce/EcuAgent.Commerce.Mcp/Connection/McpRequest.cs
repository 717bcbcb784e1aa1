using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Mcp.Connection;

/// <summary>One request to an MCP server.</summary>
/// <param name="Method">For example <c>tools/call</c>.</param>
/// <param name="Parameters">What goes into <c>params</c>.</param>
internal sealed record McpRequest(string Method, JsonObject Parameters)
{
    /// <summary>Longest time, connecting and waiting for a turn included.</summary>
    internal required TimeSpan TimeLimit { get; init; }

    /// <summary>Largest answer in bytes.</summary>
    internal required int MostBytes { get; init; }

    /// <summary>
    /// True for one that must not fail for a session that went stale while nobody looked: it gets a connection and a session of its own.
    /// </summary>
    internal bool HasOwnSession { get; init; }

    /// <summary>Asked when everything is ready, right before it leaves; false holds it back.</summary>
    internal Func<ValueTask<bool>>? MayLeave { get; init; }
}
