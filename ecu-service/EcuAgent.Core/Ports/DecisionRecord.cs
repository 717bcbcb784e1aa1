using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Ports;

/// <summary>One decision, for the Decision topic and the audit. Holds no speech.</summary>
public sealed record DecisionRecord
{
    /// <summary>GUID in its 36-character form.</summary>
    public required string DecisionId { get; init; }

    /// <summary>When it was decided.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>The utterance behind it; may be empty.</summary>
    public required string UtteranceId { get; init; }

    /// <summary>The command that follows, or the call of a tool of others; empty when none does.</summary>
    public string CommandId { get; init; } = "";

    /// <summary>Name of the tool, at most 48 characters; empty when the decision came before any call.</summary>
    public string Tool { get; init; } = "";

    /// <summary>Class of the action.</summary>
    public ActionClass ActionClass { get; init; }

    /// <summary>What was decided.</summary>
    public required DecisionKind Kind { get; init; }

    /// <summary>Stable reason code, at most 48 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>The driving state at that moment.</summary>
    public DrivingState DrivingState { get; init; }

    /// <summary>Name of the policy profile.</summary>
    public string PolicyProfile { get; init; } = "";
}
