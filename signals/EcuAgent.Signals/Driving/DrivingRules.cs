namespace EcuAgent.Signals;

/// <summary>What one instant's evidence allows at most, without regard to what was before.</summary>
internal static class DrivingRules
{
    internal static (DrivingState State, DrivingReasons Reasons) Judge(in DrivingEvidence evidence, DrivingStateOptions options)
    {
        var speedFault = Fault(
            evidence.SpeedQuality, DrivingReasons.SpeedMissing, DrivingReasons.SpeedStale, DrivingReasons.SpeedInvalid);
        var (isHeld, heldReasons, heldFault) = options.HasParkPosition ? HeldByGear(evidence) : HeldByBrake(evidence);

        if (speedFault != DrivingReasons.None)
        {
            return (DrivingState.Unknown, speedFault | heldReasons | heldFault);
        }

        if (evidence.AbsoluteSpeedMetersPerSecond >= options.StandstillSpeedMetersPerSecond)
        {
            var contradiction = isHeld && evidence.AbsoluteSpeedMetersPerSecond > options.ContradictionSpeedMetersPerSecond
                ? DrivingReasons.Contradiction
                : DrivingReasons.None;
            return (DrivingState.Moving, DrivingReasons.AboveStandstill | contradiction | heldReasons | heldFault);
        }

        return heldFault != DrivingReasons.None
            ? (DrivingState.Unknown, heldReasons | heldFault)
            : (isHeld ? DrivingState.Parked : DrivingState.Idling, heldReasons);
    }

    /// <summary>True when every source of every input that counts gives evidence.</summary>
    internal static bool AllSourcesFresh(in DrivingEvidence evidence, DrivingStateOptions options) =>
        evidence.SpeedSourcesFresh && (options.HasParkPosition ? evidence.GearSourcesFresh : evidence.ParkingBrakeSourcesFresh);

    private static (bool IsHeld, DrivingReasons Reasons, DrivingReasons Fault) HeldByGear(in DrivingEvidence evidence)
    {
        var fault = Fault(evidence.GearQuality, DrivingReasons.GearMissing, DrivingReasons.GearStale, DrivingReasons.GearInvalid);
        if (fault != DrivingReasons.None)
        {
            return (false, DrivingReasons.None, fault);
        }

        var disagree = evidence.GearSourcesDisagree ? DrivingReasons.SourcesDisagree : DrivingReasons.None;
        return evidence.Gear switch
        {
            GearPosition.Park when !evidence.GearSourcesDisagree => (true, DrivingReasons.GearPark, DrivingReasons.None),
            GearPosition.Park or GearPosition.Reverse or GearPosition.Neutral or GearPosition.Drive =>
                (false, DrivingReasons.NotInPark | disagree, DrivingReasons.None),
            _ => (false, disagree, DrivingReasons.GearMissing),
        };
    }

    private static (bool IsHeld, DrivingReasons Reasons, DrivingReasons Fault) HeldByBrake(in DrivingEvidence evidence)
    {
        var fault = Fault(
            evidence.ParkingBrakeQuality, DrivingReasons.BrakeMissing, DrivingReasons.BrakeStale, DrivingReasons.BrakeInvalid);
        if (fault != DrivingReasons.None)
        {
            return (false, DrivingReasons.None, fault);
        }

        var disagree = evidence.ParkingBrakeSourcesDisagree ? DrivingReasons.SourcesDisagree : DrivingReasons.None;
        return evidence.ParkingBrakeEngaged && !evidence.ParkingBrakeSourcesDisagree
            ? (true, DrivingReasons.BrakeEngaged, DrivingReasons.None)
            : (false, DrivingReasons.BrakeReleased | disagree, DrivingReasons.None);
    }

    private static DrivingReasons Fault(SignalQuality quality, DrivingReasons missing, DrivingReasons stale, DrivingReasons invalid) =>
        quality switch
        {
            SignalQuality.Valid => DrivingReasons.None,
            SignalQuality.NeverReceived or SignalQuality.SourceLost => missing,
            SignalQuality.Stale => stale,
            SignalQuality.SourceTableFull => DrivingReasons.SourceTableFull,
            SignalQuality.E2eMissing => invalid | DrivingReasons.InputUnprotected,
            _ => invalid,
        };
}
