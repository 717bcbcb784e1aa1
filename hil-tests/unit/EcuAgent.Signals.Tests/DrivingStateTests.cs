using Xunit;

namespace EcuAgent.Signals.Tests;

public sealed class DrivingStateTests
{
    private static readonly DrivingStateOptions BrakeCar = new() { HasParkPosition = false };

    [Fact]
    public void Start_NothingReceived_Unknown()
    {
        var car = new Car();
        Assert.Equal(DrivingState.Unknown, car.Driving);
        Assert.Equal(DrivingReasons.SpeedMissing | DrivingReasons.GearMissing, car.Reasons);
        Assert.Equal(SignalQuality.NeverReceived, car.State.TakeSnapshot().SpeedMetersPerSecond.Quality);
    }

    [Theory]
    [InlineData(0, GearPosition.Park, DrivingState.Parked)]
    [InlineData(0, GearPosition.Neutral, DrivingState.Idling)]
    [InlineData(0, GearPosition.Drive, DrivingState.Idling)]
    [InlineData(0, GearPosition.Reverse, DrivingState.Idling)]
    [InlineData(0, GearPosition.Unknown, DrivingState.Unknown)]
    [InlineData(0, null, DrivingState.Unknown)]
    [InlineData(0.072, GearPosition.Park, DrivingState.Parked)]
    [InlineData(0.499, GearPosition.Drive, DrivingState.Idling)]
    [InlineData(-0.499, GearPosition.Drive, DrivingState.Idling)]
    [InlineData(0.501, GearPosition.Drive, DrivingState.Moving)]
    [InlineData(-0.501, GearPosition.Drive, DrivingState.Moving)]
    [InlineData(30, null, DrivingState.Moving)]
    [InlineData(30, GearPosition.Unknown, DrivingState.Moving)]
    [InlineData(30, GearPosition.Park, DrivingState.Moving)]
    [InlineData(2, GearPosition.Park, DrivingState.Moving)]
    public void GearCar_SteadyEvidence_State(double kph, GearPosition? gear, DrivingState expected)
    {
        var car = new Car();
        car.Hold(5000, kph, gear, brake: true);
        Assert.Equal(expected, car.Driving);
    }

    [Theory]
    [InlineData(0, true, DrivingState.Parked)]
    [InlineData(0, false, DrivingState.Idling)]
    [InlineData(0, null, DrivingState.Unknown)]
    [InlineData(20, true, DrivingState.Moving)]
    [InlineData(20, null, DrivingState.Moving)]
    public void BrakeCar_SteadyEvidence_State(double kph, bool? brake, DrivingState expected)
    {
        var car = new Car(BrakeCar);
        car.Hold(5000, kph, GearPosition.Drive, brake);
        Assert.Equal(expected, car.Driving);
    }

    [Fact]
    public void GearCar_BrakeOnInNeutral_IsNotParked()
    {
        var car = new Car();
        car.Hold(20_000, 0, GearPosition.Neutral, brake: true);
        Assert.Equal(DrivingState.Idling, car.Driving);
    }

    [Theory]
    [InlineData(2.99, false)]
    [InlineData(3.01, true)]
    [InlineData(-3.01, true)]
    public void Park_AtSpeed_ContradictionAboveLimit(double kph, bool contradicts)
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(1);
        Assert.True(car.Kph(kph).DrivingStateChanged);
        Assert.Equal(DrivingState.Moving, car.Driving);
        Assert.Equal(contradicts, car.Reasons.HasFlag(DrivingReasons.Contradiction));
    }

    [Fact]
    public void Loosening_FromMoving_NeedsBothDwellsToTheTick()
    {
        var car = new Car();
        car.Hold(500, 50, GearPosition.Drive);
        Assert.Equal(DrivingState.Moving, car.Driving);

        car.Hold(1900, 0, GearPosition.Park);
        car.Clock.Advance(TimeSpan.FromMilliseconds(100) - TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Moving, car.Driving);
        Assert.True(car.Reasons.HasFlag(DrivingReasons.LooseningDwell));
        car.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Idling, car.Driving);

        // The dwell began at the change, one tick before the first of these samples.
        car.Hold(900, 0, GearPosition.Park);
        car.Clock.Advance(TimeSpan.FromMilliseconds(100) - TimeSpan.FromTicks(2));
        Assert.Equal(DrivingState.Idling, car.Driving);
        car.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Parked, car.Driving);
    }

    [Fact]
    public void Loosening_InterruptedByOneMovingSample_StartsAnew()
    {
        var car = new Car();
        car.Hold(500, 50, GearPosition.Drive);
        car.Hold(1900, 0, GearPosition.Drive);
        car.Clock.AdvanceMs(1);
        car.Kph(1);
        car.Hold(1900, 0, GearPosition.Drive);
        Assert.Equal(DrivingState.Moving, car.Driving);
        car.Hold(100, 0, GearPosition.Drive);
        Assert.Equal(DrivingState.Idling, car.Driving);
    }

    [Fact]
    public void Tightening_OneSample_SameCall()
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(1);
        var result = car.Kph(0.6);
        Assert.True(result.DrivingStateChanged);
        Assert.Equal(DrivingState.Moving, result.Status.State);

        car = Car.Parked();
        car.Clock.AdvanceMs(1);
        Assert.Equal(DrivingState.Idling, car.Gear(GearPosition.Reverse).Status.State);
    }

    [Fact]
    public void SpeedAge_OneTickOver_Unknown()
    {
        var car = Car.Parked();
        car.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(DrivingState.Parked, car.Driving);
        car.Clock.Advance(TimeSpan.FromTicks(1));
        var result = car.State.Evaluate();
        Assert.Equal(DrivingState.Unknown, result.Status.State);
        Assert.True(result.DrivingStateChanged);
        Assert.True(result.Status.Reasons.HasFlag(DrivingReasons.SpeedStale));
    }

    [Fact]
    public void GearAge_OneTickOver_UnknownStandingAndMovingAtSpeed()
    {
        var car = Car.Parked();
        car.Hold(2999, 0);
        car.Clock.Advance(TimeSpan.FromMilliseconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Parked, car.Driving);
        car.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Unknown, car.Driving);
        Assert.True(car.Reasons.HasFlag(DrivingReasons.GearStale));
        car.Kph(10);
        Assert.Equal(DrivingState.Moving, car.Driving);
    }

    [Fact]
    public void BrakeAge_OneTickOver_Unknown()
    {
        var car = Car.Parked(BrakeCar);
        car.Hold(2999, 0, GearPosition.Park);
        car.Clock.Advance(TimeSpan.FromMilliseconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Parked, car.Driving);
        car.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Unknown, car.Driving);
    }

    [Fact]
    public void NextDeadline_AfterIt_StateIsStale()
    {
        var car = Car.Parked();
        var deadline = car.State.Evaluate().NextDeadline!.Value;
        car.Clock.Advance(deadline - TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Parked, car.Driving);
        car.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Unknown, car.Driving);
    }

    [Fact]
    public void Evaluate_NotCalledThroughAGap_GapStillCounts()
    {
        var car = new Car();
        car.Gear(GearPosition.Park);
        car.Kph(0);
        car.Clock.AdvanceMs(2500);
        car.Gear(GearPosition.Park);
        var result = car.Kph(0);
        Assert.Equal(DrivingState.Unknown, result.Status.State);
        car.Hold(1900, 0, GearPosition.Park);
        Assert.Equal(DrivingState.Unknown, car.Driving);
    }

    [Fact]
    public void TwoSpeedSources_HighestAmountCounts()
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(1);
        car.Kph(-20, source: 9);
        Assert.Equal(DrivingState.Moving, car.Driving);
        car.Kph(0);
        Assert.Equal(DrivingState.Moving, car.Driving);
        Assert.Equal(-20, Units.MetersPerSecondToKilometersPerHour(car.State.TakeSnapshot().SpeedMetersPerSecond.Value), 9);
    }

    [Fact]
    public void SecondSpeedSourceSilent_HoldsLooseningUntilForgotten()
    {
        var car = new Car();
        car.Kph(40, source: 9);
        car.Hold(9900, 0, GearPosition.Park);
        Assert.Equal(DrivingState.Moving, car.Driving);
        Assert.True(car.Reasons.HasFlag(DrivingReasons.SourceSilent));
        car.Hold(2000, 0, GearPosition.Park);
        Assert.Equal(DrivingState.Moving, car.Driving);
        car.Hold(100, 0, GearPosition.Park);
        Assert.Equal(DrivingState.Idling, car.Driving);
    }

    [Fact]
    public void TwoGearSources_Disagree_NotParked()
    {
        var car = Car.Parked();
        car.Clock.AdvanceMs(1);
        var result = car.Gear(GearPosition.Drive, source: 8);
        Assert.Equal(DrivingState.Idling, result.Status.State);
        Assert.True(result.Status.Reasons.HasFlag(DrivingReasons.SourcesDisagree));
        Assert.Equal(SignalQuality.SourcesDisagree, car.State.TakeSnapshot().Gear.Quality);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TwoGearSources_OneUnknown_OtherCountsButNothingLoosens(bool unknownFirst)
    {
        var car = new Car();
        for (var i = 0; i < 100; i++)
        {
            car.Gear(unknownFirst ? GearPosition.Unknown : GearPosition.Park, source: 7);
            car.Gear(unknownFirst ? GearPosition.Park : GearPosition.Unknown, source: 8);
            car.Hold(100, 0);
        }

        Assert.Equal(DrivingState.Unknown, car.Driving);
        Assert.True(car.Reasons.HasFlag(DrivingReasons.SourceSilent));
    }

    [Fact]
    public void FifthSpeedSource_Refused_SpeedCountsAsMissing()
    {
        var car = Car.Parked();
        for (ushort source = 10; source < 13; source++)
        {
            Assert.Equal(SampleVerdict.Accepted, car.Kph(0, source).Verdict);
        }

        var result = car.Kph(0, source: 13);
        Assert.Equal(SampleVerdict.SourceTableFull, result.Verdict);
        Assert.Equal(DrivingState.Unknown, result.Status.State);
        Assert.True(result.Status.Reasons.HasFlag(DrivingReasons.SourceTableFull));
        Assert.Equal(1, car.State.ReadCounters()[SampleVerdict.SourceTableFull]);

        // The three others fall silent; after the forget time their places are free and the car is judged again.
        car.Hold(13_100, 0, GearPosition.Park);
        Assert.Equal(DrivingState.Parked, car.Driving);
        Assert.Equal(SampleVerdict.Accepted, car.Kph(0, source: 13).Verdict);
    }

    [Fact]
    public void SourceLost_Gear_UnknownUntilItSpeaksAgain()
    {
        var car = Car.Parked(new DrivingStateOptions { OnChangeFreshness = OnChangeFreshness.Liveliness });
        car.Hold(60_000, 0);
        Assert.Equal(DrivingState.Parked, car.Driving);

        var result = car.State.SourceLost(new SourceId(2));
        Assert.True(result.DrivingStateChanged);
        Assert.Equal(DrivingState.Unknown, result.Status.State);
        Assert.True(result.Status.Reasons.HasFlag(DrivingReasons.GearMissing));

        car.State.SourceRegained(new SourceId(2));
        car.Hold(5000, 0);
        Assert.Equal(DrivingState.Unknown, car.Driving);
        car.Gear(GearPosition.Park);
        car.Hold(3000, 0);
        Assert.Equal(DrivingState.Parked, car.Driving);
    }

    [Fact]
    public void OptionsSwap_OnlyWhileParkedAndValid()
    {
        var next = new VehicleStateOptions { Driving = new DrivingStateOptions { GearMaxAge = TimeSpan.FromSeconds(1) } };
        var car = new Car();
        car.Hold(3000, 30, GearPosition.Drive);
        Assert.Equal(OptionsSwap.NotParked, car.State.TrySwapOptions(next));

        car = Car.Parked();
        Assert.Equal(OptionsSwap.Invalid, car.State.TrySwapOptions(next with { FutureTolerance = TimeSpan.FromDays(1) }));
        Assert.Equal(OptionsSwap.Swapped, car.State.TrySwapOptions(next));
        car.Hold(1000, 0);
        car.Clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(DrivingState.Unknown, car.Driving);

        car = Car.Parked();
        car.Clock.AdvanceMs(1001);
        Assert.Equal(OptionsSwap.NotParked, car.State.TrySwapOptions(next));
    }

    [Fact]
    public void Machine_OnItsOwn_StepsByEvidence()
    {
        var machine = new DrivingStateMachine(new DrivingStateOptions());
        var parked = new DrivingEvidence
        {
            SpeedQuality = SignalQuality.Valid,
            SpeedSourcesFresh = true,
            GearQuality = SignalQuality.Valid,
            Gear = GearPosition.Park,
            GearSourcesFresh = true,
        };
        Assert.False(machine.Step(TimeSpan.Zero, parked));
        Assert.Equal(TimeSpan.FromSeconds(2), machine.NextDeadline);
        Assert.True(machine.Step(TimeSpan.FromSeconds(2), parked));
        Assert.True(machine.Step(TimeSpan.FromSeconds(3), parked));
        Assert.Equal(DrivingState.Parked, machine.State);
        Assert.Null(machine.NextDeadline);

        Assert.True(machine.Step(TimeSpan.FromSeconds(1), default));
        Assert.Equal(DrivingState.Unknown, machine.State);
        Assert.Equal(TimeSpan.FromSeconds(3), machine.EnteredAt);
    }

    [Fact]
    public void Order_AllPairs_ParkedIdlingMovingUnknown()
    {
        DrivingState[] order = [DrivingState.Parked, DrivingState.Idling, DrivingState.Moving, DrivingState.Unknown];
        for (var i = 0; i < order.Length; i++)
        {
            for (var j = 0; j < order.Length; j++)
            {
                Assert.Equal(i > j, DrivingStateOrder.IsStricter(order[i], order[j]));
                Assert.Equal(order[Math.Max(i, j)], DrivingStateOrder.Strictest(order[i], order[j]));
            }
        }

        Assert.True(DrivingStateOrder.IsStricter((DrivingState)99, DrivingState.Moving));
    }
}
