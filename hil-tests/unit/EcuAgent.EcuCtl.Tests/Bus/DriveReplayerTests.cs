using EcuAgent.Drives;
using EcuAgent.EcuCtl.Tests.Support;
using EcuAgent.Signals;
using EcuAgent.ToolBus;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace EcuAgent.EcuCtl.Tests.Bus;

/// <summary>The schedule of a replay on a fake clock. Its waits continue on the thread that advances the clock.</summary>
public sealed class DriveReplayerTests : IDisposable
{
    private static readonly Drive Short = new("short", DriveOrigin.Generated, HasParkPosition: true,
    [
        new GearEvent(TimeSpan.Zero, GearPosition.Park),
        new SpeedEvent(TimeSpan.Zero, 0),
        new GearEvent(TimeSpan.FromSeconds(1), GearPosition.Drive),
        new SpeedEvent(TimeSpan.FromSeconds(2), 8),
        new ParkingBrakeEvent(TimeSpan.FromSeconds(4), true),
    ]);

    private readonly TestBus _bus = new();
    private readonly FakeTimeProvider _time = new();

    public void Dispose() => _bus.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(0.5)]
    public async Task Play_AtFactor_EachEventComesWhenItIsDue(double factor)
    {
        await using var publisher = new SignalPublisher(_bus.Participant, _time);
        var seen = new List<ReplayProgress>();
        var play = new DriveReplayer(publisher, _time).PlayAsync(Short, factor, seen.Add, _bus.Token);

        Assert.Equal(2, Assert.Single(seen).EventsPlayed);
        Step(0.9);
        Assert.Single(seen);
        Step(0.1);
        Assert.Equal((3, GearPosition.Drive), (seen[^1].EventsPlayed, seen[^1].Gear));
        Step(1);
        Assert.Equal((4, 8d), (seen[^1].EventsPlayed, seen[^1].SpeedMetersPerSecond));
        Step(1.9);
        Assert.Equal(4, seen[^1].EventsPlayed);
        Assert.False(play.IsCompleted);
        Step(0.1);

        var end = await play;
        Assert.Equal(seen[^1], end);
        Assert.Equal((5, 5, true, Short.Duration), (end.EventsPlayed, end.EventsTotal, end.ParkingBrakeEngaged, end.Position));

        void Step(double driveSeconds) => _time.Advance(TimeSpan.FromSeconds(driveSeconds / factor));
    }

    [Fact]
    public async Task Play_ClockJumps_EveryEventIsStillSentInOrder()
    {
        await using var publisher = new SignalPublisher(_bus.Participant, _time);
        var play = new DriveReplayer(publisher, _time).PlayAsync(Short, 1, progress: null, _bus.Token);

        _time.Advance(TimeSpan.FromSeconds(60));

        var end = await play;
        Assert.Equal(5, end.EventsPlayed);
        Assert.True(end.LargestLag > TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task Play_Cancelled_EndsAndThePublisherKeepsTheValues()
    {
        await using var publisher = new SignalPublisher(_bus.Participant, _time);
        using var stop = new CancellationTokenSource();
        var play = new DriveReplayer(publisher, _time).PlayAsync(Short, 1, progress: null, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => play);

        var before = publisher.SamplesWritten;
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(before + 1, publisher.SamplesWritten);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(1001)]
    public async Task Play_WrongFactor_IsRefusedWithTheValue(double factor)
    {
        await using var publisher = new SignalPublisher(_bus.Participant, _time);
        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => new DriveReplayer(publisher, _time).PlayAsync(Short, factor));
        Assert.Equal(factor, error.ActualValue);
    }
}
