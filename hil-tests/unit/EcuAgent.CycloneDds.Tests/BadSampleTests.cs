using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

[Collection("process-wide counters")]
public sealed class BadSampleTests
{
    [Theory]
    [InlineData("enum")]
    [InlineData("text")]
    public async Task Wire_SampleThatDoesNotFit_IsDroppedAndCountedAndTheNextOneComes(string kind)
    {
        var options = Domains.NextOptions();
        using var participant = DdsParticipant.Create(options);
        var before = DdsLibrary.MalformedDropped;
        var taken = new Signal<Sample>();
        using var reader = participant.CreateReader(
            participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest with { HistoryDepth = 8 }),
            onDataAvailable: reader =>
            {
                while (reader.TryTake(out var sample, out var info))
                {
                    if (info.ValidData)
                    {
                        taken.Raise(sample);
                    }
                }
            });
        using var peer = await PeerProcess.StartAsync(options.DomainId, "wrong", Samples.Topic, kind);
        Assert.Equal(99u, (await taken.FirstAsync()).Number);
        Assert.Equal(1, taken.Count);
        Assert.Equal(before + 1, DdsLibrary.MalformedDropped);
    }

    [Fact]
    public async Task Wire_NaN_ArrivesAsNaN()
    {
        var options = Domains.NextOptions();
        using var participant = DdsParticipant.Create(options);
        var taken = new Signal<Sample>();
        using var reader = participant.CreateReader(
            participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest with { HistoryDepth = 8 }),
            onDataAvailable: reader =>
            {
                while (reader.TryTake(out var sample, out _))
                {
                    taken.Raise(sample);
                }
            });
        using var peer = await PeerProcess.StartAsync(options.DomainId, "wrong", Samples.Topic, "nan");
        Assert.True(double.IsNaN((await taken.FirstAsync(sample => sample.Number == 1)).Value));
    }

    [Fact]
    public async Task Wire_TruncatedSample_IsDroppedAndCounted()
    {
        var options = Domains.NextOptions();
        var log = new Signal<string>();
        using var participant = DdsParticipant.Create(options, new SignalLogger(log));
        var before = DdsLibrary.MalformedDropped;
        using var reader = participant.CreateReader(participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest with { HistoryDepth = 8 }));
        using var peer = await PeerProcess.StartAsync(options.DomainId, "wrong", Samples.Topic, "short");
        await log.FirstAsync(line => line.Contains("deserialization", StringComparison.Ordinal));
        Assert.Equal(before + 1, DdsLibrary.MalformedDropped);
        Assert.Empty(Samples.TakeAll(reader));
    }

    [Fact]
    public void Write_EnumOutOfRange_IsRefused()
    {
        using var participant = Domains.NextParticipant();
        using var writer = participant.CreateWriter(participant.CreateTopic<Sample>(Samples.Topic));
        var sample = Samples.Make(1);
        sample.Mode = (Mode)77;
        Assert.Equal(DdsReturnCode.BadParameter, writer.TryWrite(in sample));
    }
}
