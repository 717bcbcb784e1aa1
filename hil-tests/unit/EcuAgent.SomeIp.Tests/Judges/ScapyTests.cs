using CsCheck;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Tests.Nodes;
using EcuAgent.SomeIp.Tests.Wire;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Judges;

/// <summary>Scapy reads what we write, we read what scapy writes, and both talk with each other.</summary>
public sealed class ScapyTests
{
    private const int Count = 300;

    [Fact]
    public async Task OurMessages_ReadByScapy_SayTheSame()
    {
        Tools.NeedScapy();
        var messages = Ours().ToArray();
        var described = (await Tools.ScapyAsync("scapy_judge.py", string.Join('\n', messages.Select(Convert.ToHexString)), "read")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(messages.Select(static message => Description.Of(message)), described);
    }

    [Fact]
    public async Task MessagesOfScapy_ReadByUs_SayTheSame()
    {
        Tools.NeedScapy();
        var lines = (await Tools.ScapyAsync("scapy_judge.py", "", "build", "4711", $"{Count}")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Count, lines.Length);
        foreach (var line in lines)
        {
            var parts = line.Split('|');
            Assert.Equal(parts[1], Description.Of(Convert.FromHexString(parts[0])));
        }
    }

    [Fact]
    public async Task TpSegments_OfScapyAndOurs_AreTheSameBytes()
    {
        Tools.NeedScapy();
        var payload = new byte[5000];
        Random.Shared.NextBytes(payload);
        var header = SomeIpHeader.For(0x1234, 0x0421, payload.Length, 1, 7, 1, SomeIpMessageType.Request);
        var theirs = (await Tools.ScapyAsync("scapy_judge.py", "", "fragment", Convert.ToHexString(Messages.One(header, payload)))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(Messages.Segments(header, payload).Select(Convert.ToHexStringLower), theirs);
    }

    [Fact]
    public async Task ScapyAsClient_SubscribesAndCalls()
    {
        Tools.NeedScapy();
        var exchange = await ScapyExchange.AsClientAsync();
        Assert.Contains(exchange, static packet => packet.Kind == "tcp");
    }

    [Fact]
    public async Task ScapyAsServer_IsFoundSubscribedToAndCalled()
    {
        Tools.NeedScapy();
        await ScapyExchange.AsServerAsync();
    }

    private static IEnumerable<byte[]> Ours()
    {
        var random = new Random(4711);
        SomeIpMessageType[] types = [SomeIpMessageType.Request, SomeIpMessageType.RequestNoReturn, SomeIpMessageType.Notification, SomeIpMessageType.Response, SomeIpMessageType.Exception];
        for (var i = 0; i < Count; i++)
        {
            var payload = new byte[random.Next(1, 50)];
            random.NextBytes(payload);
            yield return Messages.One(
                SomeIpHeader.For(
                    (ushort)random.Next(0xFFFF), (ushort)random.Next(0x10000), payload.Length, (ushort)random.Next(0x10000), (ushort)random.Next(0x10000),
                    (byte)random.Next(256), types[random.Next(types.Length)], (SomeIpReturnCode)random.Next(11)),
                payload);
        }

        var options = SdMessageTests.GenOption.Array[0, 3].Where(static options => options.All(static option => option is SdEndpointOption or SdLoadBalancingOption));
        foreach (var chosen in options.Array[Count].Single())
        {
            var writer = new SdMessageWriter();
            writer.TryAdd(SdEntry.ForService(SdEntryType.Offer, 0x1234, (ushort)random.Next(0x10000), 1, (uint)random.Next(), (uint)random.Next(1 << 24)), chosen);
            writer.TryAdd(SdEntry.ForEventgroup(SdEntryType.Subscribe, 0x4321, 1, 2, (ushort)random.Next(0x10000), 3, (byte)random.Next(16), initialData: random.Next(2) == 1), chosen);
            writer.TryAdd(SdEntry.ForEventgroup(SdEntryType.SubscribeAck, 0x4321, 1, 2, 0x4465, 3), []);
            var bytes = new byte[writer.Size];
            writer.Write(bytes, (ushort)random.Next(1, 0x10000), SdHeaderBits.Reboot | SdHeaderBits.Unicast);
            yield return bytes;
        }
    }
}
