using System.Net;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>Session ids and reboot flags of SD messages, multicast and each unicast peer apart, sending and receiving apart.</summary>
internal sealed class PeerSessions(int maxPeers)
{
    private readonly Dictionary<IPEndPoint, Sending> _sending = [];
    private readonly Dictionary<(IPEndPoint Peer, bool Multicast), (bool Reboot, ushort Session)> _received = [];
    private readonly Sending _multicast = new();

    internal int Peers => _received.Count;

    /// <summary>Next session id and reboot flag towards the group (null) or a peer.</summary>
    internal (ushort Session, bool Reboot) Next(IPEndPoint? peer)
    {
        if (peer is null)
        {
            return _multicast.Next();
        }

        if (!_sending.TryGetValue(peer, out var sending))
        {
            _sending.Add(peer, sending = new Sending());
        }

        return sending.Next();
    }

    /// <summary>Takes the values of a received message. False when there is no room for another peer.</summary>
    internal bool TryTrack(IPEndPoint peer, bool multicast, bool reboot, ushort session, out bool rebooted)
    {
        rebooted = false;
        if (_received.TryGetValue((peer, multicast), out var old))
        {
            rebooted = reboot && (!old.Reboot || old.Session >= session);
        }
        else if (_received.Count >= 2 * maxPeers)
        {
            return false;
        }

        if (rebooted)
        {
            // The other counter of a peer that restarted starts at 1 as well; that must not look like a second reboot.
            _received.Remove((peer, !multicast));
        }

        _received[(peer, multicast)] = (reboot, session);
        return true;
    }

    private sealed class Sending
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
