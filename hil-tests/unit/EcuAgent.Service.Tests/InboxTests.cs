using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.VehicleBus;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.Service.Tests;

public sealed class InboxTests
{
    private readonly Inbox _inbox = new(NullLogger<Inbox>.Instance);

    [Fact]
    public void Utterances_BeyondTheCapacity_AreRefusedCountedAndTheOldestStay()
    {
        for (var i = 0; i < Inbox.UtteranceCapacity + 3; i++)
        {
            _inbox.OnUtterance(new Utterance { UtteranceId = $"u{i}", Text = "x", AsrConfidence = 1 });
        }

        Assert.Equal((Inbox.UtteranceCapacity + 3, 3), (_inbox.ReceivedUtterances, _inbox.DroppedUtterances));
        for (var i = 0; i < Inbox.UtteranceCapacity; i++)
        {
            Assert.True(_inbox.Utterances.TryRead(out var utterance));
            Assert.Equal($"u{i}", utterance.UtteranceId);
        }

        Assert.False(_inbox.Utterances.TryRead(out _));
        _inbox.OnUtterance(new Utterance { UtteranceId = "again", Text = "x", AsrConfidence = 1 });
        Assert.True(_inbox.Utterances.TryRead(out _));
        Assert.Equal(3, _inbox.DroppedUtterances);
    }

    [Fact]
    public void AnswersAndOutcomes_BeyondTheCapacity_AreRefusedCountedAndKeepTheirOrder()
    {
        for (var i = 0; i < Inbox.AnswerCapacity; i++)
        {
            _inbox.OnCommandOutcome(new CommandOutcome($"c{i}", CommandOutcomeKind.Completed));
        }

        _inbox.OnConfirmation(new ConfirmationAnswer("q", true, SpeakerZone.Driver, 1, InputChannel.Voice));
        _inbox.OnCommandOutcome(new CommandOutcome("late", CommandOutcomeKind.Completed));

        Assert.Equal(2, _inbox.DroppedAnswers);
        for (var i = 0; i < Inbox.AnswerCapacity; i++)
        {
            Assert.True(_inbox.Answers.TryRead(out var answer));
            Assert.Equal($"c{i}", Assert.IsType<CommandOutcome>(answer).CommandId);
        }

        Assert.False(_inbox.Answers.TryRead(out _));
        Assert.Equal(0, _inbox.DroppedUtterances);
    }

    [Fact]
    public async Task SituationChanged_SeveralTimes_WakesTheReaderOnce()
    {
        _inbox.OnDrivingStateChanged(default);
        _inbox.OnDrivingStateChanged(default);
        _inbox.OnReadBackChanged();

        await _inbox.SituationChanged.WaitAsync(TestContext.Current.CancellationToken);
        using var given = new CancellationTokenSource();
        var second = _inbox.SituationChanged.WaitAsync(given.Token);
        Assert.False(second.IsCompleted);
        await given.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        await _inbox.ReadBackChanged.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void OtherService_Seen_IsHandedOnAndWithoutAListenerDropped()
    {
        _inbox.OnOtherService(new OtherService("before", 1, DateTimeOffset.UnixEpoch, ServiceHealth.Ok, ""));
        var seen = new List<string>();
        _inbox.OtherServiceSeen = other => seen.Add(other.InstanceId);
        _inbox.OnOtherService(new OtherService("after", 1, DateTimeOffset.UnixEpoch, ServiceHealth.Ok, ""));
        Assert.Equal(["after"], seen);
    }
}
