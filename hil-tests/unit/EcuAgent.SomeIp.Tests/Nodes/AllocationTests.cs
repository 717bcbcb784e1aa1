using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Nodes;

/// <summary>Managed bytes on the hot paths, of all threads of the process, so the receiving side counts as well.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests : IDisposable
{
    private const int Rounds = 2000;

    private readonly Network _network = new();
    private readonly SemaphoreSlim _arrived = new(0);

    public void Dispose()
    {
        _network.Dispose();
        _arrived.Dispose();
    }

    [Theory]
    [InlineData(PeerService.Group, PeerService.Tick, SomeIpTransport.Udp, 64, false)]
    [InlineData(PeerService.Group, PeerService.Tick, SomeIpTransport.Udp, 64, true)]
    [InlineData(PeerService.Group, PeerService.Tick, SomeIpTransport.Udp, 4000, false)]
    [InlineData(PeerService.TcpGroup, PeerService.TickOverTcp, SomeIpTransport.Tcp, 64, false)]
    [InlineData(PeerService.TcpGroup, PeerService.TickOverTcp, SomeIpTransport.Tcp, 64, true)]
    public async Task Event_SentAndReceived_AllocatesNothing(ushort group, ushort eventId, SomeIpTransport transport, int size, bool isProtected)
    {
        var (_, service, _) = _network.StartServer(
            1,
            description => description with { Events = [.. description.Events.Select(e => e.Id == eventId && isProtected ? e with { Protection = new Sum() } : e)] },
            Quiet);
        var proxy = await Network.ProxyAsync(_network.Start(2, Quiet));
        proxy.OnEvent(eventId, (in SomeIpEvent _) => _arrived.Release());
        await proxy.Subscribe(new SomeIpSubscriptionOptions { EventgroupId = group, Transports = [transport], SilenceLimit = isProtected ? TimeSpan.FromMinutes(1) : null, HeardEvents = [eventId] })
            .WaitUntilSubscribedAsync(Network.Watchdog);
        var payload = new byte[size];
        Assert.Equal(0, Measure(() =>
        {
            if (service.Notify(eventId, payload) != SomeIpSendOutcome.Sent || !_arrived.Wait(Network.Watchdog))
            {
                throw new InvalidOperationException("the event did not arrive");
            }
        }));
    }

    [Theory]
    [InlineData(SomeIpTransport.Udp)]
    [InlineData(SomeIpTransport.Tcp)]
    public async Task Call_BlockingRoundTrip_AllocatesNothing(SomeIpTransport transport)
    {
        _network.StartServer(1, options: Quiet);
        var proxy = await Network.ProxyAsync(_network.Start(2, Quiet), transport);
        var payload = new byte[64];
        var answer = new byte[64];
        Assert.Equal(0, Measure(() =>
        {
            if (!proxy.Call(PeerService.Echo, payload, answer, Network.Watchdog).IsOk)
            {
                throw new InvalidOperationException("no answer");
            }
        }));
    }

    private sealed class Sum : ISomeIpProtection
    {
        public int HeaderBytes => 1;

        public bool TryProtect(Span<byte> message)
        {
            byte sum = 0;
            foreach (var one in message)
            {
                sum += one;
            }

            message[SomeIpHeader.Size] = sum;
            return true;
        }
    }

    /// <summary>So that no offer falls into the measurement; offers may allocate.</summary>
    private static SomeIpNodeOptions Quiet(SomeIpNodeOptions options) => options with
    {
        Timings = options.Timings with { CyclicOfferDelay = TimeSpan.FromSeconds(60), OfferTtl = 200, SubscribeTtl = 200, RepetitionsMax = 1 },
    };

    /// <summary>The least of several measurements: the runtime's own threads allocate now and then.</summary>
    private static long Measure(Action action)
    {
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }

        var least = long.MaxValue;
        for (var attempt = 0; attempt < 5 && least > 0; attempt++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var i = 0; i < Rounds; i++)
            {
                action();
            }

            least = Math.Min(least, GC.GetTotalAllocatedBytes(precise: true) - before);
        }

        // The measurement itself may take a few bytes; one byte a round would be 2000.
        return least < Rounds / 2 ? 0 : least;
    }
}
