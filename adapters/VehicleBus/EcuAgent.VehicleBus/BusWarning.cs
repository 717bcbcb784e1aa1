namespace EcuAgent.VehicleBus;

/// <summary>Something on the bus that a person should look at.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Topic">On which topic; for a service or a subscription the name of the service.</param>
/// <param name="Detail">The QoS policy, the type that was expected, or the fault; may be empty. From a bounded set: warnings are counted by it.</param>
public readonly record struct BusWarning(BusWarningKind Kind, string Topic, string Detail)
{
    /// <summary>Code for AgentHealth, for instance "incompatible_qos:Gear:DURABILITY".</summary>
    public string Code => Kind switch
    {
        BusWarningKind.IncompatibleQos => $"incompatible_qos:{Topic}:{Detail}",
        BusWarningKind.InconsistentTopic => $"inconsistent_topic:{Topic}",
        BusWarningKind.DeadlineMissed => $"deadline_missed:{Topic}",
        BusWarningKind.SampleLost => $"sample_lost:{Topic}",
        BusWarningKind.ServiceMissing => $"service_missing:{Topic}",
        BusWarningKind.SubscriptionRefused => $"subscription_refused:{Topic}:{Detail}",
        BusWarningKind.SubscriptionLost => $"subscription_lost:{Topic}:{Detail}",
        BusWarningKind.E2eFailed => $"e2e_failed:{Topic}:{Detail}",
        BusWarningKind.Malformed => $"malformed:{Topic}:{Detail}",
        BusWarningKind.RateExceeded => $"rate_exceeded:{Topic}",
        _ => $"sample_rejected:{Topic}",
    };

    /// <summary>Whether it does not heal by itself: peers that will never talk.</summary>
    public bool IsLasting => Kind is BusWarningKind.IncompatibleQos or BusWarningKind.InconsistentTopic;
}
