namespace EcuAgent.Signals;

/// <summary>The inputs of the driving state at one instant, already fused over their sources.</summary>
public readonly record struct DrivingEvidence
{
    /// <summary>Valid when at least one source has a fresh speed.</summary>
    public SignalQuality SpeedQuality { get; init; }

    /// <summary>The highest absolute speed of all valid sources, m/s.</summary>
    public double AbsoluteSpeedMetersPerSecond { get; init; }

    /// <summary>No source of the speed that still counts is without evidence.</summary>
    public bool SpeedSourcesFresh { get; init; }

    /// <summary>Valid when at least one source has a fresh gear.</summary>
    public SignalQuality GearQuality { get; init; }

    /// <summary>The gear; where sources disagree, one that is not Park.</summary>
    public GearPosition Gear { get; init; }

    /// <summary>Valid sources name different gears.</summary>
    public bool GearSourcesDisagree { get; init; }

    /// <summary>No source of the gear that still counts is without evidence.</summary>
    public bool GearSourcesFresh { get; init; }

    /// <summary>Valid when at least one source has a fresh parking brake state.</summary>
    public SignalQuality ParkingBrakeQuality { get; init; }

    /// <summary>The brake holds; where sources disagree, false.</summary>
    public bool ParkingBrakeEngaged { get; init; }

    /// <summary>Valid sources contradict each other.</summary>
    public bool ParkingBrakeSourcesDisagree { get; init; }

    /// <summary>No source of the parking brake that still counts is without evidence.</summary>
    public bool ParkingBrakeSourcesFresh { get; init; }
}
