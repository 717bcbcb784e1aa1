using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

public sealed class AllocationTests
{
    private const int Rounds = 1000;

    [Fact]
    public void WriteAndTryTake_ThousandSamples_AllocateNothing()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        var sample = Samples.Make(1);
        Assert.Equal(0, AllocatedBy(() =>
        {
            writer.Write(in sample);
            if (!reader.TryTake(out _, out _))
            {
                throw new InvalidOperationException("the sample did not arrive");
            }
        }));
    }

    [Fact]
    public void WaitAndTakeBatch_ThousandRounds_AllocateNothing()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest with { HistoryDepth = 4 });
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        using var waitSet = participant.CreateWaitSet();
        waitSet.Attach(reader, 5);
        var sample = Samples.Make(1);
        var samples = new Sample[8];
        var infos = new DdsSampleInfo[8];
        var tokens = new int[2];
        Assert.Equal(0, AllocatedBy(() =>
        {
            writer.Write(in sample);
            writer.WriteWithTimestamp(in sample, 5);
            if (waitSet.Wait(TimeSpan.FromSeconds(10), tokens, out var count) != DdsWaitOutcome.Ready || count != 1 || reader.Take(samples, infos) != 2)
            {
                throw new InvalidOperationException("the samples did not arrive");
            }
        }));
    }

    [Fact]
    public void DataAvailableHandler_ThousandSamples_AllocateNothing()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        var seen = 0;

        // Local delivery calls the handler on the writing thread, so its allocations would show.
        using var reader = participant.CreateReader(topic, onDataAvailable: reader =>
        {
            while (reader.TryTake(out _, out _))
            {
                seen++;
            }
        });
        using var writer = participant.CreateWriter(topic);
        var sample = Samples.Make(1);
        Assert.Equal(0, AllocatedBy(() => writer.Write(in sample)));
        Assert.Equal(2 * Rounds, seen);
    }

    private static long AllocatedBy(Action action)
    {
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Rounds; i++)
        {
            action();
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
