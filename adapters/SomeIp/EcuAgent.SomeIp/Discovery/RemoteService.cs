using System.Net;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>A service instance that a peer offers.</summary>
internal sealed class RemoteService
{
    internal required ushort ServiceId { get; init; }

    internal required ushort InstanceId { get; init; }

    internal required byte MajorVersion { get; init; }

    internal required uint MinorVersion { get; init; }

    /// <summary>Where the peer's service discovery is reached.</summary>
    internal required IPEndPoint Peer { get; init; }

    internal required IPEndPoint? Udp { get; init; }

    internal required IPEndPoint? Tcp { get; init; }

    internal required IReadOnlyList<SdOption> Options { get; init; }

    /// <summary>The server honours the initial-data flag.</summary>
    internal bool ExplicitInitialData { get; set; }

    internal TimeSpan ExpiresAt { get; set; }

    internal bool IsAtSameEndpoints(RemoteService other) => Equals(Udp, other.Udp) && Equals(Tcp, other.Tcp);
}
