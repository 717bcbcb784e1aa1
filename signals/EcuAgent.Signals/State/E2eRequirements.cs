namespace EcuAgent.Signals;

/// <summary>
/// Which signals count only when each sample passed an end-to-end check (<see cref="E2eStatus.Ok"/>). A sample without one is
/// then as good as none: the source has no evidence, and a driving input without evidence is Unknown. Default false for all.
/// </summary>
public sealed record E2eRequirements
{
    /// <summary>The speed.</summary>
    public bool Speed { get; init; }

    /// <summary>The gear.</summary>
    public bool Gear { get; init; }

    /// <summary>The parking brake.</summary>
    public bool ParkingBrake { get; init; }

    /// <summary>The power mode.</summary>
    public bool PowerMode { get; init; }

    /// <summary>The position.</summary>
    public bool Location { get; init; }

    /// <summary>The energy levels.</summary>
    public bool Energy { get; init; }

    /// <summary>What the cabin camera sees.</summary>
    public bool CabinCamera { get; init; }

    /// <summary>The HVAC ECU's read-back.</summary>
    public bool Climate { get; init; }

    /// <summary>The navigation ECU's read-back.</summary>
    public bool Navigation { get; init; }
}
