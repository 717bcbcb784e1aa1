using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Peer;

namespace EcuAgent.SomeIp.Tests.Nodes;

/// <summary>Two processes: the server is killed and started again.</summary>
public sealed class PeerProcessTests : IDisposable
{
    private readonly Network _network = new();

    public void Dispose() => _network.Dispose();

    [Fact]
    public async Task Peer_KilledAndStartedAgain_IsFoundSubscribedAndCalledAnew()
    {
        var port = _network.SdPort + 1;
        using var first = await PeerProcess.StartAsync(1, _network.SdPort, port, field: 11, offerTtlSeconds: 600);

        // Nothing expires in this test: the reboot flag tells of the restart.
        using var log = new RecordingLogger();
        var client = _network.Start(2, static options => options with { Timings = options.Timings with { SubscribeTtl = 600 } }, log);
        var proxy = await Network.ProxyAsync(client, SomeIpTransport.Tcp);
        var (field, ticks, tcpTicks) = (new Received(), new Received(), new Received());
        proxy.OnEvent(PeerService.FieldNotifier, field.Add);
        proxy.OnEvent(PeerService.Tick, ticks.Add);
        proxy.OnEvent(PeerService.TickOverTcp, tcpTicks.Add);
        using var udp = proxy.Subscribe(PeerService.Group);
        using var tcp = proxy.Subscribe(PeerService.TcpGroup, SomeIpTransport.Tcp);
        await field.FirstAsync(static value => value is [11]);
        await ticks.NextAsync();
        await tcpTicks.NextAsync();
        Assert.True((await proxy.CallAsync(PeerService.Echo, new byte[] { 1 }, Network.Watchdog)).IsOk);
        first.Kill();
        using var second = await PeerProcess.StartAsync(1, _network.SdPort, port, field: 22, offerTtlSeconds: 600);
        await field.FirstAsync(static value => value is [22]);
        var restarted = await ticks.FirstAsync(static number => number is [0, 0, _, _]);
        await tcpTicks.FirstAsync(number => number.AsSpan().SequenceCompareTo(restarted) >= 0);
        await udp.WaitUntilSubscribedAsync(Network.Watchdog);
        await tcp.WaitUntilSubscribedAsync(Network.Watchdog);
        await proxy.WaitUntilAvailableAsync(Network.Watchdog);
        Assert.Equal([9], (await proxy.CallAsync(PeerService.Echo, new byte[] { 9 }, Network.Watchdog)).Payload.ToArray());
        Assert.Equal(0, second.Stop());
        Assert.Contains(log.Lines, static line => line.Id == 1204);
        Assert.Contains(log.Lines, static line => line.Id == 1203 && line.Text.EndsWith("Rebooted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Peer_Killed_ExpiresAfterItsLifeTime()
    {
        using var peer = await PeerProcess.StartAsync(1, _network.SdPort, _network.SdPort + 1, field: 1, offerTtlSeconds: 1);
        var proxy = await Network.ProxyAsync(_network.Start(2));
        var gone = new TaskCompletionSource();
        proxy.AvailabilityChanged += p =>
        {
            if (!p.IsAvailable)
            {
                gone.TrySetResult();
            }
        };
        using var subscription = proxy.Subscribe(PeerService.Group);
        await subscription.WaitUntilSubscribedAsync(Network.Watchdog);
        peer.Kill();
        await gone.Task.WaitAsync(Network.Watchdog);
        Assert.Equal(SubscriptionState.Waiting, subscription.State);
    }
}
