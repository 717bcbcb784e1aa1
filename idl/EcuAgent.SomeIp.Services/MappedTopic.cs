namespace EcuAgent.SomeIp.Services;

/// <summary>One topic in one service.</summary>
public sealed record MappedTopic
{
    /// <summary>Name of the topic, which is that of its struct.</summary>
    public required string Topic { get; init; }

    /// <summary>Event, field or method.</summary>
    public required TopicKind Kind { get; init; }

    /// <summary>Method id, or id of the event or notifier.</summary>
    /// <value>Methods 0x0001 .. 0x7FFF, events and fields 0x8001 .. 0xFFFE.</value>
    public required ushort Id { get; init; }

    /// <summary>The eventgroup to subscribe to; null for a method.</summary>
    /// <value>0x0001 .. 0xFFFE.</value>
    public ushort? EventgroupId { get; init; }

    /// <summary>What carries it.</summary>
    public required TopicTransport Transport { get; init; }

    /// <summary>Senders send no more messages than this.</summary>
    /// <value>1 .. 1000 per second.</value>
    public required int MaxRateHz { get; init; }

    /// <summary>Protection; null without.</summary>
    public E2eBinding? E2e { get; init; }
}
