namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>Something on the bus that a person should look at.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Topic">On which topic.</param>
/// <param name="Detail">The QoS policy or the type that was expected; may be empty.</param>
public readonly record struct BusWarning(BusWarningKind Kind, string Topic, string Detail)
{
    /// <summary>Code for AgentHealth, for instance "incompatible_qos:Gear:DURABILITY".</summary>
    public string Code => Kind switch
    {
        BusWarningKind.IncompatibleQos => $"incompatible_qos:{Topic}:{Detail}",
        BusWarningKind.InconsistentTopic => $"inconsistent_topic:{Topic}",
        BusWarningKind.DeadlineMissed => $"deadline_missed:{Topic}",
        BusWarningKind.SampleLost => $"sample_lost:{Topic}",
        _ => $"sample_rejected:{Topic}",
    };
}
