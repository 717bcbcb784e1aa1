using EcuAgent.SomeIp.Discovery;

namespace EcuAgent.SomeIp.Peer;

/// <summary>What the peer offers.</summary>
public static class PeerService
{
    public const ushort ServiceId = 0x1234;
    public const ushort InstanceId = 0x5678;
    public const ushort Echo = 0x0421;
    public const ushort GetField = 0x0001;
    public const ushort SetField = 0x0002;
    public const ushort FieldNotifier = 0x8001;
    public const ushort Tick = 0x8778;
    public const ushort TickOverTcp = 0x8779;
    public const ushort Group = 0x4465;
    public const ushort TcpGroup = 0x4466;

    /// <summary>So that tests need not wait; the life times are whole seconds all the same.</summary>
    public static SdTimings QuickTimings { get; } = new()
    {
        InitialDelayMin = TimeSpan.FromMilliseconds(1),
        InitialDelayMax = TimeSpan.FromMilliseconds(10),
        RepetitionsBaseDelay = TimeSpan.FromMilliseconds(20),
        CyclicOfferDelay = TimeSpan.FromMilliseconds(200),
        ResponseDelayMin = TimeSpan.FromMilliseconds(1),
        ResponseDelayMax = TimeSpan.FromMilliseconds(5),
        OfferTtl = 3,
        SubscribeTtl = 3,
    };

    public static SomeIpServiceDescription Describe(int? udpPort, int? tcpPort) => new()
    {
        ServiceId = ServiceId,
        InstanceId = InstanceId,
        UdpPort = udpPort,
        TcpPort = tcpPort,
        Events =
        [
            new SomeIpEventDescription(Tick, Tp: true),
            new SomeIpEventDescription(FieldNotifier),
            .. tcpPort is null ? (IEnumerable<SomeIpEventDescription>)[] : [new SomeIpEventDescription(TickOverTcp, SomeIpTransport.Tcp)],
        ],
        Eventgroups =
        [
            new SomeIpEventgroupDescription(Group, Tick, FieldNotifier),
            .. tcpPort is null ? (IEnumerable<SomeIpEventgroupDescription>)[] : [new SomeIpEventgroupDescription(TcpGroup, TickOverTcp)],
        ],
        TpMethods = [Echo],
    };
}
