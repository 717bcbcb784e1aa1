namespace EcuAgent.Signals;

/// <summary>VSS <c>Vehicle.LowVoltageSystemState</c>. Numbers equal <c>ecu::v1::PowerModeKind</c>.</summary>
public enum PowerModeKind
{
    /// <summary>VSS <c>UNDEFINED</c>.</summary>
    Unknown = 0,

    /// <summary>Locked, no supply.</summary>
    Lock = 1,

    /// <summary>Off.</summary>
    Off = 2,

    /// <summary>Accessories are supplied.</summary>
    Accessory = 3,

    /// <summary>Ready to drive.</summary>
    On = 4,

    /// <summary>The engine is being started.</summary>
    Start = 5,
}
