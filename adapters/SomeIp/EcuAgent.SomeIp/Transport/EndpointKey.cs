using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EcuAgent.SomeIp.Transport;

/// <summary>Address and port as a value, read from a socket address without allocation.</summary>
internal readonly record struct EndpointKey(ulong High, ulong Low, ushort Port)
{
    private const int PortAt = 2;
    private const int Ipv4At = 4;
    private const int Ipv6At = 8;

    internal static EndpointKey From(SocketAddress address)
    {
        var bytes = address.Buffer.Span;
        var port = BinaryPrimitives.ReadUInt16BigEndian(bytes[PortAt..]);
        return address.Family == AddressFamily.InterNetworkV6
            ? new EndpointKey(BinaryPrimitives.ReadUInt64BigEndian(bytes[Ipv6At..]), BinaryPrimitives.ReadUInt64BigEndian(bytes[(Ipv6At + 8)..]), port)
            : new EndpointKey(0, BinaryPrimitives.ReadUInt32BigEndian(bytes[Ipv4At..]), port);
    }

    internal static EndpointKey From(IPEndPoint endpoint) => From(endpoint.Serialize());

    internal IPEndPoint ToEndPoint(AddressFamily family)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, High);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], Low);
        return new IPEndPoint(new IPAddress(family == AddressFamily.InterNetworkV6 ? bytes : bytes[12..]), Port);
    }
}
