using System.Globalization;
using System.Net;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Tests.Nodes;

namespace EcuAgent.SomeIp.Tests.Judges;

/// <summary>A packet as the scapy peer saw it.</summary>
internal readonly record struct CapturedPacket(string Kind, IPEndPoint Source, IPEndPoint Destination, byte[] Bytes);

/// <summary>A live exchange between a node of ours and the scapy peer, with all its packets.</summary>
internal static class ScapyExchange
{
    private const string Own = "127.0.1.9";

    internal static async Task<List<CapturedPacket>> AsClientAsync()
    {
        using var network = new Network();
        var (server, service, _) = network.StartServer(1);
        var packets = Parse(await PeerAsync("client", network.SdPort));
        Assert.Equal(1, server.Counters[SomeIp.Wire.SomeIpFault.SdUnknownEventgroup]);
        Assert.Equal(1, server.Counters[SomeIp.Wire.SomeIpFault.WrongInterfaceVersion]);
        Assert.Equal(2, server.Counters.TotalFaults);
        Assert.Equal(SomeIpSendOutcome.NoSubscriber, service.Notify(PeerService.Tick, [1]));
        return packets;
    }

    internal static async Task<List<CapturedPacket>> AsServerAsync()
    {
        using var network = new Network();
        var peer = PeerAsync("server", network.SdPort);
        var client = network.Start(2, static options => options with
        {
            // The peer takes a while to come; finding goes on for so long.
            Timings = options.Timings with { RepetitionsMax = 10 },
        });
        var proxy = client.CreateProxy(new SomeIpProxyOptions { ServiceId = PeerService.ServiceId });
        var received = new Received();
        proxy.OnEvent(PeerService.Tick, received.Add);
        using var subscription = proxy.Subscribe(PeerService.Group);
        await subscription.WaitUntilSubscribedAsync(Network.Watchdog);
        Assert.Equal("one"u8.ToArray(), (await received.NextAsync()).Payload);
        var result = await proxy.CallAsync(PeerService.Echo, new byte[] { 1, 2, 3 }, Network.Watchdog);
        Assert.Equal([1, 2, 3], result.Payload.ToArray());
        Assert.Equal(0, client.Counters.TotalFaults);
        return Parse(await peer);
    }

    private static Task<string> PeerAsync(string role, int sdPort) =>
        Tools.ScapyAsync("scapy_peer.py", "", role, Own, sdPort.ToString(CultureInfo.InvariantCulture), new SomeIpNodeOptions().SdGroup.ToString());

    private static List<CapturedPacket> Parse(string output)
    {
        var lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("done", lines[^1]);
        return [.. lines[..^1].Select(static line => line.Split(' ')).Select(static parts =>
            new CapturedPacket(parts[0], IPEndPoint.Parse(parts[1]), IPEndPoint.Parse(parts[2]), Convert.FromHexString(parts[3])))];
    }
}
