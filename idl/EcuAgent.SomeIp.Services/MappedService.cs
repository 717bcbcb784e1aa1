using System.Collections.Immutable;

namespace EcuAgent.SomeIp.Services;

/// <summary>One service instance and the topics in it.</summary>
public sealed record MappedService
{
    /// <summary>Name for people, unique in the map.</summary>
    public required string Name { get; init; }

    /// <summary>Service id.</summary>
    /// <value>0x0001 .. 0xFFFD without the reserved 0x0101 and 0x433F.</value>
    public required ushort ServiceId { get; init; }

    /// <summary>Instance id.</summary>
    /// <value>0x0001 .. 0xFFFE.</value>
    public required ushort InstanceId { get; init; }

    /// <summary>Major version, also the interface version of each message.</summary>
    /// <value>0 .. 254.</value>
    public required byte MajorVersion { get; init; }

    /// <summary>Minor version.</summary>
    /// <value>0 .. 4294967294.</value>
    public required uint MinorVersion { get; init; }

    /// <summary>Who offers it.</summary>
    public required ServiceSide OfferedBy { get; init; }

    /// <summary>Its topics, in the order of the file.</summary>
    public required ImmutableArray<MappedTopic> Topics { get; init; }

    /// <summary>Where a topic of this service flows: events and fields from the one that offers it, methods to it.</summary>
    public TopicDirection DirectionOf(MappedTopic topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return OfferedBy == ServiceSide.Car ^ topic.Kind == TopicKind.Method ? TopicDirection.In : TopicDirection.Out;
    }

    /// <summary>True when one of the topics needs the transport.</summary>
    public bool Uses(TopicTransport transport) => Topics.Any(x => x.Transport == transport);
}
