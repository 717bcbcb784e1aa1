namespace EcuAgent.CycloneDds;

/// <summary>How samples travel (RELIABILITY).</summary>
public enum DdsReliability
{
    /// <summary>Lost samples stay lost.</summary>
    BestEffort,

    /// <summary>Lost samples are sent again.</summary>
    Reliable,
}
