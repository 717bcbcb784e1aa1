using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Audit;

/// <summary>
/// What is to be recorded. Ids, codes and states are written as they are; <see cref="UtteranceText"/> and
/// <see cref="Terms"/> only as keyed digests (see README.md here). A text given as id or code that does not look like
/// one (letters, digits, '.', '_', ':', '-'; at most 64) is written as a digest too, so that speech cannot slip in.
/// </summary>
public readonly record struct AuditEntry
{
    /// <summary>What it is about.</summary>
    public AuditKind Kind { get; init; }

    /// <summary>Id of the utterance.</summary>
    public string? UtteranceId { get; init; }

    /// <summary>Id of the decision.</summary>
    public string? DecisionId { get; init; }

    /// <summary>Id of the command.</summary>
    public string? CommandId { get; init; }

    /// <summary>Id of the question.</summary>
    public string? QuestionId { get; init; }

    /// <summary>Id of the deferred item.</summary>
    public string? DeferralId { get; init; }

    /// <summary>Origin and name of the model that answered the utterance, such as "local:NAME" or "cloud:NAME".</summary>
    public string? Model { get; init; }

    /// <summary>Name of the tool.</summary>
    public string? Tool { get; init; }

    /// <summary>Class of the action.</summary>
    public ActionClass? ActionClass { get; init; }

    /// <summary>What the gate decided.</summary>
    public GateDecisionKind? Decision { get; init; }

    /// <summary>Reason or outcome code.</summary>
    public string? Reason { get; init; }

    /// <summary>Driving state judged.</summary>
    public DrivingState? State { get; init; }

    /// <summary>Policy profile in force.</summary>
    public string? Profile { get; init; }

    /// <summary>Seat that spoke.</summary>
    public SpeakerZone? Zone { get; init; }

    /// <summary>Voice or touch.</summary>
    public InputChannel? Channel { get; init; }

    /// <summary>Confidence of the recognizer; left out when not finite.</summary>
    public double? AsrConfidence { get; init; }

    /// <summary>What was said. Never written; only its keyed digest.</summary>
    public string? UtteranceText { get; init; }

    /// <summary>What was agreed: arguments, amount, merchant. Never written; only its keyed digest.</summary>
    public string? Terms { get; init; }
}
