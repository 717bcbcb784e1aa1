namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>Kinds of <see cref="BusWarning"/>.</summary>
public enum BusWarningKind
{
    /// <summary>A peer offers or requests a QoS that does not fit: the two will not talk.</summary>
    IncompatibleQos,

    /// <summary>A peer has the topic with another type: the two will not talk.</summary>
    InconsistentTopic,

    /// <summary>A cyclic signal did not come in time.</summary>
    DeadlineMissed,

    /// <summary>Samples were overwritten or lost before they were read.</summary>
    SampleLost,

    /// <summary>The reader's bounded queue was full.</summary>
    SampleRejected,
}
