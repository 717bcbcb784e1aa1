using EcuAgent.Core.Commands;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Agent;

/// <summary>What became of one utterance, for demonstration, evaluation and tests. Holds speech.</summary>
public sealed record TurnReport
{
    /// <summary>The utterance.</summary>
    public required string UtteranceId { get; init; }

    /// <summary>How the turn ended.</summary>
    public required TurnStatus Status { get; init; }

    /// <summary>What the model proposed, or null when it was not asked.</summary>
    public Plan? Plan { get; init; }

    /// <summary>The calls in order.</summary>
    public IReadOnlyList<CallReport> Calls { get; init; } = [];

    /// <summary>What was said; empty when nothing was.</summary>
    public string ReplyText { get; init; } = "";

    /// <summary>Id of the question that is open now; may be empty.</summary>
    public string OpenQuestionId { get; init; } = "";

    /// <summary>From receipt of the utterance to the finished plan; null when there was none.</summary>
    public TimeSpan? PlannedAfter { get; init; }

    /// <summary>From receipt of the utterance to the return of the first command's write; null when none was written.</summary>
    public TimeSpan? FirstCommandAfter { get; init; }

    /// <summary>From receipt of the utterance to the reply.</summary>
    public TimeSpan RepliedAfter { get; init; }
}

/// <summary>What became of one call.</summary>
/// <param name="Tool">Name that the model gave.</param>
/// <param name="Decision">The gate's decision; null when the gate was not asked because the call was not valid.</param>
/// <param name="ReasonCode">Stable code: of the gate, or why it went no further.</param>
/// <param name="Commands">The commands with their outcomes.</param>
public sealed record CallReport(string Tool, GateDecision? Decision, string ReasonCode, IReadOnlyList<CommandReport> Commands);
