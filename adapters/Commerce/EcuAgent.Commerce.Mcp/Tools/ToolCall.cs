using EcuAgent.Core.Gate;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>A call of a tool that somebody wishes.</summary>
/// <param name="Server">Our name of the server.</param>
/// <param name="Tool">The tool.</param>
/// <param name="Arguments">A JSON object, at most 16 KiB.</param>
public sealed record ToolCall(string Server, string Tool, string Arguments)
{
    /// <summary>Voice or touch.</summary>
    public InputChannel Channel { get; init; }

    /// <summary>The seat that asked.</summary>
    public SpeakerZone Zone { get; init; }

    /// <summary>What it costs in all; null where it is not known, and then a tool of class Commit is not called.</summary>
    public Money? Amount { get; init; }
}
