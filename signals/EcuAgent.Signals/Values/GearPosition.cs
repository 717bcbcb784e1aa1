namespace EcuAgent.Signals;

/// <summary>The selected gear, reduced to what the driving state needs. Numbers equal <c>ecu::v1::GearPosition</c>.</summary>
public enum GearPosition
{
    /// <summary>The sender does not know it, or uses a number that we do not know. Never counts as Park.</summary>
    Unknown = 0,

    /// <summary>The transmission is locked.</summary>
    Park = 1,

    /// <summary>Any reverse gear.</summary>
    Reverse = 2,

    /// <summary>No gear.</summary>
    Neutral = 3,

    /// <summary>Any forward gear.</summary>
    Drive = 4,
}
