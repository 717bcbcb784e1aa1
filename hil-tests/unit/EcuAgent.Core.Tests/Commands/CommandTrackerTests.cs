using CsCheck;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.Core.Tests.Commands;

public sealed class CommandTrackerTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Tracker_AcceptedThenCompleted_EndsCompletedWithAppliedValue()
    {
        using var tracker = New();
        var command = Command();
        Assert.True(tracker.TryIssue(command, out var finished));

        tracker.OnOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Accepted));
        Assert.False(finished.IsCompleted);
        tracker.OnOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed, "limited", "", 28));

        Assert.Equal(new CommandResult(command, CommandState.Completed, "limited", "", 28), await finished);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Tracker_AppliedValueNotFinite_IsLeftOut(double value)
    {
        using var tracker = New();
        var command = Command();
        tracker.TryIssue(command, out _);

        tracker.OnOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed, AppliedValue: value));

        Assert.Null(tracker.Find(command.CommandId)!.AppliedValue);
    }

    [Fact]
    public void Tracker_OutcomeAtTheExpiry_IsLate()
    {
        using var tracker = New();
        var command = Command();
        tracker.TryIssue(command, out _);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(OutcomeHandling.Late, tracker.OnOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed)));
        Assert.Equal(CommandState.Expired, tracker.Find(command.CommandId)!.State);
    }

    [Fact]
    public void Tracker_UnknownKindEmptyIdForeignId_AreCountedApart()
    {
        using var tracker = New();
        tracker.TryIssue(Command(), out _);

        Assert.Equal(OutcomeHandling.Invalid, tracker.OnOutcome(new CommandOutcome("x", CommandOutcomeKind.Unknown)));
        Assert.Equal(OutcomeHandling.Invalid, tracker.OnOutcome(new CommandOutcome("", CommandOutcomeKind.Completed)));
        Assert.Equal(OutcomeHandling.Invalid, tracker.OnOutcome(new CommandOutcome("x", (CommandOutcomeKind)99)));
        Assert.Equal(OutcomeHandling.UnknownCommand, tracker.OnOutcome(new CommandOutcome("x", CommandOutcomeKind.Completed)));
        Assert.Equal((3, 1, 1), (tracker.Counters.InvalidOutcomes, tracker.Counters.UnknownOutcomes, tracker.Counters.Open));
    }

    [Fact]
    public void Tracker_FinishedBeyondMemory_OldestIsForgotten()
    {
        using var tracker = New(new CommandTrackerOptions { RememberFinished = 1 });
        VehicleCommand[] commands = [Command(), Command()];
        foreach (var command in commands)
        {
            tracker.TryIssue(command, out _);
            tracker.OnOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed));
        }

        Assert.Null(tracker.Find(commands[0].CommandId));
        Assert.NotNull(tracker.Find(commands[1].CommandId));
        Assert.Equal(0, tracker.Counters.Open);
    }

    [Fact]
    public void Tracker_AnyOutcomeSequence_FirstFinalStateStays() =>
        Gen.Select(Gen.Enum<CommandOutcomeKind>(), Gen.Int[0, 3000]).Array[0, 8].Sample(steps =>
        {
            var time = new FakeTimeProvider();
            using var tracker = new CommandTracker(time, new CommandTrackerOptions(), NullLogger<CommandTracker>.Instance);
            var command = Command() with { Issued = time.GetUtcNow(), Expires = time.GetUtcNow() + TimeSpan.FromSeconds(5) };
            tracker.TryIssue(command, out var finished);
            int announced = 0;
            tracker.Finished += _ => announced++;
            CommandResult? final = null;
            foreach (var (kind, milliseconds) in steps)
            {
                time.Advance(TimeSpan.FromMilliseconds(milliseconds));
                tracker.OnOutcome(new CommandOutcome(command.CommandId, kind));
                var now = tracker.Find(command.CommandId)!;
                if (final is not null && now != final)
                {
                    return false;
                }

                final ??= now.IsFinal ? now : null;
            }

            time.Advance(TimeSpan.FromSeconds(5));
            return finished!.IsCompleted && announced == 1 && (final is null || finished.Result == final);
        }, iter: 500, threads: 1);

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1025, 10)]
    [InlineData(64, -1)]
    [InlineData(64, 4097)]
    public void Tracker_OptionOutOfRange_IsNamed(int open, int finished)
    {
        var fault = Assert.Throws<ArgumentOutOfRangeException>(() => New(new CommandTrackerOptions { MaxOpen = open, RememberFinished = finished }));

        Assert.Equal(open is < 1 or > 1024 ? "MaxOpen" : "RememberFinished", fault.ParamName);
    }

    private CommandTracker New(CommandTrackerOptions? options = null) =>
        new(_time, options ?? new CommandTrackerOptions(), NullLogger<CommandTracker>.Instance);

    private HvacCommand Command() => new()
    {
        CommandId = Guid.NewGuid().ToString(),
        UtteranceId = "u",
        Issued = _time.GetUtcNow(),
        Expires = _time.GetUtcNow() + TimeSpan.FromSeconds(5),
        Action = HvacAction.SetFan,
        Level = 3,
    };
}
