using EcuAgent.CycloneDds.Peer;
using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

public sealed class QosTests
{
    public static TheoryData<string, DdsQos, DdsQos> Incompatible => new()
    {
        { "RELIABILITY", new DdsQos { Reliability = DdsReliability.BestEffort }, new DdsQos { Reliability = DdsReliability.Reliable } },
        { "DURABILITY", DdsQos.ReliableLatest, DdsQos.ReliableLatestTransientLocal },
        { "DEADLINE", new DdsQos { Deadline = TimeSpan.FromSeconds(2) }, new DdsQos { Deadline = TimeSpan.FromSeconds(1) } },
        {
            "LIVELINESS",
            new DdsQos { Liveliness = DdsLiveliness.Automatic, LivelinessLease = TimeSpan.FromSeconds(2) },
            new DdsQos { Liveliness = DdsLiveliness.Automatic, LivelinessLease = TimeSpan.FromSeconds(1) }
        },
        { "OWNERSHIP", new DdsQos { Ownership = DdsOwnership.Shared }, new DdsQos { Ownership = DdsOwnership.Exclusive } },
        {
            "DESTINATION_ORDER",
            new DdsQos { DestinationOrder = DdsDestinationOrder.ByReceptionTimestamp },
            new DdsQos { DestinationOrder = DdsDestinationOrder.BySourceTimestamp }
        },
    };

    [Theory]
    [MemberData(nameof(Incompatible))]
    public async Task ReaderAsksForMore_BothSides_AreToldThePolicy(string policy, DdsQos offered, DdsQos requested)
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic);
        var writerTold = new Signal<DdsIncompatibleQos>();
        var readerTold = new Signal<DdsIncompatibleQos>();
        using var writer = participant.CreateWriter(topic, offered, new() { IncompatibleQos = writerTold.Raise });
        using var reader = participant.CreateReader(topic, requested, new() { IncompatibleQos = readerTold.Raise });
        Assert.Equal(policy, (await writerTold.FirstAsync()).Policy);
        Assert.Equal(policy, (await readerTold.FirstAsync()).Policy);
        Assert.Equal(0, reader.MatchedCount);
    }

    [Theory]
    [InlineData(1, new uint[] { 5 })]
    [InlineData(3, new uint[] { 3, 4, 5 })]
    public async Task TransientLocal_LateReader_GetsWhatTheHistoryHolds(int depth, uint[] expected)
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatestTransientLocal with { HistoryDepth = depth });
        using var writer = participant.CreateWriter(topic);
        for (uint i = 1; i <= 5; i++)
        {
            writer.Write(Samples.Make(i));
        }

        using var late = participant.CreateReader(topic);
        await late.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        Assert.Equal(expected, Samples.TakeAll(late).Select(sample => sample.Number));
    }

    [Fact]
    public async Task Volatile_LateReader_GetsNothingOld()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var writer = participant.CreateWriter(topic);
        writer.Write(Samples.Make(1));
        using var late = participant.CreateReader(topic);
        await late.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        writer.Write(Samples.Make(2));
        Assert.Equal(2u, Assert.Single(Samples.TakeAll(late)).Number);
    }

    [Fact]
    public async Task TransientLocal_LateReaderInAnotherProcess_IsServed()
    {
        var options = Domains.NextOptions();
        using var peer = await PeerProcess.StartAsync(options.DomainId, "writer", Samples.Topic);
        using var participant = DdsParticipant.Create(options);
        var taken = new Signal<Sample>();
        using var late = participant.CreateReader(
            participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatestTransientLocal),
            onDataAvailable: reader =>
            {
                while (reader.TryTake(out var sample, out _))
                {
                    taken.Raise(sample);
                }
            });
        Assert.Equal("peer", (await taken.FirstAsync()).Source.ToString());
    }

    [Fact]
    public async Task Deadline_NoSecondSample_BothSidesAreTold()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest with { Deadline = TimeSpan.FromMilliseconds(50) });
        var offered = new Signal<DdsDeadlineMissed>();
        var requested = new Signal<DdsDeadlineMissed>();
        using var writer = participant.CreateWriter(topic, handlers: new() { DeadlineMissed = offered.Raise });
        using var reader = participant.CreateReader(topic, handlers: new() { DeadlineMissed = requested.Raise });
        writer.Write(Samples.Make(1));
        Assert.True((await offered.FirstAsync()).TotalCount >= 1);
        var missed = await requested.FirstAsync();
        Assert.True(reader.DeadlinesMissed >= 1);
        Assert.True(reader.TryTake(out _, out var info));
        Assert.Equal(info.InstanceHandle, missed.InstanceHandle);
    }

    [Fact]
    public async Task Lifespan_Passed_SampleLeavesReaderAndWriter()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatestTransientLocal);
        var clock = new Signal<DdsDeadlineMissed>();

        // The missed deadline is the clock: it comes well after the life span has ended, by the same native clock.
        using var writer = participant.CreateWriter(
            topic,
            DdsQos.ReliableLatestTransientLocal with { Lifespan = TimeSpan.FromMilliseconds(100), Deadline = TimeSpan.FromMilliseconds(400) },
            new() { DeadlineMissed = clock.Raise });
        using var reader = participant.CreateReader(topic);
        writer.Write(Samples.Make(1));
        Assert.Equal(1, reader.Read(new Sample[1], new DdsSampleInfo[1]));
        await clock.FirstAsync();
        Assert.Equal(0, reader.Read(new Sample[1], new DdsSampleInfo[1]));
        using var late = participant.CreateReader(topic);
        await late.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        Assert.Empty(Samples.TakeAll(late));
    }

    [Fact]
    public async Task Liveliness_ProcessKilled_ReaderIsTold()
    {
        var options = Domains.NextOptions();
        using var participant = DdsParticipant.Create(options);
        var liveliness = new Signal<DdsLivelinessChanged>();
        using var reader = participant.CreateReader(
            participant.CreateTopic<Sample>(Samples.Topic, QosProfiles.All["status"]), handlers: new() { LivelinessChanged = liveliness.Raise });
        using var peer = await PeerProcess.StartAsync(options.DomainId, "writer", Samples.Topic);
        Assert.Equal(1u, (await liveliness.FirstAsync(change => change.AliveCountChange == 1)).AliveCount);
        peer.Kill();
        var gone = await liveliness.FirstAsync(change => change.AliveCountChange == -1);
        Assert.Equal(0u, gone.AliveCount);
        Assert.Equal(1u, gone.NotAliveCount);
    }

    [Fact]
    public async Task Liveliness_ManualByTopicNotAsserted_WriterIsTold()
    {
        using var participant = Domains.NextParticipant();
        var qos = DdsQos.ReliableLatest with { Liveliness = DdsLiveliness.ManualByTopic, LivelinessLease = TimeSpan.FromMilliseconds(100) };
        var topic = participant.CreateTopic<Sample>(Samples.Topic, qos);
        var lost = new Signal<DdsCount>();
        using var writer = participant.CreateWriter(topic, handlers: new() { LivelinessLost = lost.Raise });
        writer.AssertLiveliness();
        Assert.True((await lost.FirstAsync()).TotalCount >= 1);
    }

    [Fact]
    public void KeepLast_Overflow_NewestStaysAndDdsCountsNoLoss()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest with { HistoryDepth = 2 });
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        for (uint i = 1; i <= 5; i++)
        {
            writer.Write(Samples.Make(i));
        }

        Assert.Equal([4u, 5u], Samples.TakeAll(reader).Select(sample => sample.Number));

        // Overwriting is what keep-last means; the gap shows in the application's own sequence number only.
        Assert.Equal(0u, reader.SamplesLost);
    }

    [Fact]
    public async Task KeepAllBounded_ReaderFull_RejectionIsCountedWithItsReason()
    {
        using var participant = Domains.NextParticipant();
        var qos = new DdsQos { Reliability = DdsReliability.BestEffort, History = DdsHistory.KeepAll, ResourceLimits = new(2, -1, -1) };
        var topic = participant.CreateTopic<Sample>(Samples.Topic, qos);
        var rejected = new Signal<DdsSampleRejected>();
        using var reader = participant.CreateReader(topic, handlers: new() { SampleRejected = rejected.Raise });
        using var writer = participant.CreateWriter(topic);
        for (uint i = 1; i <= 5; i++)
        {
            writer.Write(Samples.Make(i));
        }

        Assert.Equal(3u, reader.SamplesRejected);
        Assert.Equal(3, rejected.Count);
        Assert.Equal(DdsRejectedReason.SamplesLimit, (await rejected.FirstAsync()).Reason);
        Assert.Equal([1u, 2u], Samples.TakeAll(reader).Select(sample => sample.Number));
    }

    [Fact]
    public void KeepAllBounded_ReliableReaderFull_WriteTimesOutAsValueAndAsException()
    {
        using var participant = Domains.NextParticipant();
        var qos = new DdsQos
        {
            Reliability = DdsReliability.Reliable,
            MaxBlockingTime = TimeSpan.FromMilliseconds(20),
            History = DdsHistory.KeepAll,
            ResourceLimits = new(1, -1, -1),
        };
        var topic = participant.CreateTopic<Sample>(Samples.Topic, qos);
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        Assert.Equal(DdsReturnCode.Ok, writer.TryWrite(Samples.Make(1)));
        Assert.Equal(DdsReturnCode.Timeout, writer.TryWrite(Samples.Make(2)));
        var exception = Assert.Throws<DdsException>(() => writer.Write(Samples.Make(2)));
        Assert.Equal(DdsReturnCode.Timeout, exception.ReturnCode);
        Assert.Equal("dds_write", exception.Operation);
        Assert.Single(Samples.TakeAll(reader));
        Assert.Equal(DdsReturnCode.Ok, writer.TryWrite(Samples.Make(3)));
    }

    [Fact]
    public void ExclusiveOwnership_TwoWriters_OnlyTheStrongerIsTaken()
    {
        using var participant = Domains.NextParticipant();
        var qos = DdsQos.ReliableLatest with { Ownership = DdsOwnership.Exclusive, HistoryDepth = 8 };
        var topic = participant.CreateTopic<Sample>(Samples.Topic, qos);
        using var reader = participant.CreateReader(topic);
        using var weak = participant.CreateWriter(topic, qos with { OwnershipStrength = 1 });
        using var strong = participant.CreateWriter(topic, qos with { OwnershipStrength = 9 });
        strong.Write(Samples.Make(1));
        weak.Write(Samples.Make(2));
        Assert.Equal(1u, Assert.Single(Samples.TakeAll(reader)).Number);
    }

    [Fact]
    public void Partitions_Different_DoNotMatch()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var left = participant.CreateReader(topic, DdsQos.ReliableLatest with { Partitions = ["left", "both"] });
        using var right = participant.CreateReader(topic, DdsQos.ReliableLatest with { Partitions = ["right", "both"] });
        using var writer = participant.CreateWriter(topic, DdsQos.ReliableLatest with { Partitions = ["right"] });
        writer.Write(Samples.Make(1));
        Assert.Empty(Samples.TakeAll(left));
        Assert.Single(Samples.TakeAll(right));
    }

    [Fact]
    public void Qos_Contradiction_ThrowsNamingOperationAndTopic()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic);
        var exception = Assert.Throws<DdsException>(() => participant.CreateReader(
            topic, new DdsQos { History = DdsHistory.KeepLast, HistoryDepth = 9, ResourceLimits = new(2, 2, 2) }));
        Assert.Equal(DdsReturnCode.InconsistentPolicy, exception.ReturnCode);
        Assert.Contains("dds_create_reader failed for reader of Sample", exception.Message);
    }

    [Fact]
    public void Qos_DepthZeroOrNegativeTime_IsRefusedByName()
    {
        using var participant = Domains.NextParticipant();
        Assert.Equal("HistoryDepth", Assert.Throws<ArgumentOutOfRangeException>(() => participant.CreateTopic<Sample>("a", new DdsQos { HistoryDepth = 0 })).ParamName);
        Assert.Equal("Deadline", Assert.Throws<ArgumentOutOfRangeException>(() => participant.CreateTopic<Sample>("a", new DdsQos { Deadline = TimeSpan.FromSeconds(-2) })).ParamName);
    }

    [Fact]
    public void Nanoseconds_InfiniteAndHuge_BecomeDdsInfinity()
    {
        Assert.Equal(long.MaxValue, NativeQos.Nanoseconds(Timeout.InfiniteTimeSpan, "x"));
        Assert.Equal(long.MaxValue, NativeQos.Nanoseconds(TimeSpan.MaxValue, "x"));
        Assert.Equal(1_500_000, NativeQos.Nanoseconds(TimeSpan.FromMilliseconds(1.5), "x"));
    }

    [Fact]
    public void PolicyNames_OfCyclonesIds_AreThoseOfTheSpecification()
    {
        Assert.Equal("DURABILITY", DdsPolicyName.Of(2));
        Assert.Equal("RELIABILITY", DdsPolicyName.Of(11));
        Assert.Equal("LIFESPAN", DdsPolicyName.Of(21));
        Assert.Equal("DATA_REPRESENTATION", DdsPolicyName.Of(25));
        Assert.Equal("POLICY_99", DdsPolicyName.Of(99));
    }
}
