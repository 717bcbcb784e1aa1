namespace EcuAgent.CycloneDds;

/// <summary>How many samples per instance are kept (HISTORY).</summary>
public enum DdsHistory
{
    /// <summary>The newest ones, up to the depth.</summary>
    KeepLast,

    /// <summary>All, up to the resource limits.</summary>
    KeepAll,
}
