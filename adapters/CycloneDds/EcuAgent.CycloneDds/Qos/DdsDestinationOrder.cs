namespace EcuAgent.CycloneDds;

/// <summary>Which time orders samples (DESTINATION_ORDER).</summary>
public enum DdsDestinationOrder
{
    /// <summary>Arrival at the reader.</summary>
    ByReceptionTimestamp,

    /// <summary>The writer's time stamp; an older sample never replaces a newer one.</summary>
    BySourceTimestamp,
}
