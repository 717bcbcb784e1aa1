using EcuAgent.EcuCtl.Tests.Support;
using EcuAgent.Signals;
using EcuAgent.ToolBus;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Tests.Bus;

/// <summary>Cadence, numbering and source time of the publisher: fake clock, real DDS.</summary>
public sealed class SignalPublisherTests : IDisposable
{
    private static readonly TimeSpan SpeedCycle = TimeSpan.FromMilliseconds(100);

    private readonly TestBus _bus = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    public void Dispose() => _bus.Dispose();

    [Fact]
    public async Task Set_ThenOneSecond_SpeedTenTimesOthersOnce()
    {
        await using var publisher = new SignalPublisher(_bus.Participant, _time);
        using var observer = new BusObserver(_bus.Participant, _time).ObserveSignals();
        await publisher.WaitForReaderAsync(_bus.Token);
        publisher.SetSpeed(3.5);
        publisher.SetGear(GearPosition.Drive);
        publisher.SetParkingBrake(false);
        publisher.SetPowerMode(PowerModeKind.On);
        publisher.SetLocation(48, 11);
        publisher.SetEnergy(stateOfChargePercent: 80);
        Assert.Equal(6, publisher.SamplesWritten);
        var counts = await CountAsync(observer, 6);
        for (var i = 0; i < 10; i++)
        {
            var before = publisher.SamplesWritten;
            _time.Advance(SpeedCycle);
            foreach (var (topic, count) in await CountAsync(observer, (int)(publisher.SamplesWritten - before)))
            {
                counts[topic] = counts.GetValueOrDefault(topic) + count;
            }
        }

        Assert.Equal(11, counts["VehicleSpeed"]);
        Assert.All(["Gear", "ParkingBrake", "PowerMode", "Location", "Energy"], topic => Assert.Equal(2, counts[topic]));
        Assert.Equal(0, publisher.WriteFailures);
    }

    [Fact]
    public async Task Speed_Samples_CountFromOneAndCarryTheClock()
    {
        await using var publisher = new SignalPublisher(_bus.Participant, _time);
        using var observer = new BusObserver(_bus.Participant, _time);
        observer.Observe<V1.VehicleSpeed>();
        await publisher.WaitForReaderAsync(_bus.Token);
        var start = (_time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * 100;

        publisher.SetSpeed(-1.25);
        for (uint n = 1; n <= 4; n++)
        {
            var sample = await NextSpeedAsync(observer);
            Assert.Equal(n, sample.SequenceNumber);
            Assert.Equal(start + ((n - 1) * 100_000_000L), sample.SourceTimeNs);
            Assert.Equal("ecu.brake", sample.Source.ToString());
            Assert.Equal(V1.Validity.Valid, sample.Validity);
            Assert.Equal(-1.25, sample.SpeedMps);
            _time.Advance(SpeedCycle);
        }
    }

    [Fact]
    public async Task Set_TwiceAtOneInstant_SourceTimeStillAdvances()
    {
        await using var publisher = new SignalPublisher(_bus.Participant, _time);
        using var observer = new BusObserver(_bus.Participant, _time);
        observer.Observe<V1.VehicleSpeed>();
        await publisher.WaitForReaderAsync(_bus.Token);

        publisher.SetSpeed(1);
        var first = await NextSpeedAsync(observer);
        publisher.SetSpeed(2);
        var second = await NextSpeedAsync(observer);

        Assert.Equal(2, second.SpeedMps);
        Assert.True(second.SourceTimeNs > first.SourceTimeNs);
    }

    [Fact]
    public async Task Silence_Signal_IsNotRepeatedUntilItsNextValue()
    {
        await using var publisher = new SignalPublisher(_bus.Participant, _time);
        publisher.SetSpeed(1);
        publisher.SetGear(GearPosition.Park);
        publisher.Silence(VehicleSignal.Speed);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(3, publisher.SamplesWritten);

        publisher.SetSpeed(1);
        _time.Advance(SpeedCycle);
        Assert.Equal(5, publisher.SamplesWritten);
    }

    [Fact]
    public async Task Dispose_Publisher_ReadersSeeTheSourceLeave()
    {
        using var observer = new BusObserver(_bus.Participant, _time);
        observer.Observe<V1.Gear>();
        await using (var publisher = new SignalPublisher(_bus.Participant, _time))
        {
            publisher.SetGear(GearPosition.Park);
            Assert.False((await observer.Events.ReadAsync(_bus.Token)).IsGone);
        }

        var gone = Assert.IsType<BusSample<V1.Gear>>(await observer.Events.ReadAsync(_bus.Token));
        Assert.True(gone.IsGone);
        Assert.Equal("ecu.gear", gone.Sample.Source.ToString());
    }

    [Fact]
    public async Task ParticipantGoesFirst_Timer_DoesNotThrow()
    {
        var publisher = new SignalPublisher(_bus.Participant, _time);
        publisher.SetSpeed(1);
        _bus.Participant.Dispose();

        _time.Advance(SpeedCycle);

        Assert.Equal(1, publisher.WriteFailures);
        await publisher.DisposeAsync();
    }

    private async Task<Dictionary<string, int>> CountAsync(BusObserver observer, int samples)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < samples; i++)
        {
            var topic = (await observer.Events.ReadAsync(_bus.Token)).Topic;
            counts[topic] = counts.GetValueOrDefault(topic) + 1;
        }

        return counts;
    }

    private async Task<V1.VehicleSpeed> NextSpeedAsync(BusObserver observer) =>
        Assert.IsType<BusSample<V1.VehicleSpeed>>(await observer.Events.ReadAsync(_bus.Token)).Sample;
}
