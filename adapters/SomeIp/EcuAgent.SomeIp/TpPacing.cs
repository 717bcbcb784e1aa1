namespace EcuAgent.SomeIp;

/// <summary>
/// How fast the TP segments of one UDP socket follow each other. With it, messages that TP may cut wait in a queue of their socket and leave in its
/// order; all others leave at once.
/// </summary>
public sealed record TpPacing
{
    /// <summary>Least time between two bursts; zero: no pacing, segments leave as fast as the socket takes them.</summary>
    /// <value>0, or 1 ms .. 10 s; the clock adds up to about 1 ms. Default 0.</value>
    public TimeSpan SeparationTime { get; init; }

    /// <summary>Segments of a burst.</summary>
    /// <value>1 .. 1000, default 1.</value>
    public int BurstSegments { get; init; } = 1;

    /// <summary>Messages that wait, each receiver counted singly; a further one is dropped and counted (<see cref="Wire.SomeIpFault.TpQueueFull"/>).</summary>
    /// <value>1 .. 10000, default 64.</value>
    public int QueueMessages { get; init; } = 64;

    /// <summary>Payload bytes that wait; a message that does not fit is dropped and counted.</summary>
    /// <value>With pacing at least <see cref="Wire.TpLimits.MaxMessageBytes"/>. Default 1,048,576.</value>
    public int QueueBytes { get; init; } = 1024 * 1024;
}
