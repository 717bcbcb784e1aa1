namespace EcuAgent.CycloneDds;

/// <summary>Who says that a writer is alive (LIVELINESS).</summary>
public enum DdsLiveliness
{
    /// <summary>Cyclone itself.</summary>
    Automatic,

    /// <summary>Any write or assertion of the participant.</summary>
    ManualByParticipant,

    /// <summary>A write or assertion of this writer.</summary>
    ManualByTopic,
}
