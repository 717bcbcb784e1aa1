using EcuAgent.Core.Policy;
using EcuAgent.Signals;

namespace EcuAgent.Core.Gate;

/// <summary>
/// Whether something that the table wants confirmed may be read back at all: always with a permitted speaker, and
/// outside the parked state only within the policy's commit limits. Anything not known fails.
/// </summary>
internal static class ConfirmationGate
{
    internal static GateDecision Judge(in GateRequest request, in GateSituation situation, DrivingState state, GatePolicy policy)
    {
        if (policy.Confirmation(state) is not { } rule)
        {
            return new(GateDecisionKind.Deny, GateReason.NotPermitted, state, GateLimits.None);
        }

        if (request.Zone != SpeakerZone.Unknown && !rule.Speakers.Contains(request.Zone))
        {
            return new(GateDecisionKind.Deny, GateReason.SpeakerNotPermitted, state, GateLimits.None);
        }

        // The driver's seat of a parked car may be occupied without camera evidence; any other seat needs a seen grown-up.
        if (request.Zone is not (SpeakerZone.Unknown or SpeakerZone.Driver)
            && situation.OccupantOf(request.Zone) != SeatOccupant.Adult)
        {
            return new(GateDecisionKind.Deny, GateReason.SpeakerUnknown, state, GateLimits.None);
        }

        GateReason reason = state == DrivingState.Parked
            ? GateReason.ConfirmationNeeded
            : OutsideParked(request, situation, policy.CommitLimits);
        return reason == GateReason.ConfirmationNeeded
            ? new(GateDecisionKind.Confirm, reason, state, GateLimits.None)
            : new(GateDecisionKind.Defer, reason, state, GateLimits.None);
    }

    private static GateReason OutsideParked(in GateRequest request, in GateSituation situation, CommitLimits? limits)
    {
        if (limits is null)
        {
            return GateReason.NotPermitted;
        }

        // A seat without positive evidence of a grown-up is not a buyer while the car is in traffic.
        if (request.Zone == SpeakerZone.Unknown || situation.OccupantOf(request.Zone) != SeatOccupant.Adult)
        {
            return GateReason.SpeakerUnknown;
        }

        // Written as "not at least", so that NaN fails.
        if (!(request.AsrConfidence is { } confidence and <= 1 && confidence >= limits.MinimumAsrConfidence))
        {
            return GateReason.AsrConfidenceLow;
        }

        GateReason money = Money(request, limits);
        return money == GateReason.ConfirmationNeeded ? Driver(situation.Driver, limits) : money;
    }

    private static GateReason Money(in GateRequest request, CommitLimits limits)
    {
        if (string.IsNullOrEmpty(request.Merchant))
        {
            return GateReason.MerchantUnknown;
        }

        if (request.MerchantUsedBefore != true)
        {
            return GateReason.MerchantNotUsedBefore;
        }

        if (request.Amount is not { IsKnown: true } amount)
        {
            return GateReason.AmountUnknown;
        }

        if (amount.MinorUnits == 0)
        {
            return GateReason.ConfirmationNeeded;
        }

        if (!limits.MaxMinorUnitsPerOrder.TryGetValue(amount.Currency!, out long orderCap)
            || !limits.MaxMinorUnitsPerTrip.TryGetValue(amount.Currency!, out long tripCap))
        {
            return GateReason.CurrencyNotListed;
        }

        if (amount.MinorUnits > orderCap)
        {
            return GateReason.AmountOverOrderCap;
        }

        if (request.SpentThisTrip is not { IsKnown: true } spent
            || !string.Equals(spent.Currency, amount.Currency, StringComparison.Ordinal))
        {
            return GateReason.TripSpendUnknown;
        }

        // Subtracted rather than added: the sum of two large amounts could overflow.
        return amount.MinorUnits > tripCap - spent.MinorUnits
            ? GateReason.AmountOverTripCap
            : GateReason.ConfirmationNeeded;
    }

    private static GateReason Driver(in DriverCondition driver, CommitLimits limits)
    {
        if (driver.DrowsinessKss is not (>= 1 and <= 9))
        {
            return GateReason.DrowsinessUnknown;
        }

        if (driver.DrowsinessKss > limits.MaximumDrowsinessKss)
        {
            return GateReason.DriverDrowsy;
        }

        if (driver.AttentionProbability is not (>= 0 and <= 1) || driver.PhoneInUse is null)
        {
            return GateReason.AttentionUnknown;
        }

        if (driver.PhoneInUse == true)
        {
            return GateReason.PhoneInUse;
        }

        return driver.AttentionProbability < limits.MinimumAttentionProbability
            ? GateReason.AttentionLow
            : GateReason.ConfirmationNeeded;
    }
}
