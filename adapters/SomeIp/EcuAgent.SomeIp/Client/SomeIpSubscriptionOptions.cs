namespace EcuAgent.SomeIp;

/// <summary>A subscription to an eventgroup.</summary>
public sealed record SomeIpSubscriptionOptions
{
    public required ushort EventgroupId { get; init; }

    /// <summary>What the events of the group use. Default: UDP.</summary>
    public IReadOnlyCollection<SomeIpTransport> Transports { get; init; } = [SomeIpTransport.Udp];

    /// <summary>
    /// After so long without an event, while the service is offered, the subscription is stopped and made anew: the server may have forgotten it. For
    /// groups in which something comes at fixed times; one with fields that seldom change is silent by nature. Null: never.
    /// </summary>
    /// <value>100 ms .. 1 day, default null.</value>
    public TimeSpan? SilenceLimit { get; init; }

    /// <summary>The events that end a silence. Default: none named, any event of the service does.</summary>
    public IReadOnlyCollection<ushort> HeardEvents { get; init; } = [];

    internal void Validate()
    {
        if (SilenceLimit is { } limit && (limit < TimeSpan.FromMilliseconds(100) || limit > TimeSpan.FromDays(1)))
        {
            throw new SomeIpException($"Eventgroup {EventgroupId:X4}: {nameof(SilenceLimit)} is out of range: {limit}.");
        }
    }
}
