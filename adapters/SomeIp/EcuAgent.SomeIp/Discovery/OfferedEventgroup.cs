using System.Net;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>An eventgroup of an offered service with its subscribers.</summary>
internal sealed class OfferedEventgroup(ushort id)
{
    internal ushort Id { get; } = id;

    /// <summary>It has events over UDP to the subscriber itself.</summary>
    internal bool NeedsUdp { get; init; }

    internal bool NeedsTcp { get; init; }

    /// <summary>Where events go once enough subscribe; null: to each subscriber.</summary>
    internal IPEndPoint? Multicast { get; init; }

    internal List<Subscriber> Subscribers { get; } = [];
}
