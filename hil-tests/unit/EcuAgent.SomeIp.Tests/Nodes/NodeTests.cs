using System.Buffers;
using System.Net;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Peer;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Nodes;

/// <summary>Two nodes with real sockets on loopback.</summary>
public sealed class NodeTests : IDisposable
{
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(10);

    private readonly Network _network = new();

    public void Dispose() => _network.Dispose();

    [Theory]
    [InlineData(SomeIpTransport.Udp, 0)]
    [InlineData(SomeIpTransport.Udp, 1400)]
    [InlineData(SomeIpTransport.Udp, 1401)]
    [InlineData(SomeIpTransport.Udp, 60_000)]
    [InlineData(SomeIpTransport.Tcp, 3)]
    [InlineData(SomeIpTransport.Tcp, 100_000)]
    public async Task Call_Echo_ComesBack(SomeIpTransport transport, int size)
    {
        var (server, _, _) = _network.StartServer(1);
        var client = _network.Start(2);
        var proxy = await Network.ProxyAsync(client, transport);
        var payload = new byte[size];
        Random.Shared.NextBytes(payload);
        var result = await proxy.CallAsync(PeerService.Echo, payload, CallTimeout);
        Assert.True(result.IsOk, $"{result.Outcome} {result.ReturnCode}");
        Assert.Equal(payload, result.Payload.ToArray());
        var buffer = new byte[size / 2];
        var blocking = proxy.Call(PeerService.Echo, payload, buffer, CallTimeout);
        Assert.True(blocking.IsOk);
        Assert.Equal(size, blocking.FullLength);
        Assert.Equal(payload.AsMemory(0, size / 2).ToArray(), blocking.Payload.ToArray());
        Assert.Empty(Network.Faults(server).Concat(Network.Faults(client)));
    }

    [Fact]
    public async Task Call_ManyAtOnce_EachGetsItsOwnAnswer()
    {
        _network.StartServer(1);
        var proxy = await Network.ProxyAsync(_network.Start(2));
        var calls = Enumerable.Range(0, 200).Select(i => (Sent: (byte)i, Answer: proxy.CallAsync(PeerService.Echo, new byte[] { (byte)i }, CallTimeout).AsTask())).ToArray();
        foreach (var (sent, answer) in calls)
        {
            Assert.Equal([sent], (await answer).Payload.ToArray());
        }
    }

    [Fact]
    public async Task Call_Refused_SaysWhy()
    {
        var (server, service, _) = _network.StartServer(1);
        service.OnMethod(0x0010, static (in SomeIpRequest _, IBufferWriter<byte> _) => (SomeIpReturnCode)0x21);
        service.OnMethod(0x0011, static (in SomeIpRequest _, IBufferWriter<byte> _) => throw new InvalidOperationException("by intention"));
        var client = _network.Start(2);
        var proxy = await Network.ProxyAsync(client);
        Assert.Equal(SomeIpReturnCode.UnknownMethod, (await proxy.CallAsync(0x7777, default, CallTimeout)).ReturnCode);
        Assert.Equal((SomeIpReturnCode)0x21, (await proxy.CallAsync(0x0010, default, CallTimeout)).ReturnCode);
        Assert.Equal(SomeIpReturnCode.NotOk, (await proxy.CallAsync(0x0011, default, CallTimeout)).ReturnCode);
        Assert.Equal(1, server.Counters[SomeIpFault.HandlerFailed]);
        Assert.Equal(1, server.Counters[SomeIpFault.UnknownMethod]);
        Assert.True((await proxy.CallAsync(PeerService.Echo, default, CallTimeout)).IsOk);
    }

    [Fact]
    public async Task Call_NoAnswer_TimesOutAndALateAnswerIsCounted()
    {
        var (_, service, _) = _network.StartServer(1);
        var release = new TaskCompletionSource();
        service.OnMethodAsync(0x0010, async (_, _, _, _) =>
        {
            await release.Task;
            return SomeIpReturnCode.Ok;
        });
        var client = _network.Start(2);
        var proxy = await Network.ProxyAsync(client);
        Assert.Equal(SomeIpCallOutcome.TimedOut, (await proxy.CallAsync(0x0010, default, TimeSpan.FromMilliseconds(30))).Outcome);
        Assert.Equal(SomeIpCallOutcome.TimedOut, proxy.Call(0x0010, default, default, TimeSpan.FromMilliseconds(30)).Outcome);
        using var cancellation = new CancellationTokenSource();
        var cancelled = proxy.CallAsync(0x0010, default, CallTimeout, cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await cancelled);
        Assert.Equal(0, client.Calls.Count);
        release.SetResult();
        Assert.True((await proxy.CallAsync(0x0010, default, CallTimeout)).IsOk);
        await Until(() => client.Counters[SomeIpFault.UnexpectedResponse] == 3);
    }

    [Fact]
    public async Task Call_MoreThanAllowed_IsRefused()
    {
        var (_, service, _) = _network.StartServer(1);
        service.OnMethodAsync(0x0010, static async (_, _, _, stop) =>
        {
            await Task.Delay(Timeout.Infinite, stop);
            return SomeIpReturnCode.Ok;
        });
        var client = _network.Start(2, static options => options with { MaxPendingCalls = 2 });
        var proxy = await Network.ProxyAsync(client);
        var waiting = new[] { proxy.CallAsync(0x0010, default, CallTimeout).AsTask(), proxy.CallAsync(0x0010, default, CallTimeout).AsTask() };
        Assert.Equal(SomeIpCallOutcome.TooManyCalls, (await proxy.CallAsync(0x0010, default, CallTimeout)).Outcome);
        Assert.Equal(1, client.Counters[SomeIpFault.CallsFull]);
        client.Dispose();
        Assert.All(await Task.WhenAll(waiting), static result => Assert.Equal(SomeIpCallOutcome.ConnectionLost, result.Outcome));
    }

    [Fact]
    public async Task AsyncMethods_MoreThanAllowed_AreAnsweredWithNotReady()
    {
        var (server, service, _) = _network.StartServer(1, options: static options => options with { MaxRunningMethods = 1 });
        var release = new TaskCompletionSource();
        service.OnMethodAsync(0x0010, async (_, payload, response, _) =>
        {
            await release.Task;
            response.Write(payload.Span);
            return SomeIpReturnCode.Ok;
        });
        var proxy = await Network.ProxyAsync(_network.Start(2));
        var first = proxy.CallAsync(0x0010, new byte[] { 5 }, CallTimeout);
        Assert.Equal(SomeIpReturnCode.NotReady, (await proxy.CallAsync(0x0010, default, CallTimeout)).ReturnCode);
        Assert.Equal(1, server.Counters[SomeIpFault.MethodsFull]);
        release.SetResult();
        Assert.Equal([5], (await first).Payload.ToArray());
    }

    [Theory]
    [InlineData(SomeIpTransport.Udp)]
    [InlineData(SomeIpTransport.Tcp)]
    public async Task Send_FireAndForget_ArrivesAndIsNotAnswered(SomeIpTransport transport)
    {
        var (_, service, _) = _network.StartServer(1);
        var arrived = new TaskCompletionSource<byte[]>();
        service.OnMethod(0x0010, (in SomeIpRequest request, IBufferWriter<byte> _) =>
        {
            arrived.TrySetResult(request.NoReturn ? request.Payload.ToArray() : []);
            return SomeIpReturnCode.NotOk;
        });
        var client = _network.Start(2);
        var proxy = await Network.ProxyAsync(client, transport);
        Assert.Equal(SomeIpSendOutcome.Sent, proxy.Send(0x0010, [1, 2, 3]));
        Assert.Equal([1, 2, 3], await arrived.Task.WaitAsync(Network.Watchdog));
        Assert.True((await proxy.CallAsync(PeerService.Echo, default, CallTimeout)).IsOk);
        Assert.Empty(Network.Faults(client));
    }

    [Fact]
    public async Task Field_GetSetNotify_AndItsValueOnSubscribe()
    {
        var (_, _, field) = _network.StartServer(1);
        var proxy = await Network.ProxyAsync(_network.Start(2));
        var received = new Received();
        proxy.OnEvent(PeerService.FieldNotifier, received.Add);
        field.Set([42]);
        using var subscription = proxy.Subscribe(PeerService.Group);
        await subscription.WaitUntilSubscribedAsync(Network.Watchdog);
        Assert.Equal([42], (await received.NextAsync()).Payload);
        Assert.Equal([42], (await proxy.CallAsync(PeerService.GetField, default, CallTimeout)).Payload.ToArray());
        Assert.Equal([7, 8], (await proxy.CallAsync(PeerService.SetField, new byte[] { 7, 8 }, CallTimeout)).Payload.ToArray());
        Assert.Equal([7, 8], (await received.NextAsync()).Payload);
        Assert.Equal([7, 8], field.Value);
    }

    [Fact]
    public async Task Field_Setter_MayRefuseAndChange()
    {
        var (_, service, _) = _network.StartServer(1);
        service.AddField([0], 0x0020, 0x0021, setter: static (wanted, accepted) =>
        {
            if (wanted.Length != 1)
            {
                return (SomeIpReturnCode)0x22;
            }

            accepted.Write([Math.Min(wanted[0], (byte)10)]);
            return SomeIpReturnCode.Ok;
        });
        var proxy = await Network.ProxyAsync(_network.Start(2));
        Assert.Equal((SomeIpReturnCode)0x22, (await proxy.CallAsync(0x0021, default, CallTimeout)).ReturnCode);
        Assert.Equal([10], (await proxy.CallAsync(0x0021, new byte[] { 200 }, CallTimeout)).Payload.ToArray());
        Assert.Equal([10], (await proxy.CallAsync(0x0020, default, CallTimeout)).Payload.ToArray());
    }

    [Theory]
    [InlineData(PeerService.Group, PeerService.Tick, SomeIpTransport.Udp, 10)]
    [InlineData(PeerService.Group, PeerService.Tick, SomeIpTransport.Udp, 20_000)]
    [InlineData(PeerService.TcpGroup, PeerService.TickOverTcp, SomeIpTransport.Tcp, 20_000)]
    public async Task Event_AfterSubscribe_ArrivesWithRisingSessions(ushort group, ushort eventId, SomeIpTransport transport, int size)
    {
        var (server, service, _) = _network.StartServer(1);
        var client = _network.Start(2);
        var proxy = await Network.ProxyAsync(client);
        Assert.Equal(SomeIpSendOutcome.NoSubscriber, service.Notify(eventId, [1]));
        var received = new Received();
        proxy.OnEvent(eventId, received.Add);
        proxy.OnEvent(PeerService.FieldNotifier, static (in SomeIpEvent _) => { });
        using var subscription = proxy.Subscribe(group, transport);
        await subscription.WaitUntilSubscribedAsync(Network.Watchdog);
        var payload = new byte[size];
        Random.Shared.NextBytes(payload);
        for (ushort i = 1; i <= 3; i++)
        {
            Assert.Equal(SomeIpSendOutcome.Sent, service.Notify(eventId, payload));
            var (session, got) = await received.NextAsync();
            Assert.Equal(i, session);
            Assert.Equal(payload, got);
        }

        // Before the end: the answer to a renewal may still be on its way when the subscription is gone.
        Assert.Empty(Network.Faults(server).Concat(Network.Faults(client)));
        subscription.Dispose();
        await Until(() => service.Notify(eventId, [1]) == SomeIpSendOutcome.NoSubscriber);
    }

    [Fact]
    public async Task Event_TwoSubscribersAndAMulticastGroup_GoesOutOnce()
    {
        var group = new IPEndPoint(IPAddress.Parse("224.0.1.77"), _network.SdPort + 1);
        var (server, service, _) = _network.StartServer(1, description => description with
        {
            Eventgroups = [new SomeIpEventgroupDescription(PeerService.Group, PeerService.Tick) { Multicast = group, MulticastThreshold = 2 }],
            TcpPort = null,
            Events = [new SomeIpEventDescription(PeerService.Tick), new SomeIpEventDescription(PeerService.FieldNotifier)],
        });
        var received = new[] { new Received(), new Received() };
        for (byte i = 0; i < 2; i++)
        {
            var proxy = await Network.ProxyAsync(_network.Start((byte)(2 + i)));
            proxy.OnEvent(PeerService.Tick, received[i].Add);
            await proxy.Subscribe(PeerService.Group).WaitUntilSubscribedAsync(Network.Watchdog);
        }

        var sent = server.Counters.MessagesSent;
        Assert.Equal(SomeIpSendOutcome.Sent, service.Notify(PeerService.Tick, [9]));
        Assert.InRange(server.Counters.MessagesSent - sent, 1, 2);
        foreach (var each in received)
        {
            Assert.Equal([9], (await each.NextAsync()).Payload);
        }
    }

    [Fact]
    public async Task TpPaced_SegmentsTakeTheirTime_AndArriveWholeBothWays()
    {
        var pacing = new TpPacing { SeparationTime = TimeSpan.FromMilliseconds(20), BurstSegments = 2, QueueMessages = 2 };
        var (server, service, _) = _network.StartServer(1, options: options => options with { TpPacing = pacing });
        var client = _network.Start(2, options => options with { TpPacing = pacing });
        var proxy = await Network.ProxyAsync(client);
        var received = new Received();
        proxy.OnEvent(PeerService.Tick, received.Add);
        proxy.OnEvent(PeerService.FieldNotifier, static (in SomeIpEvent _) => { });
        await proxy.Subscribe(PeerService.Group).WaitUntilSubscribedAsync(Network.Watchdog);
        var payload = new byte[20 * TpHeader.MaxSegment];
        Random.Shared.NextBytes(payload);
        var started = TimeProvider.System.GetTimestamp();
        Assert.Equal(SomeIpSendOutcome.Sent, service.Notify(PeerService.Tick, payload));
        Assert.Equal(SomeIpSendOutcome.Sent, service.Notify(PeerService.Tick, [1]));
        Assert.Equal(SomeIpSendOutcome.Failed, service.Notify(PeerService.Tick, payload));
        Assert.Equal(payload, (await received.NextAsync()).Payload);

        // Nine pauses, each of which a timer may end up to a millisecond early.
        Assert.True(TimeProvider.System.GetElapsedTime(started) >= 9 * (pacing.SeparationTime - TimeSpan.FromMilliseconds(1)));
        var (session, last) = await received.NextAsync();
        Assert.Equal(2, session);
        Assert.Equal([1], last);
        Assert.Equal(["TpQueueFull 1"], Network.Faults(server));
        Assert.Equal(payload, (await proxy.CallAsync(PeerService.Echo, payload, CallTimeout)).Payload.ToArray());
        Assert.Empty(Network.Faults(client));
    }

    [Fact]
    public async Task Event_TooLargeWithoutTp_IsNotSentAndCounted()
    {
        var (server, service, _) = _network.StartServer(1);
        var proxy = await Network.ProxyAsync(_network.Start(2));
        await proxy.Subscribe(PeerService.Group).WaitUntilSubscribedAsync(Network.Watchdog);
        Assert.Equal(SomeIpSendOutcome.Failed, service.Notify(PeerService.FieldNotifier, new byte[1401]));
        Assert.Equal(1, server.Counters[SomeIpFault.TooLargeForUdp]);
    }

    [Fact]
    public async Task Service_StoppedAndStarted_IsGoneAndThere()
    {
        var (_, service, _) = _network.StartServer(1);
        var proxy = await Network.ProxyAsync(_network.Start(2));
        var received = new Received();
        proxy.OnEvent(PeerService.FieldNotifier, received.Add);
        using var subscription = proxy.Subscribe(PeerService.Group);
        await received.NextAsync();
        service.Stop();
        await Until(() => !proxy.IsAvailable);
        Assert.Equal(SubscriptionState.Waiting, subscription.State);
        Assert.Equal(SomeIpCallOutcome.NotAvailable, (await proxy.CallAsync(PeerService.Echo, default, CallTimeout)).Outcome);
        Assert.Equal(SomeIpSendOutcome.NotAvailable, proxy.Send(PeerService.Echo, default));
        service.Start();
        await proxy.WaitUntilAvailableAsync(Network.Watchdog);
        await received.NextAsync();
    }

    [Fact]
    public async Task Server_ForgetsItsSubscribers_IsSubscribedToAnewAfterTheSilence()
    {
        var (server, service, field) = _network.StartServer(1);
        var client = _network.Start(2, static options => options with { Timings = options.Timings with { SubscribeTtl = SdEntry.TtlUntilReboot } });
        var proxy = await Network.ProxyAsync(client);
        var received = new Received();
        var generations = new System.Collections.Concurrent.ConcurrentQueue<int>();
        proxy.OnEvent(PeerService.FieldNotifier, (in SomeIpEvent e) =>
        {
            generations.Enqueue(e.Generation);
            received.Add(e);
        });
        using var subscription = proxy.Subscribe(new SomeIpSubscriptionOptions
        {
            EventgroupId = PeerService.Group, SilenceLimit = TimeSpan.FromSeconds(1), HeardEvents = [PeerService.FieldNotifier],
        });
        await received.NextAsync();
        foreach (var group in service.Offered.Eventgroups.Values)
        {
            // The SD thread touches these as well, but not before the next message about this client, which only the silence brings.
            group.Subscribers.Clear();
        }

        service.UpdateTargets();
        Assert.Equal(SomeIpSendOutcome.NoSubscriber, field.Set([42]));
        await received.FirstAsync(static payload => payload is [42]);
        Assert.InRange(subscription.Silences, 1, 1000);
        Assert.Equal(subscription.Silences, client.Counters[SomeIpFault.EventsSilent]);
        Assert.InRange(generations.Distinct().Count(), 2, subscription.Silences + 1);
        Assert.Empty(Network.Faults(server));
    }

    [Theory]
    [InlineData(PeerService.FieldNotifier, true)]
    [InlineData(PeerService.Tick, false)]
    public async Task Silence_IsEndedByTheEventsNamed(ushort heard, bool isHeard)
    {
        var (_, _, field) = _network.StartServer(1);
        var proxy = await Network.ProxyAsync(_network.Start(2));
        proxy.OnEvent(PeerService.FieldNotifier, static (in SomeIpEvent _) => { });
        using var subscription = proxy.Subscribe(new SomeIpSubscriptionOptions
        {
            EventgroupId = PeerService.Group, SilenceLimit = TimeSpan.FromSeconds(isHeard ? 5 : 1), HeardEvents = [heard],
        });
        await subscription.WaitUntilSubscribedAsync(Network.Watchdog);
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(7) && subscription.Silences == 0)
        {
            field.Set([1]);
            await Task.Delay(20);
        }

        Assert.Equal(isHeard, subscription.Silences == 0);
    }

    [Theory]
    [InlineData(99)]
    [InlineData(86_400_001)]
    public void SilenceLimit_OutOfRange_IsNamed(int milliseconds)
    {
        var proxy = _network.Start(1).CreateProxy(new SomeIpProxyOptions { ServiceId = 1 });
        var refused = Assert.Throws<SomeIpException>(() => proxy.Subscribe(new SomeIpSubscriptionOptions { EventgroupId = 1, SilenceLimit = TimeSpan.FromMilliseconds(milliseconds) }));
        Assert.Contains("SilenceLimit", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Server_Disposed_TellsItsClients()
    {
        var (server, _, _) = _network.StartServer(1);
        var proxy = await Network.ProxyAsync(_network.Start(2), SomeIpTransport.Tcp);
        var changes = new TaskCompletionSource();
        proxy.AvailabilityChanged += p =>
        {
            if (!p.IsAvailable)
            {
                changes.TrySetResult();
            }
        };
        server.Dispose();
        await changes.Task.WaitAsync(Network.Watchdog);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TcpStream_PlaceLost_IsFoundAgainByCookieOrClosed(bool cookies)
    {
        var (server, service, _) = _network.StartServer(1);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(service.TcpEndPoint!);
        byte[] cookie = cookies ? MagicCookie.OfClient.ToArray() : [];
        var stream = client.GetStream();
        await stream.WriteAsync((byte[])[.. cookie, .. Messages.One([7]), .. new byte[40], .. cookie, .. Messages.One([8])]);
        using var watchdog = new CancellationTokenSource(Network.Watchdog);
        using var answers = new MemoryStream();
        if (cookies)
        {
            var buffer = new byte[1000];
            while (!answers.ToArray().AsSpan().EndsWith((ReadOnlySpan<byte>)[0x80, 0, 8]))
            {
                answers.Write(buffer, 0, await stream.ReadAsync(buffer, watchdog.Token));
            }

            Assert.Equal(1, server.Counters[SomeIpFault.StreamResynchronized]);
        }
        else
        {
            await stream.CopyToAsync(answers, watchdog.Token);
            Assert.Equal(1, server.Counters[SomeIpFault.StreamLost]);
        }

        Assert.Equal(1, server.Counters[SomeIpFault.LengthTooSmall]);
    }

    [Fact]
    public async Task TcpClient_ThatNeverReads_LosesAnswersCountedAndHoldsUpNobody()
    {
        var (server, service, _) = _network.StartServer(1, options: static options => options with { MaxTcpMessageBytes = 70_000, TcpSendQueueBytes = 70_000 });
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(service.TcpEndPoint!);
        var request = Messages.One(new byte[60_000]);
        for (var i = 0; i < 1000 && server.Counters[SomeIpFault.TcpQueueFull] == 0; i++)
        {
            await client.GetStream().WriteAsync(request);
        }

        Assert.NotEqual(0, server.Counters[SomeIpFault.TcpQueueFull]);
        var proxy = await Network.ProxyAsync(_network.Start(2), SomeIpTransport.Tcp);
        Assert.True((await proxy.CallAsync(PeerService.Echo, default, CallTimeout)).IsOk);
    }

    [Fact]
    public async Task TcpConnections_MoreThanAllowed_AreClosedAndCounted()
    {
        var (server, service, _) = _network.StartServer(1, options: static options => options with { MaxTcpConnections = 1 });
        var first = await Network.ProxyAsync(_network.Start(2), SomeIpTransport.Tcp);
        using var second = new System.Net.Sockets.TcpClient();
        await second.ConnectAsync(service.TcpEndPoint!);
        Assert.Equal(0, await second.GetStream().ReadAsync(new byte[1]).AsTask().WaitAsync(Network.Watchdog));
        Assert.Equal(1, server.Counters[SomeIpFault.TcpConnectionsFull]);
        Assert.True((await first.CallAsync(PeerService.Echo, default, CallTimeout)).IsOk);
    }

    [Fact]
    public async Task Service_DisposedAndMadeAgainOnThePort_IsThereAgain()
    {
        var (server, service, _) = _network.StartServer(1);
        var proxy = await Network.ProxyAsync(_network.Start(2), SomeIpTransport.Tcp);
        var udp = service.UdpEndPoint!.Port;
        service.Dispose();
        await Until(() => !proxy.IsAvailable);
        using (var probe = new System.Net.Sockets.UdpClient(new IPEndPoint(server.Options.LocalAddress, udp)))
        {
            Assert.Equal(udp, ((IPEndPoint)probe.Client.LocalEndPoint!).Port);
        }

        var again = server.CreateService(PeerService.Describe(udp, 0));
        again.OnMethod(PeerService.Echo, static (in SomeIpRequest _, IBufferWriter<byte> _) => SomeIpReturnCode.Ok);
        again.Start();
        await proxy.WaitUntilAvailableAsync(Network.Watchdog);
        Assert.True((await proxy.CallAsync(PeerService.Echo, default, CallTimeout)).IsOk);
    }

    [Fact]
    public void Call_AfterDispose_IsNotAvailable()
    {
        var node = _network.Start(1);
        var proxy = node.CreateProxy(new SomeIpProxyOptions { ServiceId = 1 });
        node.Dispose();
        node.Dispose();
        Assert.Equal(SomeIpCallOutcome.NotAvailable, proxy.Call(1, default, default, CallTimeout).Outcome);
        proxy.Dispose();
    }

    /// <summary>Unicast only: Linux routes no IPv6 group over its loopback.</summary>
    [Fact]
    public async Task Node_OnIpv6Loopback_AnswersAPlainSocket()
    {
        Assert.SkipUnless(System.Net.Sockets.Socket.OSSupportsIPv6, "there is no IPv6 here");
        using var node = SomeIpNode.Start(_network.Options(1) with
        {
            LocalAddress = IPAddress.IPv6Loopback,
            SdGroup = IPAddress.Parse("ff01::4:c0"),
            Timings = PeerService.QuickTimings with { RepetitionsMax = 0, CyclicOfferDelay = TimeSpan.Zero },
        });
        var service = node.CreateService(PeerService.Describe(0, 0));
        service.OnMethod(PeerService.Echo, static (in SomeIpRequest request, IBufferWriter<byte> response) =>
        {
            response.Write(request.Payload);
            return SomeIpReturnCode.Ok;
        });
        service.Start();
        using var client = new System.Net.Sockets.UdpClient(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        var find = new byte[100];
        var writer = new SdMessageWriter();
        ushort session = 0;

        // The first ones may come before the main phase, which alone answers.
        await Until(() =>
        {
            writer.TryAdd(SdEntry.ForService(SdEntryType.Find, PeerService.ServiceId, SdEntry.AnyInstance, SdEntry.AnyMajorVersion, SdEntry.AnyMinorVersion, 3), []);
            client.Send(find.AsSpan(0, writer.Write(find, ++session, SdHeaderBits.Unicast)), new IPEndPoint(IPAddress.IPv6Loopback, _network.SdPort));
            return client.Available > 0;
        });
        var reader = new SomeIpDatagramReader((await client.ReceiveAsync().WaitAsync(Network.Watchdog)).Buffer);
        Assert.True(reader.TryRead(out _, out var payload, out _));
        Assert.Equal(SomeIpFault.None, SdMessage.TryRead(payload, out var message));
        var offered = message!.Items[0].UdpEndpoint!.Endpoint;
        Assert.Equal(service.UdpEndPoint, offered);
        using var caller = new System.Net.Sockets.UdpClient(new IPEndPoint(IPAddress.IPv6Loopback, 0));
        await caller.SendAsync(Messages.One([1, 2]), offered);
        var answer = await caller.ReceiveAsync().WaitAsync(Network.Watchdog);
        Assert.Equal([1, 2], answer.Buffer[SomeIpHeader.Size..]);
    }

    [Fact]
    public void Node_AddressInUse_SaysWhich()
    {
        _network.Start(1);
        var refused = Assert.Throws<SomeIpException>(() => _network.Start(1));
        Assert.Contains($"127.0.1.1:{_network.SdPort}", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OutOfRange_AreNamed()
    {
        Assert.Contains("LocalAddress", Refused(static options => options with { LocalAddress = IPAddress.Any }), StringComparison.Ordinal);
        Assert.Contains("SdGroup", Refused(static options => options with { SdGroup = IPAddress.Loopback }), StringComparison.Ordinal);
        Assert.Contains("SdPort", Refused(static options => options with { SdPort = 0 }), StringComparison.Ordinal);
        Assert.Contains("TcpSendQueueBytes", Refused(static options => options with { TcpSendQueueBytes = 10 }), StringComparison.Ordinal);
        Assert.Contains("SeparationTime", Refused(static options => options with { TpPacing = new TpPacing { SeparationTime = TimeSpan.FromMicroseconds(10) } }), StringComparison.Ordinal);
        Assert.Contains("BurstSegments", Refused(static options => options with { TpPacing = new TpPacing { BurstSegments = 0 } }), StringComparison.Ordinal);
        Assert.Contains("QueueMessages", Refused(static options => options with { TpPacing = new TpPacing { QueueMessages = 0 } }), StringComparison.Ordinal);
        Assert.Contains("QueueBytes", Refused(static options => options with { TpPacing = new TpPacing { SeparationTime = TimeSpan.FromMilliseconds(1), QueueBytes = 1000 } }), StringComparison.Ordinal);

        string Refused(Func<SomeIpNodeOptions, SomeIpNodeOptions> change) => Assert.Throws<SomeIpException>(() => _network.Start(1, change)).Message;
    }

    [Fact]
    public void Description_ThatDoesNotHoldTogether_IsRefused()
    {
        var node = _network.Start(1);
        var good = PeerService.Describe(0, null);
        Assert.Throws<SomeIpException>(() => node.CreateService(good with { ServiceId = 0xFFFF }));
        Assert.Throws<SomeIpException>(() => node.CreateService(good with { UdpPort = null }));
        Assert.Throws<SomeIpException>(() => node.CreateService(good with { Events = [] }));
        Assert.Throws<SomeIpException>(() => node.CreateService(good with { Events = [new SomeIpEventDescription(0x7FFF)], Eventgroups = [] }));
        var service = node.CreateService(good);
        Assert.Throws<SomeIpException>(() => node.CreateService(good with { InstanceId = 2, UdpPort = service.UdpEndPoint!.Port }));
        Assert.Throws<ArgumentException>(() => service.Notify(0x9999, []));
    }

    private static async Task Until(Func<bool> condition)
    {
        using var watchdog = new CancellationTokenSource(Network.Watchdog);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!condition())
        {
            await timer.WaitForNextTickAsync(watchdog.Token);
        }
    }
}
