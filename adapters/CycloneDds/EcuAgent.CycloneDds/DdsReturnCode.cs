namespace EcuAgent.CycloneDds;

/// <summary>Return codes of Cyclone DDS (dds/ddsrt/retcode.h).</summary>
public enum DdsReturnCode
{
    /// <summary>Success.</summary>
    Ok = 0,

    /// <summary>Non-specific error.</summary>
    Error = -1,

    /// <summary>The feature is not supported.</summary>
    Unsupported = -2,

    /// <summary>A parameter is not valid; for a write also: the sample does not fit its type (enum out of range).</summary>
    BadParameter = -3,

    /// <summary>A precondition is not met, for example another type under the same topic name in this participant.</summary>
    PreconditionNotMet = -4,

    /// <summary>Out of resources; with participant index "auto": no free port index on this machine.</summary>
    OutOfResources = -5,

    /// <summary>A configurable feature is not enabled.</summary>
    NotEnabled = -6,

    /// <summary>The policy cannot be changed after creation.</summary>
    ImmutablePolicy = -7,

    /// <summary>Policies that contradict each other, for example history depth above the resource limit.</summary>
    InconsistentPolicy = -8,

    /// <summary>The entity was already deleted.</summary>
    AlreadyDeleted = -9,

    /// <summary>Time-out, for example a full reliable keep-all writer after its max blocking time.</summary>
    Timeout = -10,

    /// <summary>No data.</summary>
    NoData = -11,

    /// <summary>The operation does not fit the entity.</summary>
    IllegalOperation = -12,

    /// <summary>Refused by security plugins.</summary>
    NotAllowedBySecurity = -13,
}
