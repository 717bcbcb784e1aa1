namespace EcuAgent.SomeIp.Services;

/// <summary>Who offers a service.</summary>
public enum ServiceSide
{
    /// <summary>Another ECU; the cockpit service is its client.</summary>
    Car,

    /// <summary>The cockpit service.</summary>
    Cockpit,
}
