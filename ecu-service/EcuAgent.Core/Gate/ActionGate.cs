using EcuAgent.Core.Policy;
using EcuAgent.Signals;

namespace EcuAgent.Core.Gate;

/// <summary>
/// The gate: pure functions of what is asked, the car's situation and the policy. No clock, no input or output, no
/// allocation. Asked twice: <see cref="Decide"/> when an action is proposed, <see cref="CommitCheck"/> at the instant
/// it is carried out. <see cref="Decide"/> alone never lets anything through that the table wants confirmed.
/// </summary>
public static class ActionGate
{
    /// <summary>Judges a proposed action.</summary>
    public static GateDecision Decide(in GateRequest request, in GateSituation situation, GatePolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        DrivingState state = situation.State.Known();
        if ((uint)request.ActionClass >= GatePolicy.ClassCount)
        {
            return new(GateDecisionKind.Deny, GateReason.RequestInvalid, state, GateLimits.None);
        }

        GateCell cell = policy.Cell(request.ActionClass, state);
        switch (cell.Verdict)
        {
            case GateVerdict.Deny:
                return new(GateDecisionKind.Deny, DenyReason(state), state, GateLimits.None);
            case GateVerdict.Defer:
                return new(GateDecisionKind.Defer, DeferReason(state), state, GateLimits.None);
        }

        if (cell.VoiceOnly && request.Channel != InputChannel.Voice)
        {
            return new(GateDecisionKind.Deny, GateReason.VoiceOnly, state, GateLimits.None);
        }

        if (request.ActionClass is ActionClass.Commit or ActionClass.Setup)
        {
            switch (situation.OccupantOf(request.Zone))
            {
                case SeatOccupant.Child:
                    return new(GateDecisionKind.Deny, GateReason.SpeakerIsChild, state, GateLimits.None);
                case SeatOccupant.Empty:
                    return new(GateDecisionKind.Deny, GateReason.SpeakerSeatEmpty, state, GateLimits.None);
            }
        }

        if (cell.Verdict == GateVerdict.Confirm || request.NeedsYes)
        {
            return ConfirmationGate.Judge(request, situation, state, policy);
        }

        return cell.Limits.Any
            ? new(GateDecisionKind.AllowLimited, GateReason.AllowedWithinLimits, state, cell.Limits)
            : new(GateDecisionKind.Allow, GateReason.Allowed, state, GateLimits.None);
    }

    /// <summary>
    /// Judges the action again at the instant it would be carried out, with the yes that was given. Allowed only when
    /// the table allows it now without, or it is to be confirmed now and <paramref name="consent"/> is a yes to exactly this,
    /// given in a state no looser than the present one.
    /// </summary>
    public static GateDecision CommitCheck(
        in GateRequest request, in Consent consent, in GateSituation situation, GatePolicy policy)
    {
        GateDecision now = Decide(request, situation, policy);
        if (now.Kind != GateDecisionKind.Confirm)
        {
            return now;
        }

        if (request.ActionClass == ActionClass.Commit)
        {
            if (request.Amount is not { IsKnown: true })
            {
                return now with { Kind = GateDecisionKind.Deny, Reason = GateReason.AmountUnknown };
            }

            if (string.IsNullOrEmpty(request.Merchant))
            {
                return now with { Kind = GateDecisionKind.Deny, Reason = GateReason.MerchantUnknown };
            }
        }

        return consent.Kind switch
        {
            ConsentKind.Revoked => now with { Reason = GateReason.ConsentRevoked },
            ConsentKind.Expired => now with { Reason = GateReason.ConsentExpired },
            ConsentKind.Yes when DrivingStates.IsTightening(consent.LoosestState, now.State) =>
                now with { Reason = GateReason.ConsentRevoked },
            ConsentKind.Yes when !consent.Covers(request) => now with { Reason = GateReason.ConsentForOtherTerms },
            ConsentKind.Yes => now with { Kind = GateDecisionKind.Allow, Reason = GateReason.Confirmed },
            _ => now with { Reason = GateReason.ConsentMissing },
        };
    }

    private static GateReason DenyReason(DrivingState state) => state switch
    {
        DrivingState.Parked => GateReason.NotPermitted,
        DrivingState.Idling => GateReason.NotWhileIdling,
        DrivingState.Moving => GateReason.NotWhileMoving,
        _ => GateReason.NotWhileStateUnknown,
    };

    private static GateReason DeferReason(DrivingState state) => state switch
    {
        DrivingState.Idling => GateReason.DeferredWhileIdling,
        DrivingState.Moving => GateReason.DeferredWhileMoving,
        _ => GateReason.DeferredWhileStateUnknown,
    };
}
