namespace EcuAgent.CycloneDds;

/// <summary>Whether one writer per instance counts (OWNERSHIP).</summary>
public enum DdsOwnership
{
    /// <summary>Samples of all writers are taken.</summary>
    Shared,

    /// <summary>Only the strongest live writer's samples are taken.</summary>
    Exclusive,
}
