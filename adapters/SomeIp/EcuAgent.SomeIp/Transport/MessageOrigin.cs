using System.Net;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Transport;

/// <summary>Where a message came from and how to answer it. Over UDP the address is valid during the handler only; <see cref="Keep"/> makes it last.</summary>
internal readonly struct MessageOrigin
{
    private readonly UdpSocket? _udp;
    private readonly SocketAddress? _address;

    internal MessageOrigin(UdpSocket udp, SocketAddress address, in EndpointKey key) => (_udp, _address, Key) = (udp, address, key);

    internal MessageOrigin(TcpConnection tcp) => (Tcp, Key) = (tcp, tcp.RemoteKey);

    internal EndpointKey Key { get; }

    internal TcpConnection? Tcp { get; }

    internal MessageOrigin Keep()
    {
        if (_udp is null)
        {
            return this;
        }

        var copy = new SocketAddress(_address!.Family, _address.Size);
        _address.Buffer[.._address.Size].CopyTo(copy.Buffer);
        return new MessageOrigin(_udp, copy, Key);
    }

    internal bool Send(in SomeIpHeader header, ReadOnlySpan<byte> payload, bool allowTp) =>
        Tcp is not null ? Tcp.Send(header, payload) : _udp!.Send(_address!, header, payload, allowTp);
}
