namespace EcuAgent.Signals;

/// <summary>Limits of the driving state. Immutable; changed by copy, and swapped only while Parked.</summary>
public sealed record DrivingStateOptions
{
    /// <summary>Lowest standstill limit, m/s: 0.1 km/h, above the 0.072 km/h that a real car reports standing.</summary>
    public const double MinStandstillSpeedMetersPerSecond = 0.1 / 3.6;

    /// <summary>Highest standstill limit, m/s: 2 km/h.</summary>
    public const double MaxStandstillSpeedMetersPerSecond = 2 / 3.6;

    /// <summary>Highest contradiction limit, m/s: 8 km/h (NHTSA's limit for a car without Park).</summary>
    public const double MaxContradictionSpeedMetersPerSecond = 8 / 3.6;

    /// <summary>Shortest maximum age of any input.</summary>
    public static readonly TimeSpan MinMaxAge = TimeSpan.FromMilliseconds(50);

    /// <summary>Longest maximum age of the speed.</summary>
    public static readonly TimeSpan MaxSpeedMaxAge = TimeSpan.FromSeconds(2);

    /// <summary>Longest maximum age of gear and parking brake.</summary>
    public static readonly TimeSpan MaxOnChangeMaxAge = TimeSpan.FromSeconds(60);

    /// <summary>Shortest dwell before a looser state.</summary>
    public static readonly TimeSpan MinDwell = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest dwell before a looser state.</summary>
    public static readonly TimeSpan MaxDwell = TimeSpan.FromSeconds(30);

    /// <summary>Shortest time before a silent source is forgotten.</summary>
    public static readonly TimeSpan MinSourceForgetAfter = TimeSpan.FromSeconds(2);

    /// <summary>Longest time before a silent source is forgotten.</summary>
    public static readonly TimeSpan MaxSourceForgetAfter = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether the gear lever has a Park position. If so, Park alone parks and the parking brake is not looked at; if not, the
    /// parking brake parks and the gear is not looked at.
    /// </summary>
    /// <value>Default true.</value>
    public bool HasParkPosition { get; init; } = true;

    /// <summary>Below this absolute speed the car stands; at it, it moves.</summary>
    /// <value>m/s, <see cref="MinStandstillSpeedMetersPerSecond"/> .. <see cref="MaxStandstillSpeedMetersPerSecond"/>, default 0.5 km/h.</value>
    public double StandstillSpeedMetersPerSecond { get; init; } = 0.5 / 3.6;

    /// <summary>Above this absolute speed, Park or a held brake is a contradiction and reported as such. The state is Moving either way.</summary>
    /// <value>m/s, <see cref="StandstillSpeedMetersPerSecond"/> .. <see cref="MaxContradictionSpeedMetersPerSecond"/>, default 3 km/h.</value>
    public double ContradictionSpeedMetersPerSecond { get; init; } = 3 / 3.6;

    /// <summary>Maximum age of a speed, by its source time.</summary>
    /// <value><see cref="MinMaxAge"/> .. <see cref="MaxSpeedMaxAge"/>, default 1 s (twice the topic's deadline).</value>
    public TimeSpan SpeedMaxAge { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Maximum age of a gear.</summary>
    /// <value><see cref="MinMaxAge"/> .. <see cref="MaxOnChangeMaxAge"/>, default 3 s.</value>
    public TimeSpan GearMaxAge { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Maximum age of a parking brake state.</summary>
    /// <value><see cref="MinMaxAge"/> .. <see cref="MaxOnChangeMaxAge"/>, default 3 s.</value>
    public TimeSpan ParkingBrakeMaxAge { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How on-change signals stay fresh.</summary>
    /// <value>Default <see cref="OnChangeFreshness.MaximumAge"/>.</value>
    public OnChangeFreshness OnChangeFreshness { get; init; }

    /// <summary>How long the car must be seen standing before Moving or Unknown becomes Idling.</summary>
    /// <value><see cref="MinDwell"/> .. <see cref="MaxDwell"/>, default 2 s.</value>
    public TimeSpan MovingToIdlingDwell { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How long the car must be seen held, while Idling, before Idling becomes Parked.</summary>
    /// <value><see cref="MinDwell"/> .. <see cref="MaxDwell"/>, default 1 s.</value>
    public TimeSpan IdlingToParkedDwell { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A source without evidence holds up every loosening until it has been silent for so long.</summary>
    /// <value><see cref="MinSourceForgetAfter"/> .. <see cref="MaxSourceForgetAfter"/>, default 10 s.</value>
    public TimeSpan SourceForgetAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>All faults; empty when the options can be used.</summary>
    public IReadOnlyList<OptionFault> Validate()
    {
        var faults = new List<OptionFault>();
        faults.Within(
            nameof(StandstillSpeedMetersPerSecond), StandstillSpeedMetersPerSecond,
            MinStandstillSpeedMetersPerSecond, MaxStandstillSpeedMetersPerSecond);
        faults.Within(
            nameof(ContradictionSpeedMetersPerSecond), ContradictionSpeedMetersPerSecond,
            double.IsNaN(StandstillSpeedMetersPerSecond) ? 0 : StandstillSpeedMetersPerSecond, MaxContradictionSpeedMetersPerSecond);
        faults.Within(nameof(SpeedMaxAge), SpeedMaxAge, MinMaxAge, MaxSpeedMaxAge);
        faults.Within(nameof(GearMaxAge), GearMaxAge, MinMaxAge, MaxOnChangeMaxAge);
        faults.Within(nameof(ParkingBrakeMaxAge), ParkingBrakeMaxAge, MinMaxAge, MaxOnChangeMaxAge);
        faults.Within(nameof(MovingToIdlingDwell), MovingToIdlingDwell, MinDwell, MaxDwell);
        faults.Within(nameof(IdlingToParkedDwell), IdlingToParkedDwell, MinDwell, MaxDwell);
        faults.Within(nameof(SourceForgetAfter), SourceForgetAfter, MinSourceForgetAfter, MaxSourceForgetAfter);
        if (OnChangeFreshness is not (OnChangeFreshness.MaximumAge or OnChangeFreshness.Liveliness))
        {
            faults.Add(new OptionFault(nameof(OnChangeFreshness), OnChangeFreshness.ToString(), "MaximumAge, Liveliness"));
        }

        return faults;
    }
}
