using System.Net;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>A service instance to offer.</summary>
public sealed record SomeIpServiceDescription
{
    public required ushort ServiceId { get; init; }

    public required ushort InstanceId { get; init; }

    /// <summary>Also the interface version of its messages. Default 1.</summary>
    public byte MajorVersion { get; init; } = 1;

    public uint MinorVersion { get; init; }

    /// <summary>Port for UDP; null: no UDP, 0: any free one. Services may share a port.</summary>
    public int? UdpPort { get; init; }

    /// <summary>Port for TCP; null: no TCP, 0: any free one.</summary>
    public int? TcpPort { get; init; }

    public IReadOnlyList<SomeIpEventDescription> Events { get; init; } = [];

    public IReadOnlyList<SomeIpEventgroupDescription> Eventgroups { get; init; } = [];

    /// <summary>Methods whose answers over UDP may be cut into TP segments. Default: none.</summary>
    public IReadOnlyCollection<ushort> TpMethods { get; init; } = [];

    /// <summary>Configuration and load balancing options of the offer. Default: none.</summary>
    public IReadOnlyList<SdOption> Options { get; init; } = [];

    internal void Validate()
    {
        Check(ServiceId is not (0 or SdMessage.ServiceId), $"service id {ServiceId:X4} cannot be offered");
        Check(InstanceId is not (0 or SdEntry.AnyInstance), $"instance id {InstanceId:X4} cannot be offered");
        Check(UdpPort is not null || TcpPort is not null, "neither UDP nor TCP port is set");
        Check(Options.All(static option => option is not SdEndpointOption), "endpoint options are made from the ports");
        Check(Events.DistinctBy(static e => e.Id).Count() == Events.Count, "an event id comes twice");
        var protections = Events.Select(static e => e.Protection).OfType<ISomeIpProtection>().ToArray();
        Check(protections.Distinct(ReferenceEqualityComparer.Instance).Count() == protections.Length, "two events share a protection");
        Check(Eventgroups.DistinctBy(static g => g.Id).Count() == Eventgroups.Count, "an eventgroup id comes twice");
        foreach (var e in Events)
        {
            Check(e.Id >= SomeIpHeader.FirstEventId, $"event id {e.Id:X4} is below 8000");
            Check((e.Transport == SomeIpTransport.Udp ? UdpPort : TcpPort) is not null, $"event {e.Id:X4} uses {e.Transport}, which has no port");
        }

        foreach (var g in Eventgroups)
        {
            Check(g.EventIds.All(id => Events.Any(e => e.Id == id)), $"eventgroup {g.Id:X4} names an event that is not described");
            Check(g.Multicast is null || (SdEndpointOption.IsGroup(g.Multicast.Address) && g.MulticastThreshold > 0 && UdpPort is not null), $"eventgroup {g.Id:X4}: multicast {g.Multicast}");
        }
    }

    private void Check(bool ok, string what)
    {
        if (!ok)
        {
            throw new SomeIpException($"Service {ServiceId:X4}.{InstanceId:X4}: {what}.");
        }
    }
}

/// <summary>An event, or the notifier of a field.</summary>
/// <param name="Id">0x8000 and up.</param>
/// <param name="Transport">How it travels to each subscriber.</param>
/// <param name="Tp">Over UDP it may be cut into TP segments.</param>
public sealed record SomeIpEventDescription(ushort Id, SomeIpTransport Transport = SomeIpTransport.Udp, bool Tp = false)
{
    /// <summary>Protects each transmission; of this event alone. Default: none.</summary>
    public ISomeIpProtection? Protection { get; init; }
}

/// <summary>Events that are subscribed to together.</summary>
public sealed record SomeIpEventgroupDescription(ushort Id, params IReadOnlyList<ushort> EventIds)
{
    /// <summary>Group and port for its UDP events; null: only to each subscriber.</summary>
    public IPEndPoint? Multicast { get; init; }

    /// <summary>From so many subscribers on the group is used. Default 1.</summary>
    public int MulticastThreshold { get; init; } = 1;
}
