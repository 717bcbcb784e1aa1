namespace EcuAgent.Core.Gate;

/// <summary>The seat that a request or an answer came from.</summary>
public enum SpeakerZone
{
    /// <summary>Not located. Never good enough for a yes.</summary>
    Unknown,

    /// <summary>The driver's seat.</summary>
    Driver,

    /// <summary>The front passenger's seat.</summary>
    Passenger,

    /// <summary>Second row, left.</summary>
    RearLeft,

    /// <summary>Second row, right.</summary>
    RearRight,
}
