using System.Net;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>Collects entries by receiver and sends them packed, each message with its session id. The order of entries is kept.</summary>
internal sealed class SdOutbox(PeerSessions sessions, ISdHost host)
{
    private readonly SdMessageWriter _writer = new();
    private readonly List<(IPEndPoint? Peer, SdItem Item)> _items = [];
    private readonly byte[] _buffer = new byte[SomeIpHeader.Size + SomeIpHeader.MaxUdpPayload];

    /// <summary>To the group where <paramref name="peer"/> is null.</summary>
    internal void Add(IPEndPoint? peer, in SdEntry entry, IReadOnlyList<SdOption> options) => _items.Add((peer, new SdItem(entry, options)));

    internal void Add(IPEndPoint? peer, in SdEntry entry, SdEntryType type, IReadOnlyList<SdOption> options) => Add(peer, entry with { Type = type }, options);

    internal void Flush()
    {
        while (_items.Count > 0)
        {
            var peer = _items[0].Peer;
            for (var i = 0; i < _items.Count; i++)
            {
                if (!Equals(_items[i].Peer, peer))
                {
                    continue;
                }

                var item = _items[i].Item;
                _items.RemoveAt(i--);
                if (!_writer.TryAdd(item.Entry, item.Options))
                {
                    Send(peer);
                    _writer.TryAdd(item.Entry, item.Options);
                }
            }

            Send(peer);
        }
    }

    private void Send(IPEndPoint? peer)
    {
        if (_writer.IsEmpty)
        {
            return;
        }

        var (session, reboot) = sessions.Next(peer);
        var bits = SdHeaderBits.Unicast | SdHeaderBits.ExplicitInitialData | (reboot ? SdHeaderBits.Reboot : SdHeaderBits.None);
        var size = _writer.Write(_buffer, session, bits);
        host.Send(peer, _buffer.AsSpan(0, size));
    }
}
