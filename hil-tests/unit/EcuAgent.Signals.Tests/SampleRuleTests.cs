using Xunit;

namespace EcuAgent.Signals.Tests;

public sealed class SampleRuleTests
{
    private static readonly SourceId Wheel = new(1);

    [Theory]
    [InlineData(double.NaN, SampleVerdict.NotFinite, SignalQuality.NotFinite)]
    [InlineData(double.PositiveInfinity, SampleVerdict.NotFinite, SignalQuality.NotFinite)]
    [InlineData(double.NegativeInfinity, SampleVerdict.NotFinite, SignalQuality.NotFinite)]
    [InlineData(-100.0001, SampleVerdict.OutOfRange, SignalQuality.OutOfRange)]
    [InlineData(150.0001, SampleVerdict.OutOfRange, SignalQuality.OutOfRange)]
    [InlineData(-100, SampleVerdict.Accepted, SignalQuality.Valid)]
    [InlineData(150, SampleVerdict.Accepted, SignalQuality.Valid)]
    public void Speed_Value_Verdict(double metersPerSecond, SampleVerdict verdict, SignalQuality quality)
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(1);
        var result = car.State.Apply(new SpeedSample(car.Envelope(0, 1), metersPerSecond));
        Assert.Equal(verdict, result.Verdict);
        Assert.True(DrivingStateOrder.IsStricter(result.Status.State, DrivingState.Idling));
        var signal = car.State.TakeSnapshot().SpeedMetersPerSecond;
        Assert.Equal(quality, signal.Quality);
        Assert.Equal(quality == SignalQuality.Valid ? metersPerSecond : 0, signal.Value);
    }

    [Theory]
    [InlineData(SampleValidity.Unknown)]
    [InlineData(SampleValidity.Invalid)]
    [InlineData(SampleValidity.NotAvailable)]
    [InlineData((SampleValidity)77)]
    public void Validity_NotValid_EvidenceGone(SampleValidity validity)
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(1);
        var result = car.State.Apply(new SpeedSample(car.Envelope(0, 1) with { Validity = validity }, 0));
        Assert.Equal(SampleVerdict.NotValid, result.Verdict);
        Assert.Equal(DrivingState.Unknown, result.Status.State);
    }

    [Theory]
    [InlineData(E2eStatus.Failed)]
    [InlineData((E2eStatus)9)]
    public void E2e_Failed_EvidenceGoneButOrderKept(E2eStatus e2e)
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(1);
        var good = car.Envelope(1, 2);
        var result = car.State.Apply(new GearSample(good with { Sequence = 4_000_000, E2e = e2e }, GearPosition.Park));
        Assert.Equal(SampleVerdict.E2eFailed, result.Verdict);
        Assert.Equal(DrivingState.Unknown, result.Status.State);
        Assert.Equal(SampleVerdict.Accepted, car.State.Apply(new GearSample(good, GearPosition.Park)).Verdict);
        Assert.Equal(0, car.State.ReadCounters().SourceRestarts);
    }

    [Theory]
    [InlineData(true, E2eStatus.NotUsed, SampleVerdict.E2eMissing, DrivingState.Unknown)]
    [InlineData(true, E2eStatus.Failed, SampleVerdict.E2eFailed, DrivingState.Unknown)]
    [InlineData(true, E2eStatus.Ok, SampleVerdict.Accepted, DrivingState.Parked)]
    [InlineData(false, E2eStatus.NotUsed, SampleVerdict.Accepted, DrivingState.Parked)]
    public void RequireE2e_EachStatus_Rule(bool require, E2eStatus e2e, SampleVerdict verdict, DrivingState state)
    {
        var car = Protected(new E2eRequirements { Gear = require });
        car.Clock.AdvanceMs(1);
        var result = car.State.Apply(new GearSample(car.Envelope(1, 2) with { E2e = e2e }, GearPosition.Park));
        Assert.Equal((verdict, state), (result.Verdict, result.Status.State));
        Assert.Equal(verdict == SampleVerdict.E2eMissing, result.Status.Reasons.HasFlag(DrivingReasons.InputUnprotected));
        Assert.Equal(state == DrivingState.Unknown, result.Status.Reasons.HasFlag(DrivingReasons.GearInvalid));
        Assert.Equal(1, verdict == SampleVerdict.Accepted ? 1 : car.State.ReadCounters()[verdict]);
        Assert.Equal(state == DrivingState.Parked, car.State.TakeSnapshot().Gear.IsValid);
    }

    /// <summary>An unprotected sample says nothing about order either, so that it cannot shut the protected ones out.</summary>
    [Fact]
    public void RequireE2e_UnprotectedInBetween_OrderKept()
    {
        var car = Protected(new E2eRequirements { Gear = true });
        car.Clock.AdvanceMs(1);
        var good = car.Envelope(1, 2) with { E2e = E2eStatus.Ok };
        car.State.Apply(new GearSample(
            good with { Sequence = 4_000_000, SourceTimeUnixNanoseconds = good.SourceTimeUnixNanoseconds + 1_000_000, E2e = E2eStatus.NotUsed },
            GearPosition.Drive));
        Assert.Equal(SampleVerdict.Accepted, car.State.Apply(new GearSample(good, GearPosition.Park)).Verdict);
        Assert.Equal(0, car.State.ReadCounters().SequenceGaps);
    }

    [Fact]
    public void RequireE2e_EverySignal_HasItsOwnSwitch()
    {
        foreach (var property in typeof(E2eRequirements).GetProperties().Where(p => p.PropertyType == typeof(bool)))
        {
            var require = new E2eRequirements();
            property.SetValue(require, true);
            var car = new Car(new VehicleStateOptions { RequireE2e = require });
            var envelope = car.Envelope(0, 1);
            SampleVerdict[] verdicts =
            [
                car.State.Apply(new SpeedSample(envelope, 0)).Verdict,
                car.State.Apply(new GearSample(envelope, GearPosition.Park)).Verdict,
                car.State.Apply(new ParkingBrakeSample(envelope, true)).Verdict,
                car.State.Apply(new PowerModeSample(envelope, PowerModeKind.On)).Verdict,
                car.State.Apply(new LocationSample(envelope, 48, 11, 500, 90, 3)).Verdict,
                car.State.Apply(new EnergySample(envelope, 50, 50, 200_000)).Verdict,
                car.State.Apply(new CabinCameraSample(envelope, 2, false, 0.9, 0.9, default)).Verdict,
                car.State.Apply(new ClimateSample { Envelope = envelope }).Verdict,
                car.State.Apply(new NavigationSample { Envelope = envelope }).Verdict,
            ];
            string[] names = ["Speed", "Gear", "ParkingBrake", "PowerMode", "Location", "Energy", "CabinCamera", "Climate", "Navigation"];
            Assert.Equal(names.Select(n => n == property.Name ? SampleVerdict.E2eMissing : SampleVerdict.Accepted), verdicts);
            Assert.Equal(1, car.State.ReadCounters()[SampleVerdict.E2eMissing]);
        }
    }

    [Fact]
    public void RequireE2e_SwappedIn_OldUnprotectedEvidenceCountsNoMore()
    {
        var car = Car.Parked();
        var swapped = car.State.TrySwapOptions(new VehicleStateOptions { RequireE2e = new E2eRequirements { Speed = true } });
        Assert.Equal(OptionsSwap.Swapped, swapped);
        Assert.Equal(DrivingState.Unknown, car.Driving);
        Assert.True(car.Reasons.HasFlag(DrivingReasons.InputUnprotected));
        Assert.Equal(SignalQuality.E2eMissing, car.State.TakeSnapshot().SpeedMetersPerSecond.Quality);
    }

    /// <summary>A parked car whose signals were all protected so far.</summary>
    private static Car Protected(E2eRequirements require)
    {
        var car = new Car(new VehicleStateOptions { RequireE2e = require });
        for (var i = 0; i < 40; i++)
        {
            car.Clock.AdvanceMs(100);
            car.State.Apply(new GearSample(car.Envelope(1, 2) with { E2e = E2eStatus.Ok }, GearPosition.Park));
            car.State.Apply(new SpeedSample(car.Envelope(0, 1) with { E2e = E2eStatus.Ok }, 0));
        }

        Assert.Equal(DrivingState.Parked, car.Driving);
        return car;
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5)]
    public void Gear_UndefinedNumber_OutOfRange(int number)
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(1);
        var result = car.Gear((GearPosition)number);
        Assert.Equal(SampleVerdict.OutOfRange, result.Verdict);
        Assert.Equal(DrivingState.Unknown, result.Status.State);
    }

    [Fact]
    public void Future_BeyondTolerance_EvidenceGoneAndOrderKept()
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(1);
        Assert.Equal(SampleVerdict.Accepted, car.Kph(0, age: TimeSpan.FromMilliseconds(-200)).Verdict);
        car.Clock.AdvanceMs(250);
        var result = car.Kph(0, age: -(TimeSpan.FromMilliseconds(200) + TimeSpan.FromTicks(1)));
        Assert.Equal(SampleVerdict.FutureSourceTime, result.Verdict);
        Assert.Equal(DrivingState.Unknown, result.Status.State);
        car.Clock.AdvanceMs(10);
        Assert.Equal(SampleVerdict.Accepted, car.Kph(0).Verdict);
    }

    [Fact]
    public void TooOld_AtArrival_Stale()
    {
        var car = new Car();
        Assert.Equal(SampleVerdict.Accepted, car.Kph(0, age: TimeSpan.FromSeconds(1)).Verdict);
        car = new Car();
        Assert.Equal(SampleVerdict.TooOld, car.Kph(0, age: TimeSpan.FromSeconds(1) + TimeSpan.FromTicks(1)).Verdict);
        Assert.Equal(SignalQuality.Stale, car.State.TakeSnapshot().SpeedMetersPerSecond.Quality);
    }

    [Fact]
    public void Age_LostOnTheWay_CountsTowardsTheMaximum()
    {
        var car = new Car();
        car.Gear(GearPosition.Drive);
        car.Kph(0, age: TimeSpan.FromMilliseconds(600));
        car.Clock.AdvanceMs(400);
        Assert.True(car.State.TakeSnapshot().SpeedMetersPerSecond.IsValid);
        Assert.Equal(TimeSpan.FromSeconds(1), car.State.TakeSnapshot().SpeedMetersPerSecond.SourceAge);
        Assert.Equal(TimeSpan.FromMilliseconds(400), car.State.TakeSnapshot().SpeedMetersPerSecond.SinceArrival);
        car.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(SignalQuality.Stale, car.State.TakeSnapshot().SpeedMetersPerSecond.Quality);
    }

    [Fact]
    public void Age_WaitedInOurQueue_Counts()
    {
        var car = new Car();
        var envelope = car.Envelope(0, 1);
        car.Clock.AdvanceMs(1001);
        car.State.Apply(new SpeedSample(envelope, 0));
        Assert.Equal(SignalQuality.Stale, car.State.TakeSnapshot().SpeedMetersPerSecond.Quality);
    }

    [Fact]
    public void SourceTime_NotNewer_DroppedAndCounted()
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(10);
        var first = car.Envelope(0, 1);
        car.State.Apply(new SpeedSample(first, 0));
        Assert.Equal(SampleVerdict.Repeated, car.State.Apply(new SpeedSample(first, 20)).Verdict);
        var older = car.Envelope(0, 1, TimeSpan.FromMilliseconds(5));
        Assert.Equal(SampleVerdict.OutOfOrder, car.State.Apply(new SpeedSample(older, 20)).Verdict);
        Assert.Equal(DrivingState.Parked, car.Driving);
        var counters = car.State.ReadCounters();
        Assert.Equal(1, counters[SampleVerdict.Repeated]);
        Assert.Equal(1, counters[SampleVerdict.OutOfOrder]);
        Assert.Equal(2, counters.Rejected);
    }

    [Fact]
    public void OutOfOrder_OlderGoodSample_DoesNotReplaceAFault()
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(10);
        var older = car.Envelope(0, 1, TimeSpan.FromMilliseconds(5));
        car.State.Apply(new SpeedSample(car.Envelope(0, 1), double.NaN));
        Assert.Equal(SampleVerdict.OutOfOrder, car.State.Apply(new SpeedSample(older, 0)).Verdict);
        Assert.Equal(DrivingState.Unknown, car.Driving);
    }

    [Theory]
    [InlineData(7u, 7u, SampleVerdict.SequenceStuck, 0, 0, 0)]
    [InlineData(7u, 8u, SampleVerdict.Accepted, 0, 0, 0)]
    [InlineData(7u, 11u, SampleVerdict.Accepted, 1, 3, 0)]
    [InlineData(7u, 1u, SampleVerdict.Accepted, 0, 0, 1)]
    [InlineData(1u, 1u, SampleVerdict.Accepted, 0, 0, 1)]
    [InlineData(uint.MaxValue, 0u, SampleVerdict.Accepted, 0, 0, 0)]
    [InlineData(uint.MaxValue, 2u, SampleVerdict.Accepted, 1, 2, 0)]
    public void Sequence_WithNewerTime_Rule(uint last, uint next, SampleVerdict verdict, long gaps, long lost, long restarts)
    {
        var car = new Car();
        car.State.Apply(new SpeedSample(car.Envelope(0, 1) with { Sequence = last }, 0));
        car.Clock.AdvanceMs(10);
        Assert.Equal(verdict, car.State.Apply(new SpeedSample(car.Envelope(0, 1) with { Sequence = next }, 0)).Verdict);
        var counters = car.State.ReadCounters();
        Assert.Equal(gaps, counters.SequenceGaps);
        Assert.Equal(lost, counters.LostSamples);
        Assert.Equal(restarts, counters.SourceRestarts);
        Assert.Equal(verdict == SampleVerdict.Accepted, car.State.TakeSnapshot().SpeedMetersPerSecond.IsValid);
    }

    [Fact]
    public void OurUtc_SetBack_SourcesAreHeardAgain()
    {
        var car = Car.Parked();
        car.Clock.UtcStep = TimeSpan.FromHours(-1);
        car.Clock.AdvanceMs(100);
        Assert.Equal(SampleVerdict.Accepted, car.Kph(0).Verdict);
        Assert.Equal(1, car.State.ReadCounters().ClockSteps);
    }

    [Fact]
    public void OurUtc_Stepped_NeverRefreshesOldEvidence()
    {
        var car = Car.Parked();
        car.Clock.UtcStep = TimeSpan.FromHours(-1);
        car.Clock.AdvanceMs(1001);
        Assert.Equal(DrivingState.Unknown, car.Driving);
    }

    [Theory]
    [InlineData(long.MinValue, SampleVerdict.TooOld)]
    [InlineData(0, SampleVerdict.TooOld)]
    [InlineData(long.MaxValue, SampleVerdict.FutureSourceTime)]
    public void SourceTime_Extreme_NoEvidence(long nanoseconds, SampleVerdict verdict)
    {
        var car = new Car();
        Assert.Equal(verdict, car.State.Apply(new SpeedSample(car.Envelope(0, 1) with { SourceTimeUnixNanoseconds = nanoseconds }, 0)).Verdict);
        Assert.False(car.State.TakeSnapshot().SpeedMetersPerSecond.IsValid);
    }

    [Fact]
    public void Location_PartsOutOfRange_Missing()
    {
        var car = new Car();
        var good = new LocationSample(car.Envelope(4, 1), 48.1, 11.5, double.NaN, double.NaN, double.NaN);
        Assert.Equal(SampleVerdict.Accepted, car.State.Apply(good).Verdict);
        car.Clock.AdvanceMs(10);
        var result = car.State.Apply(good with { Envelope = car.Envelope(4, 1), LatitudeDegrees = 90.1 });
        Assert.Equal(SampleVerdict.OutOfRange, result.Verdict);
        Assert.Equal(default, car.State.TakeSnapshot().Location.Value);
        car.Clock.AdvanceMs(10);
        Assert.Equal(SampleVerdict.NotFinite, car.State.Apply(good with { Envelope = car.Envelope(4, 1), LongitudeDegrees = double.NaN }).Verdict);
    }

    [Fact]
    public void Camera_KssAndSeats_CheckedAndReadBack()
    {
        var car = new Car();
        var seats = SeatList.Of([new(CabinZone.Driver, true, true, false), new(CabinZone.RearLeft, true, false, true)]);
        var sample = new CabinCameraSample(car.Envelope(5, 1), 9, false, double.NaN, 0.9, seats);
        Assert.Equal(SampleVerdict.Accepted, car.State.Apply(sample).Verdict);
        Assert.True(car.State.TakeSnapshot().CabinCamera.Value.Seats.TryGet(CabinZone.RearLeft, out var child));
        Assert.True(child.Child);
        Assert.False(seats.TryGet(CabinZone.RearRight, out _));
        car.Clock.AdvanceMs(10);
        Assert.Equal(SampleVerdict.OutOfRange, car.State.Apply(sample with { Envelope = car.Envelope(5, 1), DrowsinessKss = 10 }).Verdict);
    }

    [Fact]
    public void ReadBacks_RangeFault_Missing()
    {
        var car = new Car();
        var climate = new ClimateSample { Envelope = car.Envelope(6, 1), FanLevel = 7, LastCommandId = "c1" };
        Assert.Equal(SampleVerdict.Accepted, car.State.Apply(climate).Verdict);
        Assert.Equal("c1", car.State.TakeSnapshot().Climate.Value.LastCommandId);
        car.Clock.AdvanceMs(10);
        Assert.Equal(SampleVerdict.OutOfRange, car.State.Apply(climate with { Envelope = car.Envelope(6, 1), FanLevel = 8 }).Verdict);
        Assert.Equal(SignalQuality.OutOfRange, car.State.TakeSnapshot().Climate.Quality);

        var navigation = new NavigationSample { Envelope = car.Envelope(7, 1), RouteActive = true };
        Assert.Equal(SampleVerdict.Accepted, car.State.Apply(navigation).Verdict);
        car.Clock.AdvanceMs(10_001);
        Assert.Equal(SignalQuality.Stale, car.State.TakeSnapshot().Navigation.Quality);
    }

    [Fact]
    public void Registry_Full_NewNameRefusedKnownNameWorks()
    {
        var registry = new SourceRegistry();
        for (var i = 0; i < SourceRegistry.Capacity; i++)
        {
            Assert.True(registry.TryIntern($"ecu-{i}", out _));
        }

        Assert.False(registry.TryIntern("one-more", out var none));
        Assert.Equal(SourceId.None, none);
        Assert.True(registry.TryIntern("ecu-3"u8, out var known));
        Assert.Equal("ecu-3", registry.NameOf(known));
        Assert.False(registry.TryIntern(new string('x', SourceRegistry.MaxNameBytes + 1), out _));
        Assert.False(registry.TryIntern(string.Empty, out _));
        Assert.Equal(3, registry.RefusedCount);
        Assert.Equal(string.Empty, registry.NameOf(new SourceId(999)));
        Assert.NotEqual(Wheel, SourceId.None);
    }
}
