namespace EcuAgent.ToolBus;

/// <summary>Which ECUs a <see cref="SignalPublisher"/> speaks for, and how often they repeat themselves.</summary>
public sealed record SignalPublisherOptions
{
    /// <summary>Source of VehicleSpeed and ParkingBrake, 1 to 32 bytes.</summary>
    public string BrakeSource { get; init; } = "ecu.brake";

    /// <summary>Source of Gear.</summary>
    public string GearSource { get; init; } = "ecu.gear";

    /// <summary>Source of PowerMode.</summary>
    public string PowerModeSource { get; init; } = "ecu.body";

    /// <summary>Source of Location.</summary>
    public string LocationSource { get; init; } = "ecu.gnss";

    /// <summary>Source of Energy.</summary>
    public string EnergySource { get; init; } = "ecu.energy";

    /// <summary>Cycle of VehicleSpeed, default 100 ms: its topic has a deadline of 500 ms.</summary>
    public TimeSpan SpeedCycle { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Cycle of all others, default 1 s: readers take a gear or a brake of more than 3 s for stale.</summary>
    public TimeSpan OtherCycle { get; init; } = TimeSpan.FromSeconds(1);
}
