namespace EcuAgent.Core.Ports;

/// <summary>The ECU that a command goes to.</summary>
public enum CommandTarget
{
    /// <summary>Climate, seats, defrost.</summary>
    Hvac,

    /// <summary>Route guidance.</summary>
    Navigation,
}
