using System.Net;
using System.Net.Sockets;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Tests.Nodes;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Fuzz;

/// <summary>Malformed input of every kind: counted, never an exception, never the end of anything.</summary>
public sealed class FuzzTests
{
    [Fact]
    public void Prefixes_OfEverySeed_AreCountedAsTruncated()
    {
        foreach (var prefix in Seeds.All.SelectMany(static seed => Enumerable.Range(1, seed.Length - 1).Select(length => seed[..length])))
        {
            using var target = new WireTarget();
            target.Run(prefix);
            Assert.Equal(0, target.Messages);
            Assert.Equal(1, target.Counters[SomeIpFault.HeaderTruncated] + target.Counters[SomeIpFault.LengthBeyondDatagram]);
        }
    }

    [Fact]
    public void SdPayloads_CutAnywhereWithTheRightLength_AreCounted()
    {
        foreach (var seed in Seeds.All.Where(static seed => seed is [0xFF, 0xFF, 0x81, ..]))
        {
            for (var length = SomeIpHeader.Size; length < seed.Length; length++)
            {
                var cut = seed[..length];
                cut[7] = (byte)(length - 8);
                cut[6] = (byte)((length - 8) >> 8);
                using var target = new WireTarget();
                target.Run(cut);
                Assert.Equal(1, target.Messages);
                Assert.True(target.Counters.TotalFaults > 0, $"{length} of {Convert.ToHexString(seed)}");
            }
        }
    }

    [Fact]
    public void LengthLies_AtEveryPlace_NeverThrowAndAlwaysCount()
    {
        using var target = new WireTarget();
        foreach (var lie in Seeds.All.SelectMany(Mutator.LengthLies))
        {
            var before = target.Counters.TotalFaults;
            target.Run(lie);
            Assert.True(target.Messages > 0 || target.Counters.TotalFaults > before, Convert.ToHexString(lie));
        }

        target.RequireBounds();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutations_Random_NeverThrowAndStayBounded(int seed)
    {
        var random = new Random(seed);
        var mutator = new Mutator(random);
        using var target = new WireTarget();
        for (var i = 0; i < 50_000; i++)
        {
            var bytes = Spoil(mutator, random);
            var before = target.Counters.TotalFaults;
            target.Run(bytes);
            Assert.True(bytes.Length == 0 || target.Messages > 0 || target.Counters.TotalFaults > before, Convert.ToHexString(bytes));
        }

        target.RequireBounds();

        // Every kind of reason was met, except those that need sockets, time or an application.
        var missed = Enum.GetValues<SomeIpFault>().Where(fault => fault.ToString().StartsWith("Sd", StringComparison.Ordinal) && target.Counters[fault] == 0);
        Assert.Empty(missed.Except([SomeIpFault.SdPeersFull, SomeIpFault.SdServicesFull, SomeIpFault.SdSubscribersFull, SomeIpFault.SdAnswersFull, SomeIpFault.SdTcpMissing, SomeIpFault.SdEndpointMissing]));
    }

    [Fact]
    public async Task LiveNode_FloodedWithMutations_StillServes()
    {
        using var network = new Network();
        var (server, service, _) = network.StartServer(1);
        var client = network.Start(2);
        var proxy = await Network.ProxyAsync(client);
        var received = new Received();
        proxy.OnEvent(PeerService.Tick, received.Add);
        using var subscription = proxy.Subscribe(PeerService.Group);
        await subscription.WaitUntilSubscribedAsync(Network.Watchdog);
        using var attacker = new UdpClient(new IPEndPoint(Network.Address(66), 0));
        var random = new Random(4711);
        var mutator = new Mutator(random);
        IPEndPoint[] targets =
        [
            service.UdpEndPoint!, client.ClientEndPoint,
            new(server.Options.LocalAddress, network.SdPort), new(client.Options.LocalAddress, network.SdPort),
        ];
        for (var i = 0; i < 4000; i++)
        {
            attacker.Send(Spoil(mutator, random), targets[i % targets.Length]);
        }

        for (var i = 0; i < 50; i++)
        {
            using var stream = new TcpClient(new IPEndPoint(Network.Address(66), 0));
            try
            {
                await stream.ConnectAsync(service.TcpEndPoint!);
                for (var j = 0; j < 20; j++)
                {
                    stream.GetStream().Write(Spoil(mutator, random));
                }
            }
            catch (Exception e) when (e is IOException or SocketException)
            {
                // Closed on us: the stream had lost its place, or there were too many connections.
            }
        }

        Assert.True((await proxy.CallAsync(PeerService.Echo, new byte[] { 1 }, Network.Watchdog)).IsOk);
        Assert.Equal(SomeIpSendOutcome.Sent, service.Notify(PeerService.Tick, [5]));
        await received.FirstAsync(static payload => payload is [5]);
        Assert.True(server.Counters.TotalFaults > 100 && client.Counters.TotalFaults > 100);
        Assert.Equal(0, server.Counters[SomeIpFault.HandlerFailed] + client.Counters[SomeIpFault.HandlerFailed]);
    }

    private static byte[] Spoil(Mutator mutator, Random random) => mutator.Mutate(Seeds.All[random.Next(Seeds.All.Count)], Seeds.All);
}
