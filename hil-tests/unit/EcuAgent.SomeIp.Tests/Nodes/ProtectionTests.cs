using System.Buffers;
using System.Collections.Concurrent;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Nodes;

/// <summary>The hook that protects messages on their way out.</summary>
public sealed class ProtectionTests : IDisposable
{
    private readonly Network _network = new();
    private readonly MarkingProtection _protection = new();

    public void Dispose() => _network.Dispose();

    [Theory]
    [InlineData(PeerService.Group, PeerService.Tick, SomeIpTransport.Udp, 10)]
    [InlineData(PeerService.Group, PeerService.Tick, SomeIpTransport.Udp, 20_000)]
    [InlineData(PeerService.TcpGroup, PeerService.TickOverTcp, SomeIpTransport.Tcp, 20_000)]
    public async Task Event_SeveralSubscribers_ProtectedOnceAndTheSameForAll(ushort group, ushort eventId, SomeIpTransport transport, int size)
    {
        var (server, service, _) = _network.StartServer(1, description => Protecting(description, eventId, _protection));
        Assert.Equal(SomeIpSendOutcome.NoSubscriber, service.Notify(eventId, [1]));
        var receivers = new List<Received>();
        for (byte host = 2; host < 5; host++)
        {
            receivers.Add(await SubscribeAsync(host, group, eventId, transport));
        }

        var payload = new byte[size];
        Random.Shared.NextBytes(payload);
        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(SomeIpSendOutcome.Sent, service.Notify(eventId, payload));
            Assert.Equal(i, _protection.Calls);
            foreach (var receiver in receivers)
            {
                var (session, got) = await receiver.NextAsync();
                var mark = MarkingProtection.Read(got);
                Assert.Equal((i, session), (mark.Counter, mark.Session));
                Assert.Equal(payload, mark.Payload);
            }
        }

        Assert.Empty(Network.Faults(server));
    }

    [Theory]
    [InlineData(PeerService.Group, PeerService.Tick, SomeIpTransport.Udp)]
    [InlineData(PeerService.TcpGroup, PeerService.TickOverTcp, SomeIpTransport.Tcp)]
    public async Task Event_FromSeveralThreads_CountersArriveInOrder(ushort group, ushort eventId, SomeIpTransport transport)
    {
        const int Threads = 4;
        const int Each = 200;
        var (_, service, _) = _network.StartServer(1, description => Protecting(description, eventId, _protection));
        var received = await SubscribeAsync(2, group, eventId, transport);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                Assert.Equal(SomeIpSendOutcome.Sent, service.Notify(eventId, [7]));
            }
        })));
        for (var i = 1; i <= Threads * Each; i++)
        {
            var (session, payload) = await received.NextAsync();
            Assert.Equal((i, session), (MarkingProtection.Read(payload).Counter, MarkingProtection.Read(payload).Session));
            Assert.Equal(i, session);
        }
    }

    [Fact]
    public async Task Field_LaterSubscriber_GetsTheLastTransmissionAndTheOthersMissNothing()
    {
        var (_, service, field) = _network.StartServer(1, WithProtectedField);
        var first = await SubscribeAsync(2, PeerService.Group, PeerService.FieldNotifier);
        Assert.Equal((1, 1, 1), Short(await first.NextAsync()));
        field.Set([42]);
        var last = await first.NextAfterAsync(1);
        Assert.Equal((2, 2, 42), Short(last));
        for (byte host = 3; host < 7; host++)
        {
            var later = await SubscribeAsync(host, PeerService.Group, PeerService.FieldNotifier);
            var initial = await later.NextAsync();
            Assert.Equal(last.Session, initial.Session);
            Assert.Equal(last.Payload, initial.Payload);
        }

        field.Set([43]);
        Assert.Equal((3, 3, 43), Short(await first.NextAfterAsync(2)));

        // One who comes when the notifier was used for something else gets the value of the field all the same.
        service.Notify(PeerService.FieldNotifier, [99]);
        Assert.Equal((4, 4, 99), Short(await first.NextAfterAsync(3)));
        Assert.Equal((5, 5, 43), Short(await (await SubscribeAsync(7, PeerService.Group, PeerService.FieldNotifier)).NextAsync()));
    }

    [Fact]
    public async Task Field_SetWhileNobodyListens_TakesNoCounterAndArrivesWithTheSubscription()
    {
        var (_, _, field) = _network.StartServer(1, WithProtectedField);
        for (byte i = 0; i < 5; i++)
        {
            Assert.Equal(SomeIpSendOutcome.NoSubscriber, field.Set([i]));
        }

        Assert.Equal(0, _protection.Calls);
        var proxy = await Network.ProxyAsync(_network.Start(2));
        var received = new Received();
        proxy.OnEvent(PeerService.FieldNotifier, received.Add);
        var subscription = proxy.Subscribe(PeerService.Group);
        Assert.Equal((1, 1, 4), Short(await received.NextAsync()));
        subscription.Dispose();
        while (field.Set([8]) != SomeIpSendOutcome.NoSubscriber)
        {
            await Task.Delay(1);
        }

        field.Set([9]);
        var calls = _protection.Calls;
        using var again = proxy.Subscribe(PeerService.Group);
        (ushort, byte[]) message;
        do
        {
            message = await received.NextAsync();
        }
        while (Short(message).Value != 9);
        Assert.Equal(calls + 1, Short(message).Counter);
    }

    [Fact]
    public async Task Field_GetterAndSetter_AnswerWithTheBareValueAndTakeNoCounter()
    {
        var (_, _, _) = _network.StartServer(1, WithProtectedField);
        var proxy = await Network.ProxyAsync(_network.Start(2));
        Assert.Equal([1], (await proxy.CallAsync(PeerService.GetField, default, Network.Watchdog)).Payload.ToArray());
        Assert.Equal([5], (await proxy.CallAsync(PeerService.SetField, new byte[] { 5 }, Network.Watchdog)).Payload.ToArray());
        Assert.Equal([5], (await proxy.CallAsync(PeerService.GetField, default, Network.Watchdog)).Payload.ToArray());
        Assert.Equal(0, _protection.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Protection_RefusesOrThrows_NothingLeavesAndItIsCounted(bool throws)
    {
        var accepts = false;
        var protection = new MarkingProtection(() => accepts || (throws ? throw new InvalidOperationException("by intention") : false));
        var (server, service, field) = _network.StartServer(1, description => Protecting(Protecting(description, PeerService.FieldNotifier, protection), PeerService.Tick, _protection));
        var received = await SubscribeAsync(2, PeerService.Group, PeerService.FieldNotifier);
        Assert.Equal(SomeIpSendOutcome.Failed, field.Set([2]));
        Assert.Equal(SomeIpSendOutcome.Failed, service.Notify(PeerService.FieldNotifier, [3]));

        // The first value is refused as well; it comes after the acknowledgement.
        while (server.Counters[SomeIpFault.ProtectionRefused] < 3)
        {
            await Task.Delay(1);
        }

        accepts = true;
        Assert.Equal(SomeIpSendOutcome.Sent, field.Set([4]));
        Assert.Equal(4, Short(await received.NextAsync()).Value);
    }

    [Theory]
    [InlineData(PeerService.Group, PeerService.FieldNotifier, SomeIpTransport.Udp, 1395, SomeIpFault.TooLargeForUdp)]
    [InlineData(PeerService.TcpGroup, PeerService.TickOverTcp, SomeIpTransport.Tcp, 1024 * 1024, SomeIpFault.TcpQueueFull)]
    public async Task Event_ThatCannotBeSent_TakesNoCounter(ushort group, ushort eventId, SomeIpTransport transport, int size, SomeIpFault fault)
    {
        var (server, service, _) = _network.StartServer(1, description => Protecting(description, eventId, _protection));
        var received = await SubscribeAsync(2, group, eventId, transport);
        if (eventId == PeerService.FieldNotifier)
        {
            await received.NextAsync();
        }

        var calls = _protection.Calls;
        Assert.Equal(SomeIpSendOutcome.Failed, service.Notify(eventId, new byte[size]));
        Assert.Equal(calls, _protection.Calls);
        Assert.Equal(1, server.Counters[fault]);
        if (transport == SomeIpTransport.Udp)
        {
            Assert.Equal(SomeIpSendOutcome.Sent, service.Notify(eventId, new byte[size - 1]));
        }
    }

    [Theory]
    [InlineData(SomeIpTransport.Udp, 3)]
    [InlineData(SomeIpTransport.Udp, 5000)]
    [InlineData(SomeIpTransport.Tcp, 5000)]
    public async Task Requests_OfAMethod_AreProtectedInTheOrderOfTheWire(SomeIpTransport transport, int size)
    {
        const int Threads = 3;
        const int Each = 30;
        var arrived = new ConcurrentQueue<(int Counter, ushort Session, byte[] Payload, ushort HeaderSession)>();
        var (_, service, _) = _network.StartServer(1);
        service.OnMethod(PeerService.Echo, (in SomeIpRequest request, IBufferWriter<byte> response) =>
        {
            var mark = MarkingProtection.Read(request.Payload);
            arrived.Enqueue((mark.Counter, mark.Session, mark.Payload, request.Header.SessionId));
            response.Write(mark.Payload);
            return SomeIpReturnCode.Ok;
        });
        var client = _network.Start(2);
        var proxy = client.CreateProxy(new SomeIpProxyOptions
        {
            ServiceId = PeerService.ServiceId,
            Transport = transport,
            TpMethods = [PeerService.Echo],
            Protections = new Dictionary<ushort, ISomeIpProtection> { [PeerService.Echo] = _protection },
        });
        await proxy.WaitUntilAvailableAsync(Network.Watchdog);
        var payload = new byte[size];
        Random.Shared.NextBytes(payload);
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(() =>
        {
            for (var i = 0; i < Each; i++)
            {
                Assert.Equal(SomeIpSendOutcome.Sent, proxy.Send(PeerService.Echo, payload));
            }
        })));

        // The answer is not protected: it says only what the method wrote.
        var answer = await proxy.CallAsync(PeerService.Echo, payload, Network.Watchdog);
        Assert.Equal(payload, answer.Payload.ToArray());
        Assert.Equal((Threads * Each) + 1, _protection.Calls);
        Assert.Equal(Enumerable.Range(1, (Threads * Each) + 1), arrived.Select(static x => x.Counter));
        Assert.All(arrived, x => Assert.True(x.Session == x.HeaderSession && x.Payload.AsSpan().SequenceEqual(payload)));
        Assert.Empty(Network.Faults(client));

        // Other methods go as they are.
        Assert.Equal([1], (await proxy.CallAsync(PeerService.GetField, default, Network.Watchdog)).Payload.ToArray());
        Assert.Equal((Threads * Each) + 1, _protection.Calls);
    }

    [Fact]
    public async Task Request_Refused_IsNotSent()
    {
        _network.StartServer(1);
        var client = _network.Start(2);
        var proxy = client.CreateProxy(new SomeIpProxyOptions
        {
            ServiceId = PeerService.ServiceId,
            Protections = new Dictionary<ushort, ISomeIpProtection> { [PeerService.Echo] = new MarkingProtection(static () => false), [PeerService.GetField] = _protection },
        });
        await proxy.WaitUntilAvailableAsync(Network.Watchdog);
        Assert.Equal(SomeIpSendOutcome.Failed, proxy.Send(PeerService.Echo, [1]));
        Assert.Equal(SomeIpCallOutcome.NotSent, (await proxy.CallAsync(PeerService.Echo, default, Network.Watchdog)).Outcome);
        Assert.Equal(2, client.Counters[SomeIpFault.ProtectionRefused]);
        Assert.Equal(SomeIpSendOutcome.Failed, proxy.Send(PeerService.GetField, new byte[1395]));
        Assert.Equal((1, 0), (client.Counters[SomeIpFault.TooLargeForUdp], _protection.Calls));
    }

    [Fact]
    public void Protection_OfTwoEvents_IsRefused()
    {
        var shared = Protecting(Protecting(PeerService.Describe(0, 0), PeerService.Tick, _protection), PeerService.FieldNotifier, _protection);
        Assert.Contains("protection", Assert.Throws<SomeIpException>(() => _network.Start(1).CreateService(shared)).Message, StringComparison.Ordinal);
    }

    private static SomeIpServiceDescription Protecting(SomeIpServiceDescription description, ushort eventId, ISomeIpProtection protection) =>
        description with { Events = [.. description.Events.Select(e => e.Id == eventId ? e with { Protection = protection } : e)] };

    private static (int Counter, int Session, byte Value) Short((ushort Session, byte[] Payload) message)
    {
        var mark = MarkingProtection.Read(message.Payload);
        Assert.Equal(message.Session, mark.Session);
        return (mark.Counter, message.Session, Assert.Single(mark.Payload));
    }

    private SomeIpServiceDescription WithProtectedField(SomeIpServiceDescription description) => Protecting(description, PeerService.FieldNotifier, _protection);

    private async Task<Received> SubscribeAsync(byte host, ushort group, ushort eventId, SomeIpTransport transport = SomeIpTransport.Udp)
    {
        var proxy = await Network.ProxyAsync(_network.Start(host));
        var received = new Received();
        proxy.OnEvent(eventId, received.Add);
        await proxy.Subscribe(group, transport).WaitUntilSubscribedAsync(Network.Watchdog);
        return received;
    }
}
