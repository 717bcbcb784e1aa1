using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Confirmation;

/// <summary>The desk's judgement of one answer.</summary>
/// <param name="Kind">What became of it.</param>
/// <param name="Reason">Why it does not count; <see cref="GateReason.Confirmed"/> for an accepted one.</param>
/// <param name="Question">The question it belongs to; null when unknown.</param>
public readonly record struct AnswerResult(AnswerKind Kind, GateReason Reason, OpenQuestion? Question);
