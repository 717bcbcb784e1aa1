namespace EcuAgent.SomeIp.Services;

/// <summary>Where a topic flows, seen from the cockpit service as in idl/topics.json.</summary>
public enum TopicDirection
{
    /// <summary>To the cockpit service.</summary>
    In,

    /// <summary>From the cockpit service.</summary>
    Out,
}
