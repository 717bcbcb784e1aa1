namespace EcuAgent.Signals;

/// <summary>Limits of the car's picture. Immutable; changed by copy, and swapped only while Parked.</summary>
public sealed record VehicleStateOptions
{
    /// <summary>Shortest maximum age of a signal.</summary>
    public static readonly TimeSpan MinMaxAge = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest maximum age of a signal that is not a driving input.</summary>
    public static readonly TimeSpan MaxMaxAge = TimeSpan.FromHours(1);

    /// <summary>Most that a sender's clock may be ahead.</summary>
    public static readonly TimeSpan MaxFutureTolerance = TimeSpan.FromSeconds(5);

    /// <summary>Limits of the driving state.</summary>
    public DrivingStateOptions Driving { get; init; } = new();

    /// <summary>Which signals count only with end-to-end protection.</summary>
    /// <value>Default none.</value>
    public E2eRequirements RequireE2e { get; init; } = new();

    /// <summary>How far a source time may be ahead of our UTC at arrival.</summary>
    /// <value>0 .. <see cref="MaxFutureTolerance"/>, default 200 ms.</value>
    public TimeSpan FutureTolerance { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Maximum age of a position.</summary>
    /// <value><see cref="MinMaxAge"/> .. <see cref="MaxMaxAge"/>, default 3 s.</value>
    public TimeSpan LocationMaxAge { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Maximum age of a power mode, under <see cref="OnChangeFreshness.MaximumAge"/>.</summary>
    /// <value><see cref="MinMaxAge"/> .. <see cref="MaxMaxAge"/>, default 3 s.</value>
    public TimeSpan PowerModeMaxAge { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Maximum age of the energy levels.</summary>
    /// <value><see cref="MinMaxAge"/> .. <see cref="MaxMaxAge"/>, default 60 s.</value>
    public TimeSpan EnergyMaxAge { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Maximum age of what the cabin camera sees.</summary>
    /// <value><see cref="MinMaxAge"/> .. <see cref="MaxMaxAge"/>, default 3 s.</value>
    public TimeSpan CabinCameraMaxAge { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Maximum age of the HVAC ECU's read-back, under <see cref="OnChangeFreshness.MaximumAge"/>.</summary>
    /// <value><see cref="MinMaxAge"/> .. <see cref="MaxMaxAge"/>, default 10 s.</value>
    public TimeSpan ClimateMaxAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Maximum age of the navigation ECU's read-back, under <see cref="OnChangeFreshness.MaximumAge"/>.</summary>
    /// <value><see cref="MinMaxAge"/> .. <see cref="MaxMaxAge"/>, default 10 s.</value>
    public TimeSpan NavigationMaxAge { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All faults, those of <see cref="Driving"/> included; empty when the options can be used.</summary>
    public IReadOnlyList<OptionFault> Validate()
    {
        var faults = new List<OptionFault>();
        if (Driving is null)
        {
            faults.Add(new OptionFault(nameof(Driving), "null", "options"));
        }
        else
        {
            faults.AddRange(Driving.Validate());
        }

        if (RequireE2e is null)
        {
            faults.Add(new OptionFault(nameof(RequireE2e), "null", "true or false for each signal"));
        }

        faults.Within(nameof(FutureTolerance), FutureTolerance, TimeSpan.Zero, MaxFutureTolerance);
        faults.Within(nameof(LocationMaxAge), LocationMaxAge, MinMaxAge, MaxMaxAge);
        faults.Within(nameof(PowerModeMaxAge), PowerModeMaxAge, MinMaxAge, MaxMaxAge);
        faults.Within(nameof(EnergyMaxAge), EnergyMaxAge, MinMaxAge, MaxMaxAge);
        faults.Within(nameof(CabinCameraMaxAge), CabinCameraMaxAge, MinMaxAge, MaxMaxAge);
        faults.Within(nameof(ClimateMaxAge), ClimateMaxAge, MinMaxAge, MaxMaxAge);
        faults.Within(nameof(NavigationMaxAge), NavigationMaxAge, MinMaxAge, MaxMaxAge);
        return faults;
    }
}
