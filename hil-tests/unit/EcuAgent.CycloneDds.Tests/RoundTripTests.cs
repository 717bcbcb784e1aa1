using EcuAgent.CycloneDds.Peer;
using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

public sealed class RoundTripTests
{
    public static TheoryData<string> Profiles => [.. QosProfiles.All.Keys];

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task TwoProcesses_EveryQosOfTheContract_SampleComesBack(string profile)
    {
        var qos = QosProfiles.All[profile];
        var options = Domains.NextOptions();
        using var participant = DdsParticipant.Create(options);
        var back = new Signal<(Sample Sample, DdsSampleInfo Info)>();
        var writer = participant.CreateWriter(participant.CreateTopic<Sample>(Samples.Topic, qos));
        var reader = participant.CreateReader(participant.CreateTopic<Sample>(Samples.Topic + "_back", qos), onDataAvailable: reader =>
        {
            while (reader.TryTake(out var sample, out var info))
            {
                back.Raise((sample, info));
            }
        });

        using var peer = await PeerProcess.StartAsync(options.DomainId, "echo", Samples.Topic, profile);
        await writer.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        await reader.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        var sent = Samples.Make(41, "käse-源");
        sent.Text = BoundedString31.From("thirty-one bytes are the limit!");
        const long Stamp = 1_700_000_000_123_456_789;
        writer.WriteWithTimestamp(in sent, Stamp);

        var (sample, info) = await back.FirstAsync();
        Assert.True(info.ValidData);
        Assert.Equal(DdsInstanceState.Alive, info.InstanceState);
        Assert.NotEqual(0UL, info.PublicationHandle);
        Assert.Equal(42u, sample.Number);
        sent.Number = 42;
        Assert.Equal(sent.Source, sample.Source);
        Assert.Equal(sent.Text, sample.Text);
        Assert.Equal((sent.Mode, sent.Value), (sample.Mode, sample.Value));
    }

    [Fact]
    public void WriteWithTimestamp_Taken_TimestampIsKept()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        writer.WriteWithTimestamp(Samples.Make(1), 1_700_000_000_123_456_789);
        Assert.True(reader.TryTake(out _, out var info));
        Assert.Equal(1_700_000_000_123_456_789, info.SourceTimestampNanoseconds);
    }

    [Fact]
    public void Take_MoreThanOneBatch_AllComeInOrder()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest with { HistoryDepth = 300 });
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        for (uint i = 0; i < 300; i++)
        {
            writer.Write(Samples.Make(i));
        }

        var buffer = new Sample[300];
        Assert.Equal(300, reader.Read(buffer, new DdsSampleInfo[300]));
        Assert.Equal(7, reader.Take(buffer.AsSpan(0, 7), new DdsSampleInfo[9]));
        Assert.Equal(Enumerable.Range(7, 293).Select(i => (uint)i), Samples.TakeAll(reader).Select(sample => sample.Number));
    }

    [Fact]
    public void DisposeInstance_Taken_KeyAndStateAreVisibleWithoutData()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        writer.Write(Samples.Make(1, "left"));
        Assert.Single(Samples.TakeAll(reader));
        writer.DisposeInstance(Samples.Make(0, "left"));
        Assert.True(reader.TryTake(out var sample, out var info));
        Assert.False(info.ValidData);
        Assert.Equal(DdsInstanceState.NotAliveDisposed, info.InstanceState);
        Assert.Equal("left", sample.Source.ToString());
    }

    [Theory]
    [InlineData(null, DdsInstanceState.NotAliveDisposed)]
    [InlineData(false, DdsInstanceState.NotAliveNoWriters)]
    public void WriterDisposed_ReaderTakes_InstanceIsNotAlive(bool? autoDispose, DdsInstanceState expected)
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var reader = participant.CreateReader(topic);
        var writer = participant.CreateWriter(topic, DdsQos.ReliableLatest with { AutoDisposeInstances = autoDispose });
        writer.Write(Samples.Make(1));
        Assert.Single(Samples.TakeAll(reader));
        writer.Dispose();
        Assert.True(reader.TryTake(out _, out var info));
        Assert.False(info.ValidData);
        Assert.Equal(expected, info.InstanceState);
    }
}
