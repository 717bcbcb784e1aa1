using System.Net;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>A remote client that subscribed to an eventgroup.</summary>
internal sealed class Subscriber
{
    internal required IPEndPoint Peer { get; init; }

    internal required byte Counter { get; init; }

    internal required IPEndPoint? Udp { get; init; }

    internal required IPEndPoint? Tcp { get; init; }

    internal TimeSpan ExpiresAt { get; set; }

    internal bool IsSame(Subscriber other) =>
        Peer.Equals(other.Peer) && Counter == other.Counter && Equals(Udp, other.Udp) && Equals(Tcp, other.Tcp);
}
