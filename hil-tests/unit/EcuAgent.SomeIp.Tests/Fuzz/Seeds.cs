using System.Net;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Tests.Wire;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Fuzz;

/// <summary>Valid messages of every kind, and ways to spoil them.</summary>
internal static class Seeds
{
    private static readonly uint[] Lies = [0, 1, 7, 8, 9, 15, 16, 17, 0x7F, 0xFF, 0x100, 0x7FFF, 0xFFFF, 0x10000, 0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF];

    internal static IReadOnlyList<byte[]> All { get; } = [.. Make()];

    internal static IEnumerable<byte[]> Prefixes(byte[] seed) => Enumerable.Range(0, seed.Length).Select(length => seed[..length]);

    /// <summary>Each place of one, two and four bytes with each of the values that lengths go wrong at.</summary>
    internal static IEnumerable<byte[]> LengthLies(byte[] seed)
    {
        for (var at = 0; at < seed.Length; at++)
        {
            foreach (var lie in Lies)
            {
                for (var size = 1; size <= 4 && at + size <= seed.Length; size *= 2)
                {
                    var copy = (byte[])seed.Clone();
                    for (var i = 0; i < size; i++)
                    {
                        copy[at + i] = (byte)(lie >> (8 * (size - 1 - i)));
                    }

                    yield return copy;
                }
            }
        }
    }

    internal static byte[] Mutate(Random random)
    {
        var bytes = new List<byte>(All[random.Next(All.Count)]);
        for (var i = random.Next(1, 6); i > 0 && bytes.Count > 0; i--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 1:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 2:
                    bytes.RemoveRange(at, random.Next(Math.Min(bytes.Count - at, 20)));
                    break;
                case 3:
                    bytes.InsertRange(at, All[random.Next(All.Count)].Take(random.Next(40)));
                    break;
                case 4:
                    bytes.AddRange(All[random.Next(All.Count)]);
                    break;
                default:
                    bytes[at] = (byte)Lies[random.Next(Lies.Length)];
                    break;
            }
        }

        return [.. bytes];
    }

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
        Assert.True(writer.TryAdd(entry, options));
        var bytes = new byte[writer.Size];
        writer.Write(bytes, 1, SdHeaderBits.Reboot | SdHeaderBits.Unicast);
        return bytes;
    }
}
