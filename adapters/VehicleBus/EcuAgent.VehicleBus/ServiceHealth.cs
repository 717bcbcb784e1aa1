namespace EcuAgent.VehicleBus;

/// <summary>State in the heartbeat; numbers as in the IDL.</summary>
public enum ServiceHealth
{
    /// <summary>Not ready yet.</summary>
    Starting,

    /// <summary>Everything works.</summary>
    Ok,

    /// <summary>Works with the losses that the reasons name.</summary>
    Degraded,

    /// <summary>About to leave.</summary>
    Stopping,
}
