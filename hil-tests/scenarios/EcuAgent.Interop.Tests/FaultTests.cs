using System.Globalization;
using System.Threading.Channels;

namespace EcuAgent.Interop.Tests;

/// <summary>What each side sees when the other is late, silent, wrong or gone.</summary>
public abstract class FaultTests(PeerRig rig)
{
    private const int ShortLifespanMs = 300;

    /// <summary>As many kills as <c>tools/test --long</c> asks for, at most 50.</summary>
    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("ECUAGENT_KILLS"), CultureInfo.InvariantCulture, out var wanted) ? Math.Min(wanted, 50) : 5;

    private protected abstract PeerStack Stack { get; }

    [Fact]
    public async Task PeerSilent_DeadlineMissed_IsSeenHere()
    {
        var peer = await rig.PeerAsync(Stack);
        var mark = await peer.OpenWriterAsync("VehicleSpeed");
        using var reader = ContractTopic.Named("VehicleSpeed").OpenReader(rig.Participant);
        await reader.MatchAsync();
        await peer.MatchedAsync("writer", "VehicleSpeed", 1, mark);
        await peer.WriteAsync("VehicleSpeed", ContractTopic.Named("VehicleSpeed").Sample(SampleKind.Distinct));

        await rig.WarningAsync(new(BusWarningKind.DeadlineMissed, "VehicleSpeed", "DEADLINE"));

        await peer.CloseWriterAsync("VehicleSpeed");
    }

    [Fact]
    public async Task WeAreSilent_DeadlineMissed_IsSeenByPeer()
    {
        Assert.SkipUnless(Stack.ReportsStatus, "this peer's interface has no status of deadlines");
        var peer = await rig.PeerAsync(Stack);
        var mark = await peer.OpenReaderAsync("Location");
        using var writer = ContractTopic.Named("Location").OpenWriter(rig.Participant);
        await writer.MatchAsync();
        writer.Write(SampleKind.Distinct);

        await peer.LineAsync("deadline reader Location ", mark);

        await peer.CloseReaderAsync("Location");
    }

    [Theory]
    [InlineData("durability", "volatile", "DURABILITY")]
    [InlineData("reliability", "best-effort", "RELIABILITY")]
    public async Task PeerOffersTooLittle_IncompatibleQos_IsNamedOnBothSides(string policy, string value, string name)
    {
        var peer = await rig.PeerAsync(Stack);
        using var reader = ContractTopic.Named("Gear").OpenReader(rig.Participant);
        var mark = await peer.OpenWriterAsync("Gear", Contract.QosWith("Gear", (policy, value)));

        await rig.WarningAsync(new(BusWarningKind.IncompatibleQos, "Gear", name));
        Assert.Equal(0, reader.MatchedCount);
        if (Stack.ReportsStatus)
        {
            await peer.LineAsync($"incompatible writer Gear {name}", mark);
        }

        await peer.CloseWriterAsync("Gear");
    }

    [Fact]
    public async Task PeerAsksTooMuch_IncompatibleQos_IsNamedOnBothSides()
    {
        var peer = await rig.PeerAsync(Stack);
        using var writer = ContractTopic.Named("HvacCommand").OpenWriter(rig.Participant);
        var mark = await peer.OpenReaderAsync("HvacCommand", Contract.QosWith("HvacCommand", ("durability", "transient-local")));

        await rig.WarningAsync(new(BusWarningKind.IncompatibleQos, "HvacCommand", "DURABILITY"));
        if (Stack.ReportsStatus)
        {
            await peer.LineAsync("incompatible reader HvacCommand DURABILITY", mark);
        }

        await peer.CloseReaderAsync("HvacCommand");
    }

    [Fact]
    public async Task PeerWritesUnknownEnum_SampleIsDroppedAndCounted_NextComes()
    {
        Assert.SkipUnless(Stack.CanSendUnknownEnums, "this stack refuses to write a number that the enum does not have");
        var peer = await rig.PeerAsync(Stack);
        var topic = ContractTopic.Named("PowerMode");
        var mark = await peer.OpenWriterAsync("PowerMode");
        using var reader = topic.OpenReader(rig.Participant);
        await reader.MatchAsync();
        await peer.MatchedAsync("writer", "PowerMode", 1, mark);
        var dropped = DdsLibrary.MalformedDropped;
        var odd = topic.Sample(SampleKind.Distinct);
        odd["mode"] = 99;

        await peer.WriteAsync("PowerMode", odd);
        await peer.WriteAsync("PowerMode", topic.Sample(SampleKind.Extreme));

        Assert.Empty(SampleJson.Differences(topic.Sample(SampleKind.Extreme), await reader.NextAsync()));
        Assert.True(DdsLibrary.MalformedDropped > dropped);
        await peer.CloseWriterAsync("PowerMode");
    }

    [Fact]
    public async Task PeersSample_OlderThanItsLifespan_IsNotTakenHere()
    {
        var peer = await rig.PeerAsync(Stack);
        var topic = ContractTopic.Named("Energy");
        var mark = await peer.OpenWriterAsync("Energy", Contract.QosWith("Energy", ("lifespanMs", ShortLifespanMs)));
        await peer.WriteAsync("Energy", topic.Sample(SampleKind.Distinct));
        await Expired();

        using var reader = topic.OpenReader(rig.Participant);
        await peer.MatchedAsync("writer", "Energy", 1, mark);
        await peer.WriteAsync("Energy", topic.Sample(SampleKind.Extreme));

        Assert.Empty(SampleJson.Differences(topic.Sample(SampleKind.Extreme), await reader.NextAsync()));
        await peer.CloseWriterAsync("Energy");
    }

    [Fact]
    public async Task OurSample_OlderThanItsLifespan_IsNotTakenByPeer()
    {
        var peer = await rig.PeerAsync(Stack);
        var participant = rig.Participant.Participant;
        var topic = participant.CreateTopic<V1.PlaceQuery>("PlaceQuery", TopicTable.Qos("PlaceQuery"));
        using var writer = participant.CreateWriter(
            topic, TopicTable.Qos("PlaceQuery") with { Lifespan = TimeSpan.FromMilliseconds(ShortLifespanMs) });
        var mark = await peer.OpenReaderAsync("PlaceQuery", Contract.QosWith("PlaceQuery", ("lifespanMs", ShortLifespanMs), ("hold", true)));
        await writer.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        await peer.MatchedAsync("reader", "PlaceQuery", 1, mark);
        writer.Write(SampleMaker.Make<V1.PlaceQuery>(SampleKind.Distinct));
        Assert.True(writer.WaitForAcknowledgments(Domains.Watchdog));

        await Expired();

        Assert.Equal(0, await peer.TakeAsync("PlaceQuery"));
        await peer.CloseReaderAsync("PlaceQuery");
    }

    [Fact]
    public async Task WeDisposeAndLeave_IsSeenByPeerAtOnce()
    {
        var peer = await rig.PeerAsync(Stack);
        var mark = await peer.OpenReaderAsync("GateStatus");
        var sample = SampleMaker.Make<V1.GateStatus>(SampleKind.Distinct);
        using (var writer = rig.Participant.OpenWriter<V1.GateStatus>())
        {
            writer.Write(in sample);
            Assert.Empty(SampleJson.Differences(SampleJson.Of(sample), await peer.SampleAsync("GateStatus", _ => true, mark)));
            writer.DisposeInstance(in sample);
            await peer.LineAsync("gone GateStatus disposed", mark);
        }

        await peer.MatchedAsync("reader", "GateStatus", 0, mark);
        await peer.CloseReaderAsync("GateStatus");
    }

    [Fact]
    public async Task PeerKilled_AgainAndAgain_IsMissedAndFoundEachTime()
    {
        var lost = Channel.CreateUnbounded<DdsLivelinessChanged>();
        var participant = rig.Participant.Participant;
        var numbers = Channel.CreateUnbounded<uint>();
        using var reader = participant.CreateReader(
            participant.CreateTopic<V1.Gear>("Gear", TopicTable.Qos("Gear")),
            handlers: new DdsReaderHandlers { LivelinessChanged = s => lost.Writer.TryWrite(s) },
            onDataAvailable: reader =>
            {
                while (reader.TryTake(out var gear, out var info))
                {
                    _ = !info.ValidData || numbers.Writer.TryWrite(gear.SequenceNumber);
                }
            });
        using var commands = ContractTopic.Named("HvacCommand").OpenWriter(rig.Participant);
        var command = ContractTopic.Named("HvacCommand").Sample(SampleKind.Distinct);

        for (var kill = 1; kill <= Kills; kill++)
        {
            await using var peer = await rig.StartAsync(Stack);
            await peer.OpenWriterAsync("Gear");
            var sample = ContractTopic.Named("Gear").Sample(SampleKind.Distinct);
            sample["sequence_number"] = kill;
            await peer.WriteAsync("Gear", sample);
            var alive = await NextAsync(lost, s => s.AliveCountChange > 0);
            Assert.Equal(1u, alive.AliveCount);

            var mark = await peer.OpenReaderAsync("HvacCommand");
            await commands.MatchAsync();
            await peer.MatchedAsync("reader", "HvacCommand", 1, mark);
            commands.Write(SampleKind.Distinct);
            Assert.Empty(SampleJson.Differences(command, await peer.SampleAsync("HvacCommand", _ => true, mark)));
            Assert.Equal((uint)kill, await NextAsync(numbers, _ => true));

            await peer.KillAsync();
            Assert.Equal(0u, (await NextAsync(lost, s => s.AliveCountChange < 0)).AliveCount);
        }
    }

    private static async Task<T> NextAsync<T>(Channel<T> channel, Func<T, bool> match)
    {
        using var watchdog = new CancellationTokenSource(Domains.Watchdog);
        await foreach (var status in channel.Reader.ReadAllAsync(watchdog.Token))
        {
            if (match(status))
            {
                return status;
            }
        }

        throw new InvalidOperationException("the channel never ends");
    }

    /// <summary>Here time itself is what is tested: nothing tells that a life span is over.</summary>
    private static Task Expired() => Task.Delay(2 * ShortLifespanMs);
}
