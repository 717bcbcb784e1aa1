using System.Net;
using System.Net.Sockets;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>Settings of a node. The node takes a copy at start.</summary>
public sealed record SomeIpNodeOptions
{
    /// <summary>Address of the interface in use; every socket is bound to it. Default 127.0.0.1; another one is an explicit choice.</summary>
    public IPAddress LocalAddress { get; init; } = IPAddress.Loopback;

    /// <summary>UDP port of service discovery, the same for all nodes of a network. Default 30490.</summary>
    public int SdPort { get; init; } = 30490;

    /// <summary>Group of service discovery, of the same family as <see cref="LocalAddress"/>. Default 224.244.224.245.</summary>
    public IPAddress SdGroup { get; init; } = new([224, 244, 224, 245]);

    /// <summary>Client id in requests, unique among the clients of one address. Default 0x0001.</summary>
    public ushort ClientId { get; init; } = 1;

    /// <summary>UDP port of the client side; 0: any free one. Default 0.</summary>
    public int ClientUdpPort { get; init; }

    /// <summary>Endpoints that others name must share this many leading bits with our address; 0: no check. Default: 8 on loopback, else 24 (IPv6: 64).</summary>
    public int? SubnetPrefixLength { get; init; }

    /// <summary>Hops of multicast datagrams. Default 1.</summary>
    public int MulticastTtl { get; init; } = 1;

    /// <summary>A magic cookie in front of each batch sent over TCP. Cookies are understood either way. Default true.</summary>
    public bool SendMagicCookies { get; init; } = true;

    /// <summary>Largest message over TCP, bytes, header included. Default 131,088.</summary>
    public int MaxTcpMessageBytes { get; init; } = (128 * 1024) + SomeIpHeader.Size;

    /// <summary>Bytes that wait in one TCP connection; a message that does not fit is dropped and counted. Default 1 MiB.</summary>
    public int TcpSendQueueBytes { get; init; } = 1024 * 1024;

    /// <summary>TCP connections, taken and made. Default 32.</summary>
    public int MaxTcpConnections { get; init; } = 32;

    /// <summary>Calls that wait for their answer. Default 256; a further one ends with <see cref="SomeIpCallOutcome.TooManyCalls"/>.</summary>
    public int MaxPendingCalls { get; init; } = 256;

    /// <summary>Asynchronous methods that run at the same time. Default 64; a further request is answered with NotReady.</summary>
    public int MaxRunningMethods { get; init; } = 64;

    /// <summary>Event groups joined as a client. Default 16.</summary>
    public int MaxMulticastGroups { get; init; } = 16;

    /// <summary>Kernel buffer of each UDP socket, bytes, as asked for. Default 1 MiB.</summary>
    public int ReceiveBufferBytes { get; init; } = 1024 * 1024;

    public SdTimings Timings { get; init; } = new();

    public SdLimits SdLimits { get; init; } = new();

    public TpLimits TpLimits { get; init; } = new();

    public TpPacing TpPacing { get; init; } = new();

    internal int PrefixLength => SubnetPrefixLength ?? (LocalAddress.AddressFamily == AddressFamily.InterNetworkV6
        ? IPAddress.IsLoopback(LocalAddress) ? 128 : 64
        : IPAddress.IsLoopback(LocalAddress) ? 8 : 24);

    internal void Validate()
    {
        Check(!LocalAddress.Equals(IPAddress.Any) && !LocalAddress.Equals(IPAddress.IPv6Any) && !SdEndpointOption.IsGroup(LocalAddress), nameof(LocalAddress), LocalAddress);
        Check(SdPort is > 0 and <= ushort.MaxValue, nameof(SdPort), SdPort);
        Check(SdGroup.AddressFamily == LocalAddress.AddressFamily && SdEndpointOption.IsGroup(SdGroup), nameof(SdGroup), SdGroup);
        Check(ClientUdpPort is >= 0 and <= ushort.MaxValue, nameof(ClientUdpPort), ClientUdpPort);
        Check(PrefixLength >= 0 && PrefixLength <= LocalAddress.GetAddressBytes().Length * 8, nameof(SubnetPrefixLength), PrefixLength);
        Check(MaxTcpMessageBytes >= SomeIpHeader.Size, nameof(MaxTcpMessageBytes), MaxTcpMessageBytes);
        Check(TcpSendQueueBytes >= MaxTcpMessageBytes, nameof(TcpSendQueueBytes), TcpSendQueueBytes);
        Check(MaxTcpConnections > 0, nameof(MaxTcpConnections), MaxTcpConnections);
        Check(MaxPendingCalls is > 0 and < ushort.MaxValue, nameof(MaxPendingCalls), MaxPendingCalls);
        Check(MaxRunningMethods > 0, nameof(MaxRunningMethods), MaxRunningMethods);
        Check(TpLimits is { MaxMessages: > 0, MaxPieces: > 0, MaxMessageBytes: > 0 }, nameof(TpLimits), TpLimits);
        Check(
            TpPacing.SeparationTime == TimeSpan.Zero || (TpPacing.SeparationTime >= TimeSpan.FromMilliseconds(1) && TpPacing.SeparationTime <= TimeSpan.FromSeconds(10)),
            nameof(TpPacing.SeparationTime), TpPacing.SeparationTime);
        Check(TpPacing.BurstSegments is > 0 and <= 1000, nameof(TpPacing.BurstSegments), TpPacing.BurstSegments);
        Check(TpPacing.QueueMessages is > 0 and <= 10_000, nameof(TpPacing.QueueMessages), TpPacing.QueueMessages);
        Check(TpPacing.SeparationTime == TimeSpan.Zero || TpPacing.QueueBytes >= TpLimits.MaxMessageBytes, nameof(TpPacing.QueueBytes), TpPacing.QueueBytes);
        Timings.Validate();
    }

    private static void Check(bool ok, string name, object value)
    {
        if (!ok)
        {
            throw new SomeIpException($"{name} is out of range: {value}.");
        }
    }
}
