using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

public sealed class CallbackTests
{
    [Fact]
    public async Task Handler_Throws_IsCountedAndLoggedAndTheReaderGoesOn()
    {
        var log = new Signal<string>();
        using var participant = DdsParticipant.Create(Domains.NextOptions(), new SignalLogger(log));
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        var calls = 0;
        using var reader = participant.CreateReader(
            topic,
            handlers: new() { Matched = _ => throw new InvalidOperationException("matched") },
            onDataAvailable: reader =>
            {
                calls++;
                reader.TryTake(out _, out _);
                throw new InvalidOperationException("data");
            });
        using var writer = participant.CreateWriter(topic);
        writer.Write(Samples.Make(1));
        writer.Write(Samples.Make(2));
        Assert.Equal(2, calls);
        Assert.Equal(3, reader.CallbackFaults);
        Assert.Equal(1, reader.MatchedCount);
        await log.FirstAsync(line => line == "reader of Sample: handler of data available failed");
    }

    [Fact]
    public async Task Reader_MadeWhereSamplesWait_HandlerIsCalledForThem()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatestTransientLocal);
        using var writer = participant.CreateWriter(topic);
        writer.Write(Samples.Make(8));
        var taken = new Signal<Sample>();
        using var reader = participant.CreateReader(topic, onDataAvailable: reader =>
        {
            while (reader.TryTake(out var sample, out _))
            {
                taken.Raise(sample);
            }
        });
        Assert.Equal(8u, (await taken.FirstAsync()).Number);
        Assert.Equal(0, reader.CallbackFaults);
    }

    [Fact]
    public async Task Matched_ReaderComesAndGoes_CountsFollow()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var writer = participant.CreateWriter(topic);
        Assert.Equal(0, writer.MatchedCount);
        var reader = participant.CreateReader(topic);
        await writer.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        Assert.Equal(1, reader.MatchedCount);
        reader.Dispose();
        Assert.Equal(0, writer.MatchedCount);
        using var stop = new CancellationTokenSource();
        var never = writer.WaitForMatchAsync(2, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => never);
    }

    [Fact]
    public async Task WaitForAcknowledgments_PeerTakesAll_IsTrue()
    {
        var options = Domains.NextOptions();
        using var participant = DdsParticipant.Create(options);
        using var writer = participant.CreateWriter(participant.CreateTopic<Sample>(Samples.Topic, Peer.QosProfiles.All["outcome"]));
        using var peer = await PeerProcess.StartAsync(options.DomainId, "echo", Samples.Topic, "outcome");
        await writer.WaitForMatchAsync().WaitAsync(Domains.Watchdog);
        writer.Write(Samples.Make(1));
        Assert.True(writer.WaitForAcknowledgments(TimeSpan.FromSeconds(10)));
    }
}
