using EcuAgent.Core.Commands;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Agent;

/// <summary>What becomes of one call while the turn runs.</summary>
internal sealed class TurnPart(string tool)
{
    public string Tool { get; } = tool;

    public GateDecision? Decision { get; set; }

    public string ReasonCode { get; set; } = "";

    /// <summary>Said besides the outcomes of commands.</summary>
    public List<string> Clauses { get; } = [];

    /// <summary>What is still to be found out before there is something to say; does not throw but for the caller's cancellation.</summary>
    public List<Task> Running { get; } = [];

    /// <summary>Commands on their way.</summary>
    public List<Task<CommandResult>> Open { get; } = [];

    /// <summary>Commands that ended.</summary>
    public List<CommandReport> Ended { get; } = [];

    public CallReport Report() => new(Tool, Decision, ReasonCode, [.. Ended]);
}
