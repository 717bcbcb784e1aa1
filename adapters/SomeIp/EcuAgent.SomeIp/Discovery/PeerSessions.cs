using System.Net;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>Session ids and reboot flags of SD messages, multicast and each unicast peer apart, sending and receiving apart.</summary>
internal sealed class PeerSessions(SdLimits limits)
{
    private readonly Dictionary<IPEndPoint, Peer> _peers = [];
    private readonly Counter _multicast = new();

    /// <summary>Next session id and reboot flag towards the group (null) or a peer that was heard before.</summary>
    internal (ushort Session, bool Reboot) Next(IPEndPoint? peer) =>
        peer is null ? _multicast.Next() : _peers.TryGetValue(peer, out var known) ? known.Sending.Next() : new Counter().Next();

    /// <summary>Takes the values of a received message. False when there is no room for another peer.</summary>
    internal bool TryTrack(IPEndPoint endpoint, bool multicast, bool reboot, ushort session, TimeSpan now, out bool rebooted)
    {
        rebooted = false;
        if (!_peers.TryGetValue(endpoint, out var peer))
        {
            if (_peers.Count >= limits.MaxPeers && !TryForgetOne(now))
            {
                return false;
            }

            _peers.Add(endpoint, peer = new Peer());
        }

        ref var received = ref multicast ? ref peer.Multicast : ref peer.Unicast;
        rebooted = received is { } old && reboot && (!old.Reboot || old.Session >= session);
        if (rebooted)
        {
            // The other counter of a peer that restarted starts at 1 as well; that must not look like a second reboot.
            (peer.Multicast, peer.Unicast) = (null, null);
        }

        received = (reboot, session);
        peer.HeardAt = now;
        return true;
    }

    private bool TryForgetOne(TimeSpan now)
    {
        var (endpoint, oldest) = _peers.MinBy(static pair => pair.Value.HeardAt);
        return now - oldest.HeardAt > limits.PeerMemory && _peers.Remove(endpoint);
    }

    private sealed class Peer
    {
        internal (bool Reboot, ushort Session)? Multicast;
        internal (bool Reboot, ushort Session)? Unicast;

        internal Counter Sending { get; } = new();

        internal TimeSpan HeardAt { get; set; }
    }

    private sealed class Counter
    {
        private ushort _last;
        private bool _wrapped;

        internal (ushort Session, bool Reboot) Next()
        {
            if (_last == ushort.MaxValue)
            {
                _wrapped = true;
                _last = 0;
            }

            return (++_last, !_wrapped);
        }
    }
}
