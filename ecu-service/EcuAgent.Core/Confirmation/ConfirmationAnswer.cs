using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Confirmation;

/// <summary>An answer as it was heard. What is left at its default is not known, and then it is no yes.</summary>
/// <param name="QuestionId">The question it answers.</param>
/// <param name="Yes">True for a yes.</param>
/// <param name="Zone">The seat it came from.</param>
/// <param name="Confidence">Confidence of the recognizer, 0 .. 1; null, NaN or out of range is not known.</param>
/// <param name="Channel">Voice or touch; touch is good while parked only.</param>
public readonly record struct ConfirmationAnswer(
    string? QuestionId, bool Yes, SpeakerZone Zone, double? Confidence, InputChannel Channel);
