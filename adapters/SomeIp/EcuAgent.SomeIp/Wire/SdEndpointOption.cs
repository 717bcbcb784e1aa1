using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace EcuAgent.SomeIp.Wire;

/// <summary>Address, protocol and port: of a service or client, of a group, or of a peer's service discovery itself.</summary>
public sealed record SdEndpointOption : SdOption
{
    private const int Ipv4Size = 4;
    private const int Ipv6Size = 16;

    private SdEndpointOption(SdOptionType type, IPEndPoint endpoint, SdTransport transport)
        : base(type)
    {
        Endpoint = endpoint;
        Transport = transport;
    }

    public IPEndPoint Endpoint { get; }

    public SdTransport Transport { get; }

    public bool IsUnicast => Type is SdOptionType.Ipv4Endpoint or SdOptionType.Ipv6Endpoint;

    public bool IsMulticast => Type is SdOptionType.Ipv4Multicast or SdOptionType.Ipv6Multicast;

    public bool IsSdEndpoint => Type is SdOptionType.Ipv4SdEndpoint or SdOptionType.Ipv6SdEndpoint;

    private protected override int BodySize => AddressSize(Type) + 4;

    public static SdEndpointOption Unicast(IPEndPoint endpoint, SdTransport transport) =>
        new(IsV6(endpoint) ? SdOptionType.Ipv6Endpoint : SdOptionType.Ipv4Endpoint, endpoint, transport);

    public static SdEndpointOption Multicast(IPEndPoint endpoint) =>
        new(IsV6(endpoint) ? SdOptionType.Ipv6Multicast : SdOptionType.Ipv4Multicast, endpoint, SdTransport.Udp);

    public static SdEndpointOption ServiceDiscovery(IPEndPoint endpoint) =>
        new(IsV6(endpoint) ? SdOptionType.Ipv6SdEndpoint : SdOptionType.Ipv4SdEndpoint, endpoint, SdTransport.Udp);

    internal static SomeIpFault TryRead(SdOptionType type, ReadOnlySpan<byte> body, out SdOption? option)
    {
        option = null;
        var size = AddressSize(type);
        if (body.Length != size + 4)
        {
            return SomeIpFault.SdOptionLength;
        }

        var address = new IPAddress(body[..size]);
        var transport = (SdTransport)body[size + 1];
        var read = new SdEndpointOption(type, new IPEndPoint(address, BinaryPrimitives.ReadUInt16BigEndian(body[(size + 2)..])), transport);
        if (transport != SdTransport.Udp && (transport != SdTransport.Tcp || !read.IsUnicast))
        {
            return SomeIpFault.SdEndpointProtocol;
        }

        if (read.Endpoint.Port == 0)
        {
            return SomeIpFault.SdEndpointPort;
        }

        if (IsGroup(address) != read.IsMulticast || address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any))
        {
            return read.IsMulticast ? SomeIpFault.SdMulticastAddress : SomeIpFault.SdEndpointAddress;
        }

        option = read;
        return SomeIpFault.None;
    }

    private protected override void WriteBody(Span<byte> destination)
    {
        Endpoint.Address.TryWriteBytes(destination, out var size);
        destination[size] = 0;
        destination[size + 1] = (byte)Transport;
        BinaryPrimitives.WriteUInt16BigEndian(destination[(size + 2)..], (ushort)Endpoint.Port);
    }

    internal static bool IsGroup(IPAddress address) =>
        address.AddressFamily == AddressFamily.InterNetworkV6 ? address.IsIPv6Multicast : (address.GetAddressBytes()[0] & 0xF0) == 0xE0;

    private static bool IsV6(IPEndPoint endpoint) => endpoint.AddressFamily == AddressFamily.InterNetworkV6;

    private static int AddressSize(SdOptionType type) =>
        type is SdOptionType.Ipv6Endpoint or SdOptionType.Ipv6Multicast or SdOptionType.Ipv6SdEndpoint ? Ipv6Size : Ipv4Size;
}
