namespace EcuAgent.CycloneDds;

/// <summary>RESOURCE_LIMITS: upper bounds of a reader's or writer's cache. <see cref="Unlimited"/> (-1) means no bound.</summary>
/// <param name="MaxSamples">Samples of all instances together.</param>
/// <param name="MaxInstances">Instances (distinct keys).</param>
/// <param name="MaxSamplesPerInstance">Samples of one instance.</param>
public readonly record struct DdsResourceLimits(int MaxSamples, int MaxInstances, int MaxSamplesPerInstance)
{
    /// <summary>No bound.</summary>
    public const int Unlimited = -1;
}
