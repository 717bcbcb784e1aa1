using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Signals;

namespace EcuAgent.Core.Confirmation;

/// <summary>Whether an answer that says yes counts as one.</summary>
internal static class YesRule
{
    /// <summary><see cref="GateReason.Confirmed"/>, or why it does not count.</summary>
    internal static GateReason Judge(
        in ConfirmationAnswer answer, OpenQuestion question, ConfirmationRule rule, in GateSituation situation)
    {
        if (answer.Channel != InputChannel.Voice
            && !(answer.Channel == InputChannel.Touch && situation.State == DrivingState.Parked))
        {
            return GateReason.VoiceOnly;
        }

        if (answer.Zone is < SpeakerZone.Driver or > SpeakerZone.RearRight)
        {
            return GateReason.SpeakerUnknown;
        }

        if (answer.Zone != question.AnswerZone)
        {
            return GateReason.AnotherSpeaker;
        }

        if (!rule.Speakers.Contains(answer.Zone))
        {
            return GateReason.SpeakerNotPermitted;
        }

        GateReason occupant = situation.OccupantOf(answer.Zone) switch
        {
            SeatOccupant.Adult => GateReason.Confirmed,
            SeatOccupant.Child => GateReason.SpeakerIsChild,
            SeatOccupant.Empty => GateReason.SpeakerSeatEmpty,
            _ when answer.Zone == SpeakerZone.Driver && question.State == DrivingState.Parked => GateReason.Confirmed,
            _ => GateReason.SpeakerUnknown,
        };
        if (occupant != GateReason.Confirmed)
        {
            return occupant;
        }

        // Written as "not at least", so that NaN fails.
        return answer.Confidence is { } confidence and <= 1 && confidence >= rule.MinimumConfidence
            ? GateReason.Confirmed
            : GateReason.AsrConfidenceLow;
    }
}
