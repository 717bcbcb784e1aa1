using EcuAgent.CycloneDds.Peer.Contract;

namespace EcuAgent.CycloneDds.Tests;

public sealed class WaitSetTests
{
    [Fact]
    public void Wait_TwoReadersOneHasData_ItsTokenIsReportedUntilItIsTaken()
    {
        using var participant = Domains.NextParticipant();
        var left = participant.CreateTopic<Sample>("left", DdsQos.ReliableLatest);
        var right = participant.CreateTopic<Sample>("right", DdsQos.ReliableLatest);
        using var leftReader = participant.CreateReader(left);
        using var rightReader = participant.CreateReader(right);
        using var writer = participant.CreateWriter(right);
        using var waitSet = participant.CreateWaitSet();
        waitSet.Attach(leftReader, 3);
        waitSet.Attach(rightReader, 4);
        var tokens = new int[4];
        Assert.Equal(DdsWaitOutcome.TimedOut, waitSet.Wait(TimeSpan.Zero, tokens, out var count));
        Assert.Equal(0, count);

        writer.Write(Samples.Make(1));
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(DdsWaitOutcome.Ready, waitSet.Wait(Domains.Watchdog, tokens, out count));
            Assert.Equal((1, 4), (count, tokens[0]));
        }

        Assert.Single(Samples.TakeAll(rightReader));
        Assert.Equal(DdsWaitOutcome.TimedOut, waitSet.Wait(TimeSpan.Zero, tokens, out _));
    }

    [Fact]
    public void Wake_BeforeWait_EndsExactlyOneWait()
    {
        using var participant = Domains.NextParticipant();
        using var waitSet = participant.CreateWaitSet();
        waitSet.Wake();
        waitSet.Wake();
        Assert.Equal(DdsWaitOutcome.Woken, waitSet.Wait(Domains.Watchdog, [], out _));
        Assert.Equal(DdsWaitOutcome.TimedOut, waitSet.Wait(TimeSpan.Zero, [], out _));
    }

    [Fact]
    public void Wake_WithDataWaiting_TokensAreReportedToo()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        using var waitSet = participant.CreateWaitSet();
        waitSet.Attach(reader, 9);
        writer.Write(Samples.Make(1));
        waitSet.Wake();
        var tokens = new int[1];
        Assert.Equal(DdsWaitOutcome.Woken, waitSet.Wait(Domains.Watchdog, tokens, out var count));
        Assert.Equal((1, 9), (count, tokens[0]));
    }

    [Fact]
    public void Attach_TwiceOrTooMany_IsRefused()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var waitSet = participant.CreateWaitSet();
        var reader = participant.CreateReader(topic);
        waitSet.Attach(reader, 0);
        Assert.Throws<InvalidOperationException>(() => waitSet.Attach(reader, 0));
        for (var i = 1; i < DdsWaitSet.MaxReaders; i++)
        {
            waitSet.Attach(participant.CreateReader(topic), i);
        }

        var one = participant.CreateReader(topic);
        Assert.Throws<InvalidOperationException>(() => waitSet.Attach(one, 63));
        reader.Dispose();
        waitSet.Attach(one, 63);
    }

    [Fact]
    public void Detach_Reader_IsNoLongerReported()
    {
        using var participant = Domains.NextParticipant();
        var topic = participant.CreateTopic<Sample>(Samples.Topic, DdsQos.ReliableLatest);
        using var reader = participant.CreateReader(topic);
        using var writer = participant.CreateWriter(topic);
        using var waitSet = participant.CreateWaitSet();
        waitSet.Attach(reader, 1);
        writer.Write(Samples.Make(1));
        waitSet.Detach(reader);
        waitSet.Detach(reader);
        Assert.Equal(DdsWaitOutcome.TimedOut, waitSet.Wait(TimeSpan.Zero, new int[1], out _));
        Assert.Single(Samples.TakeAll(reader));
    }
}
