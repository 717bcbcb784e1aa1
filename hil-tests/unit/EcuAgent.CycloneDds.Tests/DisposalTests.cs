using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

public sealed class DisposalTests
{
    public static TheoryData<int[]> Orders => [.. Permutations([0, 1, 2, 3, 4]).Where((_, index) => index % 5 == 0)];

    [Theory]
    [MemberData(nameof(Orders))]
    public void AnyOrder_Twice_LeavesTheDomainFree(int[] order)
    {
        var options = Domains.NextOptions();
        var participant = DdsParticipant.Create(options);
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatestTransientLocal);
        var reader = participant.CreateReader(topic, onDataAvailable: static reader => reader.TryTake(out _, out _));
        var writer = participant.CreateWriter(topic);
        var waitSet = participant.CreateWaitSet();
        waitSet.Attach(reader, 1);
        writer.Write(Samples.Make(1));
        DdsEntity[] entities = [participant, topic, reader, writer, waitSet];
        foreach (var index in order)
        {
            entities[index].Dispose();
            entities[index].Dispose();
        }

        Assert.All(entities, entity => Assert.True(entity.IsDisposed));
        Assert.Throws<ObjectDisposedException>(() => writer.Write(Samples.Make(2)));
        Assert.Throws<ObjectDisposedException>(() => reader.TryTake(out _, out _));
        Assert.Throws<ObjectDisposedException>(() => participant.CreateTopic<Sample>("x"));
        Assert.Equal(DdsWaitOutcome.Disposed, waitSet.Wait(TimeSpan.Zero, [], out _));

        // Other options on the same domain are only possible when nothing of the first use is left.
        using var fresh = DdsParticipant.Create(options with { MaxParticipantIndex = 5 });
    }

    [Fact]
    public void Topic_DisposedFirst_ReaderAndWriterGoOn()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        topic.Dispose();
        writer.Write(Samples.Make(3));
        Assert.Equal(3u, Assert.Single(Samples.TakeAll(reader)).Number);
    }

    [Fact]
    public async Task ManyThreads_DisposeWhileWritingAndTaking_NothingBreaks()
    {
        for (var round = 0; round < 10; round++)
        {
            var participant = Domains.NextParticipant();
            var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
            var taken = new Signal<bool>();
            var reader = participant.CreateReader(topic, onDataAvailable: reader =>
            {
                while (reader.TryTake(out _, out _))
                {
                }

                taken.Raise(true);
            });
            var writer = participant.CreateWriter(topic);
            var writing = Task.Run(() =>
            {
                try
                {
                    for (uint i = 0; ; i++)
                    {
                        writer.Write(Samples.Make(i));
                    }
                }
                catch (ObjectDisposedException)
                {
                }
            });
            await taken.FirstAsync();
            await Task.WhenAll(
                Task.Run(reader.Dispose), Task.Run(participant.Dispose), Task.Run(writer.Dispose), Task.Run(topic.Dispose), Task.Run(participant.Dispose), writing)
                .WaitAsync(Domains.Watchdog);
        }
    }

    [Theory]
    [InlineData("reader")]
    [InlineData("writer")]
    [InlineData("topic")]
    [InlineData("participant")]
    public async Task InDataHandler_AnyEntity_IsDisposedWithoutHanging(string which)
    {
        var options = Domains.NextOptions();
        var participant = DdsParticipant.Create(options);
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        var writer = participant.CreateWriter(topic);
        var done = new Signal<string>();
        var reader = participant.CreateReader(topic, onDataAvailable: reader =>
        {
            DdsEntity entity = which switch { "reader" => reader, "writer" => writer, "topic" => topic, _ => participant };
            entity.Dispose();
            done.Raise(which);
        });
        await Task.Run(() => writer.Write(Samples.Make(1))).WaitAsync(Domains.Watchdog);
        await done.FirstAsync();
        await Task.Run(participant.Dispose).WaitAsync(Domains.Watchdog);
        Assert.True(reader.IsDisposed);
        Assert.Equal(0, reader.CallbackFaults);
    }

    [Fact]
    public async Task InMatchedHandler_OfTheWriter_ReaderIsDisposedWithoutHanging()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        var reader = participant.CreateReader(topic);
        var unmatched = new Signal<DdsMatched>();
        using var writer = participant.CreateWriter(topic, handlers: new()
        {
            Matched = match =>
            {
                reader.Dispose();
                unmatched.Raise(match);
            },
        });
        Assert.Equal(0u, (await unmatched.FirstAsync(match => match.CurrentCountChange == -1)).CurrentCount);
    }

    [Fact]
    public async Task WaitSet_DisposedWhileAThreadWaits_WaitReturnsDisposed()
    {
        using var participant = Domains.NextParticipant();
        var waitSet = participant.CreateWaitSet();
        var outcome = new TaskCompletionSource<DdsWaitOutcome>();
        var started = new TaskCompletionSource();
        var thread = new Thread(() =>
        {
            started.SetResult();
            outcome.SetResult(waitSet.Wait(Timeout.InfiniteTimeSpan, [], out _));
        });
        thread.Start();
        await started.Task;
        waitSet.Dispose();
        Assert.Equal(DdsWaitOutcome.Disposed, await outcome.Task.WaitAsync(Domains.Watchdog));
    }

    [Fact]
    public void Participants_OneDomain_SecondSurvivesTheFirst()
    {
        var options = Domains.NextOptions();
        var first = DdsParticipant.Create(options);
        using var second = DdsParticipant.Create(options with { Name = "second" });
        first.Dispose();
        var topic = second.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var reader = second.CreateReader(topic);
        using var writer = second.CreateWriter(topic);
        writer.Write(Samples.Make(1));
        Assert.Single(Samples.TakeAll(reader));
    }

    private static IEnumerable<int[]> Permutations(int[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany(first => Permutations([.. items.Where(item => item != first)]).Select(rest => (int[])[first, .. rest]));
}
