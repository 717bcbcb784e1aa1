namespace EcuAgent.CycloneDds;

/// <summary>Which resource limit of a reader was full.</summary>
public enum DdsRejectedReason
{
    /// <summary>None.</summary>
    NotRejected,

    /// <summary><see cref="DdsResourceLimits.MaxInstances"/>.</summary>
    InstancesLimit,

    /// <summary><see cref="DdsResourceLimits.MaxSamples"/>.</summary>
    SamplesLimit,

    /// <summary><see cref="DdsResourceLimits.MaxSamplesPerInstance"/>.</summary>
    SamplesPerInstanceLimit,
}
