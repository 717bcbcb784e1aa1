namespace EcuAgent.ToolBus;

/// <summary>The signals that <see cref="SignalPublisher"/> sends.</summary>
public enum VehicleSignal
{
    /// <summary>Topic VehicleSpeed.</summary>
    Speed,

    /// <summary>Topic Gear.</summary>
    Gear,

    /// <summary>Topic ParkingBrake.</summary>
    ParkingBrake,

    /// <summary>Topic PowerMode.</summary>
    PowerMode,

    /// <summary>Topic Location.</summary>
    Location,

    /// <summary>Topic Energy.</summary>
    Energy,
}
