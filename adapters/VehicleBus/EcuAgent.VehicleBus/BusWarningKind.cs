namespace EcuAgent.VehicleBus;

/// <summary>Kinds of <see cref="BusWarning"/>.</summary>
public enum BusWarningKind
{
    /// <summary>A peer offers or requests a QoS that does not fit: the two will not talk (DDS).</summary>
    IncompatibleQos,

    /// <summary>A peer has the topic with another type: the two will not talk (DDS).</summary>
    InconsistentTopic,

    /// <summary>A cyclic signal did not come in time.</summary>
    DeadlineMissed,

    /// <summary>Samples were overwritten or lost before they were read.</summary>
    SampleLost,

    /// <summary>The reader's bounded queue was full.</summary>
    SampleRejected,

    /// <summary>A service of the map is not offered, or not any more: stopped, expired, killed (SOME/IP).</summary>
    ServiceMissing,

    /// <summary>The one who offers a service refused the subscription; it is asked again at its next offer (SOME/IP).</summary>
    SubscriptionRefused,

    /// <summary>A subscription ended while its service is still offered (SOME/IP).</summary>
    SubscriptionLost,

    /// <summary>A sample did not pass its end-to-end check.</summary>
    E2eFailed,

    /// <summary>A payload that does not hold its topic's struct.</summary>
    Malformed,

    /// <summary>More was to be sent than the topic's highest rate allows.</summary>
    RateExceeded,
}
