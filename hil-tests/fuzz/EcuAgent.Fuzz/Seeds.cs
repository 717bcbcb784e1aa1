using System.Net;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.Fuzz;

/// <summary>Valid messages of every kind.</summary>
internal static class Seeds
{
    internal static IReadOnlyList<byte[]> All { get; } = [.. Make()];

    private static IEnumerable<byte[]> Make()
    {
        yield return Messages.One([1, 2, 3, 4]);
        yield return Messages.One(SomeIpHeader.For(PeerService.ServiceId, PeerService.Echo, 3, 1, 1, 1, SomeIpMessageType.RequestNoReturn), [1, 2, 3]);
        yield return Messages.One(SomeIpHeader.For(PeerService.ServiceId, PeerService.Tick, 3, 0, 1, 1, SomeIpMessageType.Notification), [1, 2, 3]);
        yield return Messages.One(SomeIpHeader.For(PeerService.ServiceId, PeerService.Echo, 3, 1, 1, 1, SomeIpMessageType.Response), [1, 2, 3]);
        yield return Messages.One(SomeIpHeader.For(PeerService.ServiceId, PeerService.Echo, 0, 1, 1, 1, SomeIpMessageType.Exception, SomeIpReturnCode.NotOk), []);
        yield return MagicCookie.OfClient.ToArray();
        foreach (var segment in Messages.Segments(SomeIpHeader.For(PeerService.ServiceId, PeerService.Echo, 100, 1, 1, 1, SomeIpMessageType.Request), new byte[100], 48))
        {
            yield return segment;
        }

        var endpoint = new IPEndPoint(IPAddress.Parse("127.0.1.9"), 40000);
        SdOption[] all =
        [
            SdEndpointOption.Unicast(endpoint, SdTransport.Udp), SdEndpointOption.Unicast(endpoint, SdTransport.Tcp),
            new SdLoadBalancingOption(1, 2), new SdConfigurationOption("key=value", "flag"),
        ];
        yield return Sd(SdEntry.ForService(SdEntryType.Find, PeerService.ServiceId, 0xFFFF, 0xFF, 0xFFFFFFFF, 3), []);
        yield return Sd(SdEntry.ForService(SdEntryType.Offer, PeerService.ServiceId, PeerService.InstanceId, 1, 0, 3), all);
        yield return Sd(SdEntry.ForService(SdEntryType.Offer, PeerService.ServiceId, PeerService.InstanceId, 1, 0, 0), all);
        yield return Sd(SdEntry.ForEventgroup(SdEntryType.Subscribe, PeerService.ServiceId, PeerService.InstanceId, 1, PeerService.Group, 3), [all[0]]);

        // The same endpoint twice is no conflict until one of them is changed.
        yield return Sd(SdEntry.ForEventgroup(SdEntryType.Subscribe, PeerService.ServiceId, PeerService.InstanceId, 1, PeerService.Group, 3), [all[0], all[0]]);
        yield return Sd(SdEntry.ForEventgroup(SdEntryType.Subscribe, PeerService.ServiceId, PeerService.InstanceId, 1, PeerService.TcpGroup, 3), all);
        yield return Sd(SdEntry.ForEventgroup(SdEntryType.Subscribe, PeerService.ServiceId, PeerService.InstanceId, 1, PeerService.Group, 0), [all[0]]);
        yield return Sd(
            SdEntry.ForEventgroup(SdEntryType.SubscribeAck, PeerService.ServiceId, PeerService.InstanceId, 1, PeerService.Group, 3),
            [SdEndpointOption.Multicast(new IPEndPoint(IPAddress.Parse("224.0.1.99"), 40001))]);
        yield return Sd(SdEntry.ForService(SdEntryType.Offer, 1, 1, 1, 0, 3), [SdEndpointOption.Unicast(new IPEndPoint(IPAddress.Parse("2001:db8::1"), 40000), SdTransport.Udp)]);
    }

    private static byte[] Sd(SdEntry entry, IReadOnlyList<SdOption> options)
    {
        var writer = new SdMessageWriter();
        if (!writer.TryAdd(entry, options))
        {
            throw new InvalidOperationException("a seed that is too long");
        }

        var bytes = new byte[writer.Size];
        writer.Write(bytes, 1, SdHeaderBits.Reboot | SdHeaderBits.Unicast);
        return bytes;
    }
}
