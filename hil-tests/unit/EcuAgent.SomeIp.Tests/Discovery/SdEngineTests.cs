using System.Net;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Tests.Discovery;

/// <summary>Every phase and timer of service discovery, with a clock of the test's own. Random delays are the middle of their range.</summary>
public sealed class SdEngineTests
{
    private const byte A = 1;
    private const byte B = 2;

    private readonly SdNetwork _network = new();

    /// <summary>Initial wait 50 ms, repetitions after 100, 200, 400 ms, cycle 1 s, answers after 30 ms.</summary>
    internal static SdTimings Timings { get; } = new()
    {
        InitialDelayMin = TimeSpan.FromMilliseconds(20),
        InitialDelayMax = TimeSpan.FromMilliseconds(80),
        RepetitionsBaseDelay = TimeSpan.FromMilliseconds(100),
        RepetitionsMax = 3,
        CyclicOfferDelay = TimeSpan.FromSeconds(1),
        ResponseDelayMin = TimeSpan.FromMilliseconds(20),
        ResponseDelayMax = TimeSpan.FromMilliseconds(40),
        OfferTtl = 3,
        SubscribeTtl = 3,
    };

    [Fact]
    public void Offer_ThreePhases_AreSentAtTheirTimes()
    {
        var (engine, _, _) = _network.Add(A);
        engine.Offer(Service(), _network.Now);
        _network.Pass(3800);
        Assert.Equal([50, 150, 350, 750, 1750, 2750, 3750], Times(SdEntryType.Offer));
        Assert.All(_network.Sent, static sent => Assert.Null(sent.To));
        Assert.Equal(Enumerable.Range(1, 7), _network.Sent.Select(static sent => (int)sent.Header.SessionId));
    }

    [Fact]
    public void Offer_NoRepetitions_GoesToTheMainPhaseAtOnce()
    {
        var timings = Timings with { RepetitionsMax = 0 };
        var (engine, _, _) = _network.Add(A, timings);
        engine.Offer(Service(timings: timings), _network.Now);
        _network.Pass(2500);
        Assert.Equal([50, 1050, 2050], Times(SdEntryType.Offer));
    }

    [Fact]
    public void Offer_NoCycle_IsSilentInTheMainPhaseButAnswers()
    {
        var timings = Timings with { CyclicOfferDelay = TimeSpan.Zero };
        var (engine, _, _) = _network.Add(A, timings);
        engine.Offer(Service(timings: timings), _network.Now);
        _network.Pass(10_000);
        Assert.Equal([50, 150, 350, 750], Times(SdEntryType.Offer));
        _network.Inject(9, null, Find(), []);
        _network.Pass(100);
        Assert.Equal(SdNetwork.Address(9), _network.Sent[^1].To);
    }

    [Fact]
    public void Offer_ServicesStartedTogether_TravelInOneMessage()
    {
        var (engine, _, _) = _network.Add(A);
        engine.Offer(Service(), _network.Now);
        _network.Pass(10);
        engine.Offer(Service(instance: 2), _network.Now);
        engine.Require(Required(service: 0x7777), _network.Now);
        _network.Pass(41);
        Assert.Equal(3, Assert.Single(_network.Sent).Message.Items.Count);
    }

    [Fact]
    public void Find_NobodyAnswers_EndsWithTheRepetitionPhase()
    {
        var (engine, _, _) = _network.Add(A);
        engine.Require(Required(), _network.Now);
        _network.Pass(60_000);
        Assert.Equal([50, 150, 350, 750], Times(SdEntryType.Find));
    }

    [Fact]
    public void Find_OfferArrives_StopsFinding()
    {
        var (engine, host, _) = _network.Add(A);
        engine.Require(Required(), _network.Now);
        _network.Pass(60);
        _network.Inject(B, A, Offer(), Endpoint(B));
        _network.Pass(2000);
        Assert.Equal([50], Times(SdEntryType.Find));
        Assert.Equal(["up 0001"], host.Told);
    }

    [Fact]
    public void Require_ServiceKnownAlready_FindsNothing()
    {
        var (engine, host, _) = _network.Add(A);
        _network.Inject(B, null, Offer(), Endpoint(B));
        engine.Require(Required(), _network.Now);
        _network.Pass(1000);
        Assert.Empty(_network.Sent);
        Assert.Equal(["up 0001"], host.Told);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(60, 1)]
    public void FindBeforeTheMainPhase_IsNotAnswered(int at, int sentBefore)
    {
        var (engine, _, _) = _network.Add(A);
        engine.Offer(Service(), _network.Now);
        _network.Pass(at);
        _network.Inject(9, A, Find(), []);
        _network.Pass(40);
        Assert.Equal(sentBefore, _network.Sent.Count);
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(600, false)]
    public void FindByMulticastInMainPhase_IsAnsweredDelayedAndUnicastOnlySoonAfterAnOffer(int afterOffer, bool unicast)
    {
        var (engine, _, _) = _network.Add(A);
        engine.Offer(Service(), _network.Now);
        _network.Pass(1750 + afterOffer);
        _network.Sent.Clear();
        _network.Inject(9, null, Find(), []);
        Assert.Empty(_network.Sent);
        _network.Pass(30);
        Assert.Equal(unicast ? SdNetwork.Address(9) : null, Assert.Single(_network.Sent).To);
        _network.Pass(1000);

        // An answer to all begins the cycle anew.
        Assert.Equal(unicast ? [1750 + afterOffer + 30, 2750] : [1750 + afterOffer + 30, 1750 + afterOffer + 1030], Times(SdEntryType.Offer));
    }

    [Fact]
    public void FindByUnicast_IsAnsweredAtOnce()
    {
        var (engine, _, _) = _network.Add(A);
        engine.Offer(Service(), _network.Now);
        _network.Pass(800);
        _network.Sent.Clear();
        _network.Inject(9, A, Find(), []);
        Assert.Equal(SdNetwork.Address(9), Assert.Single(_network.Sent).To);
    }

    [Fact]
    public void FindWithoutUnicastFlag_IsAnsweredByMulticast()
    {
        var (engine, _, _) = _network.Add(A);
        engine.Offer(Service(), _network.Now);
        _network.Pass(800);
        _network.Sent.Clear();
        _network.Inject(9, A, Find(), [], bits: SdHeaderBits.Reboot);
        Assert.Null(Assert.Single(_network.Sent).To);
    }

    [Theory]
    [InlineData(0xFFFF, 0xFF, 0xFFFFFFFF, true)]
    [InlineData(1, 1, 0, true)]
    [InlineData(2, 1, 0, false)]
    [InlineData(1, 2, 0, false)]
    [InlineData(1, 1, 7, false)]
    public void Find_Versions_MatchExactlyOrAny(ushort instance, byte major, uint minor, bool answered)
    {
        var (engine, _, _) = _network.Add(A);
        engine.Offer(Service(), _network.Now);
        _network.Pass(800);
        _network.Sent.Clear();
        _network.Inject(9, A, SdEntry.ForService(SdEntryType.Find, 0x1234, instance, major, minor, 3), []);
        Assert.Equal(answered, _network.Sent.Count == 1);
    }

    [Fact]
    public void StopOffer_IsSentOnce_AndTakesTheSubscribers()
    {
        var (server, host, _) = _network.Add(A);
        var service = Service();
        server.Offer(service, _network.Now);
        _network.Pass(60);
        _network.Inject(9, A, Subscribe(), Endpoint(9));
        _network.Sent.Clear();
        server.StopOffer(service, _network.Now);
        _network.Pass(5000);
        Assert.Equal(0u, Assert.Single(_network.Sent).Message.Items[0].Entry.Ttl);
        Assert.Equal(["subscribers 1", "initial", "subscribers 0"], host.Told);
    }

    [Fact]
    public void StopOffer_BeforeTheFirstOffer_SendsNothing()
    {
        var (server, _, _) = _network.Add(A);
        var service = Service();
        server.Offer(service, _network.Now);
        server.StopOffer(service, _network.Now);
        _network.Pass(5000);
        Assert.Empty(_network.Sent);
    }

    [Fact]
    public void Client_StopOffer_WaitsForTheNextOfferWithoutFinding()
    {
        var (client, host, _) = _network.Add(A);
        client.Require(Required(), _network.Now);
        _network.Inject(B, null, Offer(), Endpoint(B), session: 1);
        _network.Inject(B, null, Offer() with { Ttl = 0 }, Endpoint(B), session: 2);
        _network.Pass(5000);
        Assert.Empty(_network.Sent);
        Assert.Equal(["up 0001", "down 0001 Stopped"], host.Told);
        _network.Inject(B, null, Offer(), Endpoint(B), session: 3);
        Assert.Equal("up 0001", host.Told[^1]);
    }

    [Fact]
    public void Client_OfferNotRenewed_ExpiresAndIsLookedFor()
    {
        var (client, host, _) = _network.Add(A);
        client.Require(Required(), _network.Now);
        _network.Inject(B, null, Offer(), Endpoint(B));
        _network.Pass(2999);
        Assert.Equal(["up 0001"], host.Told);
        _network.Pass(1);
        Assert.Equal("down 0001 Expired", host.Told[^1]);
        _network.Pass(1000);
        Assert.Equal([3050, 3150, 3350, 3750], Times(SdEntryType.Find));
    }

    [Fact]
    public void Client_OfferUntilReboot_NeverExpires()
    {
        var (client, host, _) = _network.Add(A);
        client.Require(Required(), _network.Now);
        _network.Inject(B, null, Offer() with { Ttl = SdEntry.TtlUntilReboot }, Endpoint(B));
        _network.Pass(TimeSpan.FromDays(2).TotalMilliseconds);
        Assert.Equal(["up 0001"], host.Told);
    }

    [Fact]
    public void Subscribe_WholeExchange_IsDelayedAcknowledgedAndRenewed()
    {
        var (client, clientHost, clientCounters) = _network.Add(A);
        var (server, serverHost, serverCounters) = _network.Add(B);
        var required = Required();
        client.Require(required, _network.Now);
        client.Subscribe(new ClientSubscription(required, 0x4465), _network.Now);
        server.Offer(Service(), _network.Now);
        _network.Pass(10_000);
        Assert.Equal(["up 0001", "Subscribed", .. clientHost.Told.Skip(2).Where(static told => told == "Subscribed")], clientHost.Told);
        Assert.Equal(["subscribers 1", "initial"], serverHost.Told);
        Assert.Equal(0, clientCounters.TotalFaults + serverCounters.TotalFaults);

        // Each subscribe follows an offer to all by the answer delay, each acknowledgement its subscribe at once.
        var offers = Times(SdEntryType.Offer);
        Assert.Equal(offers.Select(static at => at + 30), Times(SdEntryType.Subscribe));
        Assert.Equal(Times(SdEntryType.Subscribe), Times(SdEntryType.SubscribeAck));
        Assert.All(_network.Sent.Where(static sent => sent.Message.Items[0].Entry.IsEventgroupEntry), static sent => Assert.NotNull(sent.To));
        var subscribes = Entries(SdEntryType.Subscribe);
        Assert.True(subscribes[0].InitialDataRequested);
        Assert.All(subscribes.Skip(1), static entry => Assert.False(entry.InitialDataRequested));
    }

    [Fact]
    public void Subscribe_AfterUnicastOffer_IsSentAtOnce()
    {
        var (client, _, _) = _network.Add(A);
        var required = Required();
        client.Require(required, _network.Now);
        client.Subscribe(new ClientSubscription(required, 0x4465), _network.Now);
        _network.Inject(B, A, Offer(), Endpoint(B));
        Assert.Equal([0], Times(SdEntryType.Subscribe));
    }

    [Fact]
    public void Subscribe_AcknowledgementLost_AsksForInitialDataAgain()
    {
        var (client, _, _) = _network.Add(A);
        var (server, serverHost, _) = _network.Add(B);
        var required = Required();
        client.Require(required, _network.Now);
        client.Subscribe(new ClientSubscription(required, 0x4465), _network.Now);
        server.Offer(Service(), _network.Now);
        _network.Lost = static message => message.Items[0].Entry.Type == SdEntryType.SubscribeAck;
        _network.Pass(100);
        _network.Lost = static _ => false;
        _network.Pass(1000);
        Assert.Equal([true, true, false, false], Entries(SdEntryType.Subscribe).Select(static entry => entry.InitialDataRequested));
        Assert.Equal(["subscribers 1", "initial", "initial"], serverHost.Told);
    }

    [Fact]
    public void Subscribe_AcknowledgementLostAndServerWithoutTheFlag_StopsAndSubscribesSideBySide()
    {
        var (client, _, _) = _network.Add(A);
        var required = Required();
        client.Require(required, _network.Now);
        client.Subscribe(new ClientSubscription(required, 0x4465), _network.Now);
        _network.Inject(B, null, Offer(), Endpoint(B), session: 1);
        _network.Pass(100);
        _network.Inject(B, null, Offer(), Endpoint(B), session: 2);
        _network.Pass(100);
        var items = _network.Sent[^1].Message.Items;
        Assert.Equal([0u, 3u], items.Select(static item => item.Entry.Ttl));
        Assert.All(items, static item => Assert.Equal(SdEntryType.Subscribe, item.Entry.Type));
        Assert.Equal(items[0].Options, items[1].Options);
    }

    [Fact]
    public void Subscribe_Refused_IsToldAndTriedAtTheNextOffer()
    {
        var (client, clientHost, _) = _network.Add(A);
        var (server, _, serverCounters) = _network.Add(B);
        var required = Required();
        client.Require(required, _network.Now);
        client.Subscribe(new ClientSubscription(required, 0x0BAD), _network.Now);
        server.Offer(Service(), _network.Now);
        _network.Pass(300);
        Assert.Equal(["up 0001", "Refused", "Refused"], clientHost.Told);
        Assert.Equal(2, serverCounters[SomeIpFault.SdUnknownEventgroup]);
        Assert.All(Entries(SdEntryType.SubscribeAck), static entry => Assert.Equal(0u, entry.Ttl));
    }

    [Fact]
    public void Subscribe_EndpointsNotReady_WaitsForThem()
    {
        var (client, host, _) = _network.Add(A);
        host.EndpointsReady = false;
        var required = Required();
        client.Require(required, _network.Now);
        client.Subscribe(new ClientSubscription(required, 0x4465), _network.Now);
        _network.Inject(B, A, Offer(), Endpoint(B));
        Assert.Empty(_network.Sent);
        host.EndpointsReady = true;
        client.EndpointsReady(required, _network.Now);
        Assert.Equal([0], Times(SdEntryType.Subscribe));
    }

    [Fact]
    public void Unsubscribe_SendsTheStopWithTheSameOptions()
    {
        var (client, _, _) = _network.Add(A);
        var (server, serverHost, _) = _network.Add(B);
        var required = Required();
        var subscription = new ClientSubscription(required, 0x4465);
        client.Require(required, _network.Now);
        client.Subscribe(subscription, _network.Now);
        server.Offer(Service(), _network.Now);
        _network.Pass(100);
        var subscribed = _network.Sent.Last(static sent => sent.Message.Items[0].Entry.Type == SdEntryType.Subscribe).Message.Items[0];
        client.Unsubscribe(subscription);
        _network.Deliver();
        var stop = _network.Sent[^1].Message.Items[0];
        Assert.Equal(0u, stop.Entry.Ttl);
        Assert.Equal(subscribed.Options, stop.Options);
        Assert.Equal("subscribers 0", serverHost.Told[^1]);
        _network.Pass(3000);
        Assert.Equal(1, Times(SdEntryType.Subscribe).Count(static at => at > 90));
    }

    [Fact]
    public void Silence_OfAServerThatForgot_IsEndedByStopAndSubscribeSideBySide()
    {
        // Until reboot: no renewal would make the server remember.
        var (client, clientHost, clientCounters) = _network.Add(A, Timings with { SubscribeTtl = SdEntry.TtlUntilReboot });
        var (server, serverHost, _) = _network.Add(B);
        var offered = Service();
        var required = Required();
        var subscription = new ClientSubscription(required, 0x4465) { SilenceLimit = TimeSpan.FromSeconds(2) };
        client.Require(required, _network.Now);
        client.Subscribe(subscription, _network.Now);
        server.Offer(offered, _network.Now);
        _network.Pass(1000);
        Assert.Equal("Subscribed", clientHost.Told[^1]);
        for (var i = 0; i < 10; i++)
        {
            subscription.HeardAt = _network.Now;
            _network.Pass(1000);
        }

        Assert.Equal(0, subscription.Silences);
        offered.Eventgroups[0x4465].Subscribers.Clear();
        clientHost.Told.Clear();
        serverHost.Told.Clear();
        _network.Sent.Clear();
        _network.Pass(999);
        Assert.Empty(clientHost.Told);
        _network.Pass(1);
        Assert.Equal(1, subscription.Silences);
        Assert.Equal(1, clientCounters[SomeIpFault.EventsSilent]);
        Assert.Equal(["Waiting", "Subscribed"], clientHost.Told);
        Assert.Equal(["subscribers 1", "initial"], serverHost.Told);
        var again = Assert.Single(_network.Sent, static sent => sent.Message.Items[0].Entry.Type == SdEntryType.Subscribe);
        Assert.Equal(SdNetwork.Address(B), again.To);
        Assert.Equal([0, SdEntry.TtlUntilReboot], again.Message.Items.Select(static item => item.Entry.Ttl));
        Assert.Equal([false, true], again.Message.Items.Select(static item => item.Entry.InitialDataRequested));
        Assert.Equal(again.Message.Items[0].Options, again.Message.Items[1].Options);
    }

    [Fact]
    public void Silence_ThatGoesOn_IsTriedOnceInEachLimitAlsoWithoutAnswer()
    {
        var (client, _, counters) = _network.Add(A);
        var subscription = new ClientSubscription(Required(), 0x4465) { SilenceLimit = TimeSpan.FromSeconds(1) };
        client.Require(subscription.Service, _network.Now);
        client.Subscribe(subscription, _network.Now);
        _network.Pass(5000);
        Assert.Equal(0, subscription.Silences);
        _network.Inject(B, A, Offer() with { Ttl = SdEntry.TtlUntilReboot }, Endpoint(B));
        _network.Pass(10_500);
        Assert.Equal(10, subscription.Silences);
        Assert.Equal(10, counters[SomeIpFault.EventsSilent]);

        // The end of the offer ends it.
        _network.Inject(B, A, Offer() with { Ttl = 0 }, Endpoint(B), session: 2);
        _network.Pass(5000);
        Assert.Equal(10, subscription.Silences);
    }

    [Fact]
    public void Silence_OfARefusedSubscription_WaitsForTheNextOffer()
    {
        var (client, host, _) = _network.Add(A);
        var (server, _, _) = _network.Add(B, Timings with { CyclicOfferDelay = TimeSpan.Zero, OfferTtl = SdEntry.TtlUntilReboot });
        var subscription = new ClientSubscription(Required(), 0x0BAD) { SilenceLimit = TimeSpan.FromSeconds(1) };
        client.Require(subscription.Service, _network.Now);
        client.Subscribe(subscription, _network.Now);
        server.Offer(Service(), _network.Now);
        _network.Pass(10_000);
        Assert.Equal("Refused", host.Told[^1]);
        Assert.Equal(0, subscription.Silences);
    }

    [Fact]
    public void Silence_WithoutALimit_IsBorne()
    {
        var (client, host, _) = _network.Add(A);
        var (server, _, _) = _network.Add(B);
        var subscription = new ClientSubscription(Required(), 0x4465);
        client.Require(subscription.Service, _network.Now);
        client.Subscribe(subscription, _network.Now);
        server.Offer(Service(), _network.Now);
        _network.Pass(TimeSpan.FromHours(1).TotalMilliseconds);
        Assert.Equal(["up 0001", "Subscribed"], host.Told.Distinct());
        Assert.DoesNotContain(Entries(SdEntryType.Subscribe), static entry => entry.Ttl == 0);
    }

    [Fact]
    public void Server_SubscriptionNotRenewed_Expires()
    {
        var (server, host, _) = _network.Add(A);
        server.Offer(Service(), _network.Now);
        _network.Pass(60);
        _network.Inject(9, A, Subscribe(), Endpoint(9));
        _network.Pass(2999);
        Assert.Equal(["subscribers 1", "initial"], host.Told);
        _network.Pass(1);
        Assert.Equal("subscribers 0", host.Told[^1]);
    }

    [Fact]
    public void Server_SubscriptionRenewed_SendsNoInitialEventsAgain()
    {
        var (server, host, _) = _network.Add(A);
        server.Offer(Service(), _network.Now);
        _network.Pass(60);
        for (ushort session = 1; session <= 5; session++)
        {
            _network.Inject(9, A, Subscribe(), Endpoint(9), session);
            _network.Pass(2000);
        }

        Assert.Equal(["subscribers 1", "initial"], host.Told);
    }

    [Fact]
    public void Server_RefusedSubscriptions_AreCountedByReason()
    {
        var (server, host, counters) = _network.Add(A, limits: new SdLimits { MaxSubscribers = 1 });
        server.Offer(Service(), _network.Now);
        _network.Pass(60);
        ushort session = 0;
        Refused(Subscribe() with { MajorVersion = 9 }, Endpoint(9), SomeIpFault.SdUnknownEventgroup);
        Refused(Subscribe(), [], SomeIpFault.SdEndpointMissing);
        Refused(Subscribe(), [.. Endpoint(9), SdEndpointOption.Unicast(new IPEndPoint(SdNetwork.Address(9).Address, 1), SdTransport.Udp)], SomeIpFault.SdOptionConflict);
        Refused(Subscribe(), [SdEndpointOption.Unicast(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 1), SdTransport.Udp)], SomeIpFault.SdEndpointAddress);
        _network.Inject(8, A, Subscribe(), Endpoint(8));
        Assert.Equal(["subscribers 1", "initial"], host.Told);
        Refused(Subscribe(), Endpoint(9), SomeIpFault.SdSubscribersFull);

        void Refused(SdEntry entry, IReadOnlyList<SdOption> options, SomeIpFault expected)
        {
            _network.Inject(9, A, entry, options, ++session);
            Assert.Equal(1, counters[expected]);
            var answer = _network.Sent[^1];
            Assert.Equal(SdNetwork.Address(9), answer.To);
            Assert.Equal((SdEntryType.SubscribeAck, 0u, entry.EventgroupId), (answer.Message.Items[0].Entry.Type, answer.Message.Items[0].Entry.Ttl, answer.Message.Items[0].Entry.EventgroupId));
        }
    }

    [Theory]
    [InlineData(true, 0, 3)]
    [InlineData(false, 1, 0)]
    public void Server_TcpConnectionNotThereYet_IsLookedForOnceMore(bool comes, int faults, uint ttl)
    {
        var (server, host, counters) = _network.Add(A);
        server.Offer(Service(), _network.Now);
        _network.Pass(60);
        host.TcpConnected = false;
        _network.Inject(9, A, Subscribe(0x4466), [SdEndpointOption.Unicast(new IPEndPoint(SdNetwork.Address(9).Address, 1), SdTransport.Tcp)]);
        _network.Pass(39);
        Assert.Empty(Times(SdEntryType.SubscribeAck));
        host.TcpConnected = comes;
        _network.Pass(1);
        Assert.Equal(ttl, Assert.Single(Entries(SdEntryType.SubscribeAck)).Ttl);
        Assert.Equal(faults, counters[SomeIpFault.SdTcpMissing]);
    }

    [Fact]
    public void Server_StopWhileLookingForTheTcpConnection_LeavesNoSubscription()
    {
        var (server, host, _) = _network.Add(A);
        server.Offer(Service(), _network.Now);
        _network.Pass(60);
        host.TcpConnected = false;
        SdOption[] endpoint = [SdEndpointOption.Unicast(new IPEndPoint(SdNetwork.Address(9).Address, 1), SdTransport.Tcp)];
        _network.Inject(9, A, Subscribe(0x4466), endpoint, session: 1);
        _network.Inject(9, A, Subscribe(0x4466) with { Ttl = 0 }, endpoint, session: 2);
        host.TcpConnected = true;
        _network.Pass(1000);
        Assert.Empty(host.Told);
    }

    [Fact]
    public void Server_SubscribeByMulticast_IsIgnoredAndCounted()
    {
        var (server, host, counters) = _network.Add(A);
        server.Offer(Service(), _network.Now);
        _network.Pass(60);
        _network.Inject(9, null, Subscribe(), Endpoint(9));
        _network.Pass(40);
        Assert.Empty(host.Told);
        Assert.Equal(1, counters[SomeIpFault.SdNotByMulticast]);
        Assert.Empty(Times(SdEntryType.SubscribeAck));
    }

    [Fact]
    public void Ack_WithMulticastOption_TellsTheGroup()
    {
        var (client, clientHost, _) = _network.Add(A);
        var (server, _, _) = _network.Add(B);
        var required = Required();
        client.Require(required, _network.Now);
        client.Subscribe(new ClientSubscription(required, 0x4467), _network.Now);
        server.Offer(Service(), _network.Now);
        _network.Pass(100);
        Assert.Equal("Subscribed 224.0.0.9:30600", clientHost.Told[^1]);
    }

    [Fact]
    public void Reboot_SeenByMulticast_ExpiresEverythingOfThePeerAndComesBack()
    {
        var (client, clientHost, _) = _network.Add(A);
        var (server, _, _) = _network.Add(B);
        var required = Required();
        client.Require(required, _network.Now);
        client.Subscribe(new ClientSubscription(required, 0x4465), _network.Now);
        server.Offer(Service(), _network.Now);
        _network.Pass(5000);
        clientHost.Told.Clear();
        _network.Remove(B);
        var (restarted, restartedHost, _) = _network.Add(B);
        restarted.Offer(Service(), _network.Now);
        _network.Pass(200);
        Assert.Equal(["rebooted", "Waiting", "down 0001 Rebooted", "up 0001", "Subscribed"], clientHost.Told.Take(5));
        Assert.DoesNotContain("rebooted", clientHost.Told.Skip(1));
        Assert.Equal(["subscribers 1", "initial"], restartedHost.Told);
    }

    [Fact]
    public void Reboot_OfAClientSeenByUnicast_TakesItsSubscriptions()
    {
        var (server, host, _) = _network.Add(A);
        server.Offer(Service(), _network.Now);
        _network.Pass(60);
        _network.Inject(9, A, Subscribe(), Endpoint(9), session: 5);
        _network.Inject(9, A, Subscribe(), Endpoint(9), session: 6);
        Assert.DoesNotContain("rebooted", host.Told);
        _network.Inject(9, A, SdEntry.ForService(SdEntryType.Find, 0x4321, 1, 1, 0, 3), [], session: 1);
        Assert.Equal(["subscribers 1", "initial", "rebooted", "subscribers 0"], host.Told);
    }

    [Theory]
    [InlineData(true, 5, true, 6, false)]
    [InlineData(true, 5, true, 5, true)]
    [InlineData(true, 5, true, 1, true)]
    [InlineData(true, 0xFFFF, false, 1, false)]
    [InlineData(false, 9, true, 1, true)]
    [InlineData(false, 9, true, 200, true)]
    [InlineData(false, 9, false, 3, false)]
    public void Sessions_FlagAndNumber_TellAReboot(bool oldFlag, ushort oldSession, bool newFlag, ushort newSession, bool expected)
    {
        var sessions = new PeerSessions(new SdLimits());
        Assert.True(sessions.TryTrack(SdNetwork.Address(1), true, oldFlag, oldSession, default, out var rebooted));
        Assert.False(rebooted);

        // The counter of unicast is another one.
        Assert.True(sessions.TryTrack(SdNetwork.Address(1), false, true, 1, default, out rebooted));
        Assert.False(rebooted);
        Assert.True(sessions.TryTrack(SdNetwork.Address(1), true, newFlag, newSession, default, out rebooted));
        Assert.Equal(expected, rebooted);
    }

    [Fact]
    public void Sessions_Sending_CountsEachReceiverApartAndClearsTheFlagAtTheWrap()
    {
        var sessions = new PeerSessions(new SdLimits());
        for (var i = 1; i <= 0xFFFF; i++)
        {
            Assert.Equal(((ushort)i, true), sessions.Next(null));
        }

        Assert.Equal((1, false), sessions.Next(null));
        Assert.Equal((2, false), sessions.Next(null));
        sessions.TryTrack(SdNetwork.Address(1), true, true, 1, default, out _);
        Assert.Equal((1, true), sessions.Next(SdNetwork.Address(1)));
        Assert.Equal((2, true), sessions.Next(SdNetwork.Address(1)));
    }

    [Fact]
    public void Offer_OfAnotherPeerForTheSameInstance_LeavesTheFirst()
    {
        var (client, host, counters) = _network.Add(A);
        client.Require(Required(), _network.Now);
        _network.Inject(B, null, Offer(), Endpoint(B));
        _network.Inject(9, null, Offer(), Endpoint(9));
        Assert.Equal(["up 0001"], host.Told);
        Assert.Equal(1, counters[SomeIpFault.SdOfferConflict]);
    }

    [Fact]
    public void Offer_AtAnotherEndpoint_IsDownAndUp()
    {
        var (client, host, _) = _network.Add(A);
        client.Require(Required(), _network.Now);
        _network.Inject(B, null, Offer(), Endpoint(B), session: 1);
        _network.Inject(B, null, Offer(), [SdEndpointOption.Unicast(new IPEndPoint(SdNetwork.Address(B).Address, 9), SdTransport.Udp)], session: 2);
        Assert.Equal(["up 0001", "down 0001 Moved", "up 0001"], host.Told);
    }

    [Fact]
    public void Require_AnyInstance_TakesTheLowestPriorityAndTheNextWhenItGoes()
    {
        var (client, host, _) = _network.Add(A);
        _network.Inject(8, null, Offer(instance: 8), [.. Endpoint(8), new SdLoadBalancingOption(2, 0)], session: 1);
        _network.Inject(9, null, Offer(instance: 9), [.. Endpoint(9), new SdLoadBalancingOption(1, 0)], session: 1);
        client.Require(Required(instance: SdEntry.AnyInstance), _network.Now);
        _network.Inject(9, null, Offer(instance: 9) with { Ttl = 0 }, Endpoint(9), session: 2);
        Assert.Equal(["up 0009", "down 0009 Stopped", "up 0008"], host.Told);
    }

    [Fact]
    public void Peers_MoreThanTracked_AreIgnoredAndCounted()
    {
        var (_, _, counters) = _network.Add(A, limits: new SdLimits { MaxPeers = 2 });
        for (byte host = 10; host < 20; host++)
        {
            _network.Inject(host, null, Offer(instance: host), Endpoint(host));
        }

        Assert.Equal(8, counters[SomeIpFault.SdPeersFull]);

        // One that was silent for long gives up its place.
        _network.Pass(TimeSpan.FromMinutes(6).TotalMilliseconds);
        _network.Inject(20, null, Offer(instance: 20), Endpoint(20));
        Assert.Equal(8, counters[SomeIpFault.SdPeersFull]);
    }

    [Fact]
    public void RemoteServices_MoreThanTracked_AreIgnoredAndCounted()
    {
        var (client, _, counters) = _network.Add(A, limits: new SdLimits { MaxRemoteServices = 3 });
        for (ushort instance = 1; instance <= 5; instance++)
        {
            _network.Inject(9, null, Offer(instance: instance), Endpoint(9), session: instance);
        }

        Assert.Equal(3, client.RemoteServices.Count);
        Assert.Equal(2, counters[SomeIpFault.SdServicesFull]);
    }

    [Fact]
    public void Shutdown_StopsOffersAndSubscriptions()
    {
        var (engine, _, _) = _network.Add(A);
        var required = Required(service: 0x4321);
        engine.Offer(Service(), _network.Now);
        engine.Require(required, _network.Now);
        engine.Subscribe(new ClientSubscription(required, 1), _network.Now);
        _network.Inject(B, A, SdEntry.ForService(SdEntryType.Offer, 0x4321, 1, 1, 0, 3), Endpoint(B));
        _network.Pass(60);
        _network.Sent.Clear();
        engine.Shutdown(_network.Now);
        Assert.Equal([(SdEntryType.Offer, 0u), (SdEntryType.Subscribe, 0u)], _network.Sent.Select(static sent => (sent.Message.Items[0].Entry.Type, sent.Message.Items[0].Entry.Ttl)));
    }

    private static OfferedService Service(ushort instance = 1, SdTimings? timings = null)
    {
        var service = new OfferedService(timings ?? Timings) { ServiceId = 0x1234, InstanceId = instance, MajorVersion = 1, Options = Endpoint(B) };
        service.Eventgroups.Add(0x4465, new OfferedEventgroup(0x4465) { NeedsUdp = true });
        service.Eventgroups.Add(0x4466, new OfferedEventgroup(0x4466) { NeedsTcp = true });
        service.Eventgroups.Add(0x4467, new OfferedEventgroup(0x4467) { Multicast = new IPEndPoint(IPAddress.Parse("224.0.0.9"), 30600) });
        return service;
    }

    private static RequiredService Required(ushort service = 0x1234, ushort instance = 1) =>
        new(Timings) { ServiceId = service, InstanceId = instance, MajorVersion = 1 };

    private static SdEntry Offer(ushort instance = 1) => SdEntry.ForService(SdEntryType.Offer, 0x1234, instance, 1, 0, 3);

    private static SdEntry Find() => SdEntry.ForService(SdEntryType.Find, 0x1234, SdEntry.AnyInstance, SdEntry.AnyMajorVersion, SdEntry.AnyMinorVersion, 3);

    private static SdEntry Subscribe(ushort group = 0x4465) => SdEntry.ForEventgroup(SdEntryType.Subscribe, 0x1234, 1, 1, group, 3);

    private static SdOption[] Endpoint(byte host) => [SdEndpointOption.Unicast(new IPEndPoint(SdNetwork.Address(host).Address, 30509), SdTransport.Udp)];

    private int[] Times(SdEntryType type) =>
        [.. _network.Sent.Where(sent => sent.Message.Items.Any(item => item.Entry.Type == type)).Select(static sent => (int)Math.Round(sent.At.TotalMilliseconds))];

    private SdEntry[] Entries(SdEntryType type) =>
        [.. _network.Sent.SelectMany(static sent => sent.Message.Items).Select(static item => item.Entry).Where(entry => entry.Type == type)];
}
