using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Policy;

/// <summary>What counts as a yes in one driving state.</summary>
/// <param name="AnswerWithin">How long the question stays open, 1 .. 120 s.</param>
/// <param name="MinimumConfidence">Least recognizer confidence of the answer, 0.5 .. 1.</param>
/// <param name="Speakers">Seats that may answer; never empty.</param>
public sealed record ConfirmationRule(TimeSpan AnswerWithin, double MinimumConfidence, IReadOnlySet<SpeakerZone> Speakers);
