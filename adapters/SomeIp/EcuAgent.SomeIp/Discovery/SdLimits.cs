namespace EcuAgent.SomeIp.Discovery;

/// <summary>Bounds of what others can make service discovery remember.</summary>
public sealed record SdLimits
{
    /// <summary>
    /// Peers whose sessions are tracked. Default 256; messages of further ones are ignored, unless one has been silent for
    /// <see cref="PeerMemory"/> and gives up its place.
    /// </summary>
    public int MaxPeers { get; init; } = 256;

    /// <summary>A peer that was silent for so long may be forgotten. Default 5 min; it must be well above the life times in use.</summary>
    public TimeSpan PeerMemory { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Remote service instances. Default 1024; further offers are ignored.</summary>
    public int MaxRemoteServices { get; init; } = 1024;

    /// <summary>Subscribers of one eventgroup. Default 64; further ones are refused.</summary>
    public int MaxSubscribers { get; init; } = 64;

    /// <summary>Answers that wait for their delay. Default 1024; further ones are dropped.</summary>
    public int MaxDelayedAnswers { get; init; } = 1024;
}
