using EcuAgent.Core.Gate;
using EcuAgent.Signals;

namespace EcuAgent.Core.Confirmation;

/// <summary>A question that waits for a yes.</summary>
/// <param name="Id">36 characters; what an answer has to name.</param>
/// <param name="Request">What a yes would let through: tool, terms, amount, merchant, seat.</param>
/// <param name="State">The driving state in which it was asked.</param>
/// <param name="AnswerWithin">How long it stays open from the moment it was asked.</param>
public sealed record OpenQuestion(string Id, GateRequest Request, DrivingState State, TimeSpan AnswerWithin)
{
    /// <summary>The seat whose yes counts: the one that asked, or the driver's when that is not known.</summary>
    public SpeakerZone AnswerZone => Request.Zone == SpeakerZone.Unknown ? SpeakerZone.Driver : Request.Zone;
}
