using EcuAgent.Scenarios.Tests.Rig;
using EcuAgent.Signals;
using static EcuAgent.Idl.V1.DrivingState;

namespace EcuAgent.Scenarios.Tests;

/// <summary>Signals over DDS to the driving state, good ones and bad ones.</summary>
[Collection(nameof(BusRig))]
public sealed class DrivingStateScenarios(BusRig rig, ITestOutputHelper output)
{
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task Drive_ParkDriveStopPark_TightensAtOnceAndLoosensAfterTheDwell()
    {
        await rig.Bus.ParkAsync();

        var mark = rig.Bus.Mark;
        var before = DateTimeOffset.UtcNow;
        rig.Bus.Car.SetGear(GearPosition.Drive);
        var tightened = await rig.Bus.NextEventAsync<V1.GateStatus>(s => s.DrivingState != Parked, mark);
        output.WriteLine($"gear out of park to GateStatus at the test: {(tightened.ReceivedAt - before).TotalMilliseconds:0.0} ms");
        Assert.Equal(Idling, tightened.Sample.DrivingState);

        mark = rig.Bus.Mark;
        before = DateTimeOffset.UtcNow;
        rig.Bus.Car.SetSpeed(14);
        var moving = await rig.Bus.NextEventAsync<V1.GateStatus>(s => s.DrivingState == Moving, mark);
        output.WriteLine($"speed to GateStatus at the test: {(moving.ReceivedAt - before).TotalMilliseconds:0.0} ms");

        before = DateTimeOffset.UtcNow;
        rig.Bus.Car.SetSpeed(0);
        var idling = await rig.Bus.StateAsync(Idling);
        Assert.True(idling.ReceivedAt - before >= TimeSpan.FromSeconds(2) - ClockSlack, $"loosened after {idling.ReceivedAt - before}");

        before = DateTimeOffset.UtcNow;
        rig.Bus.Car.SetGear(GearPosition.Park);
        var parked = await rig.Bus.StateAsync(Parked);
        Assert.True(parked.ReceivedAt - before >= TimeSpan.FromSeconds(1) - ClockSlack, $"loosened after {parked.ReceivedAt - before}");
        Assert.Equal("strict", parked.Sample.PolicyProfile.ToString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(400.0)]
    public async Task Speed_NotANumberOrOutOfRangeWhileParked_TightensIsCountedAndHealsAfterTheDwell(double metersPerSecond)
    {
        await rig.Bus.ParkAsync();
        var rejected = rig.Bus.Since<V1.AgentHealth>(0)[^1].SamplesRejected;

        var mark = rig.Bus.Mark;
        rig.Bus.Car.SetSpeed(metersPerSecond);

        var status = await rig.Bus.NextAsync<V1.GateStatus>(s => s.DrivingState != Parked, mark);
        Assert.True(status.DrivingState is Unknown or Moving, $"{status.DrivingState} {status.Reasons}");

        // The repetition of Parked may still have come before it.
        var tightened = rig.Bus.Mark;
        await rig.Bus.NextAsync<V1.AgentHealth>(h => h.SamplesRejected > rejected, mark);
        Assert.All(rig.Bus.Since<V1.GateStatus>(tightened), s => Assert.NotEqual(Parked, s.DrivingState));

        await rig.Bus.ParkAsync();
        Assert.False(rig.Service.HasExited);
    }

    [Fact]
    public async Task Speed_BackwardRepeatedAndStuckSamplesWhileMoving_NeverLoosenAndAreCounted()
    {
        await rig.Bus.DriveAsync();
        using var writer = rig.Bus.Participant.OpenWriter<V1.VehicleSpeed>();
        using var watchdog = new CancellationTokenSource(Domains.Watchdog);
        await writer.WaitForMatchAsync(1, watchdog.Token);
        var health = rig.Bus.Since<V1.AgentHealth>(0)[^1];
        var (received, rejected) = (health.SamplesReceived, health.SamplesRejected);
        var mark = rig.Bus.Mark;
        var now = Now();

        // The topic keeps the last sample only, so each one waits until the one before was counted.
        Write(20, now, 10);
        var seen = rig.Bus.Mark;
        await rig.Bus.NextAsync<V1.AgentHealth>(h => h.SamplesReceived >= received + 20, seen);
        Write(0, now, 10); // repeated
        await rig.Bus.NextAsync<V1.AgentHealth>(h => h.SamplesRejected >= rejected + 1, mark);
        Write(0, now - 1_000_000, 9); // backward
        await rig.Bus.NextAsync<V1.AgentHealth>(h => h.SamplesRejected >= rejected + 2, mark);
        Write(0, Now(), 10); // later, with the same number: stuck
        await rig.Bus.NextAsync<V1.AgentHealth>(h => h.SamplesRejected >= rejected + 3, mark);

        // The odd source falls silent; until it is forgotten it keeps the state from loosening as well.
        Assert.All(rig.Bus.Since<V1.GateStatus>(mark), s => Assert.True(s.DrivingState is Moving or Unknown, $"{s.DrivingState} {s.Reasons}"));
        Assert.False(rig.Service.HasExited);

        static long Now() => (DateTimeOffset.UtcNow.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) * 100;

        void Write(double metersPerSecond, long sourceTimeNs, uint number) => writer.Write(new V1.VehicleSpeed
        {
            Source = Idl.BoundedString32.From("ecu.odd.brake"),
            SourceTimeNs = sourceTimeNs,
            SequenceNumber = number,
            Validity = V1.Validity.Valid,
            SpeedMps = metersPerSecond,
        });
    }

    [Fact]
    public async Task Speed_FallsSilentWhileParked_BecomesUnknownByItself()
    {
        await rig.Bus.ParkAsync();
        var mark = rig.Bus.Mark;

        rig.Bus.Car.Silence(ToolBus.VehicleSignal.Speed);

        var status = await rig.Bus.NextAsync<V1.GateStatus>(s => s.DrivingState != Parked, mark);
        Assert.Equal(Unknown, status.DrivingState);
        Assert.Contains("speed_stale", status.Reasons.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Utterance_WithoutAModel_IsAnsweredHonestlyAndHealthSaysWhy()
    {
        await rig.Bus.ParkAsync();

        var turn = await rig.Bus.AskAsync("set the temperature to 22 degrees");

        Assert.Contains("nothing was changed", turn.Text, StringComparison.Ordinal);
        Assert.Empty(rig.Bus.Since<V1.HvacCommand>(turn.Mark));
        var health = await rig.Bus.NextAsync<V1.AgentHealth>(_ => true, turn.Mark);
        Assert.Equal(V1.HealthState.Degraded, health.State);
        Assert.Contains("model_unavailable", health.DegradedReasons.ToString(), StringComparison.Ordinal);
        Assert.Contains(ModelPackage.None, rig.Service.Output, StringComparison.Ordinal);
    }
}

[CollectionDefinition(nameof(BusRig))]
public sealed class BusRigs : ICollectionFixture<BusRig>;
