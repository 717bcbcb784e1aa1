using EcuAgent.Core.Gate;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>A call that has been checked and not made.</summary>
/// <param name="Reason"><see cref="ToolReasons.Done"/>, or why it cannot be made at all.</param>
/// <param name="Detail">What is wrong, for a person; empty when nothing is.</param>
public sealed record ToolProposal(string Reason, string Detail)
{
    /// <summary>The tool; null where it is not known.</summary>
    public ToolStanding? Standing { get; init; }

    /// <summary>What the gate is asked, and what a yes has to be a yes to.</summary>
    public GateRequest Request { get; init; }

    /// <summary>What the gate says at present without a yes.</summary>
    public GateDecision Decision { get; init; }

    /// <summary>True for a class that is carried out only after a person's yes to exactly this.</summary>
    public bool NeedsYes => ToolGate.NeedsYes(Request.ActionClass);
}
