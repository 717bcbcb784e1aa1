namespace EcuAgent.Signals;

/// <summary>The car's picture at one instant. Immutable; all parts belong to the same instant.</summary>
public sealed class VehicleSnapshot
{
    /// <summary>Our UTC when it was taken.</summary>
    public required DateTimeOffset TakenAt { get; init; }

    /// <summary>The driving state, judged at this instant.</summary>
    public required DrivingStateStatus Driving { get; init; }

    /// <summary>m/s, signed: of all valid sources the value with the highest amount.</summary>
    public Signal<double> SpeedMetersPerSecond { get; init; }

    /// <summary>The gear. <see cref="SignalQuality.SourcesDisagree"/> when valid sources differ.</summary>
    public Signal<GearPosition> Gear { get; init; }

    /// <summary>The parking brake. <see cref="SignalQuality.SourcesDisagree"/> when valid sources differ.</summary>
    public Signal<bool> ParkingBrakeEngaged { get; init; }

    /// <summary>The supply mode.</summary>
    public Signal<PowerModeKind> PowerMode { get; init; }

    /// <summary>The position. Personal data.</summary>
    public Signal<LocationSample> Location { get; init; }

    /// <summary>What is left to drive on.</summary>
    public Signal<EnergySample> Energy { get; init; }

    /// <summary>What the cabin camera sees. Personal data.</summary>
    public Signal<CabinCameraSample> CabinCamera { get; init; }

    /// <summary>What the HVAC ECU has applied.</summary>
    public Signal<ClimateSample> Climate { get; init; }

    /// <summary>What the navigation ECU is doing. Personal data.</summary>
    public Signal<NavigationSample> Navigation { get; init; }
}
