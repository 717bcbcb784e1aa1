namespace EcuAgent.SomeIp.Services;

/// <summary>How a topic travels.</summary>
public enum TopicKind
{
    /// <summary>An event, to those that are subscribed when it comes.</summary>
    Event,

    /// <summary>The notifier of a field: an event whose last value each new subscriber gets first.</summary>
    Field,

    /// <summary>A method without an answer, from the client to the one that offers the service.</summary>
    Method,
}
