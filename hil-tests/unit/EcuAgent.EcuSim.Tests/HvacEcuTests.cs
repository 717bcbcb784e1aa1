namespace EcuAgent.EcuSim.Tests;

public sealed class HvacEcuTests
{
    private readonly HvacEcu _ecu = new();

    [Theory]
    [InlineData(22, 22, "ok")]
    [InlineData(21.5, 21.5, "ok")]
    [InlineData(21.3, 21.5, "ok")]
    [InlineData(16, 16, "ok")]
    [InlineData(15.9, 16, "ok")]
    [InlineData(10, 16, "limited")]
    [InlineData(28, 28, "ok")]
    [InlineData(35, 28, "limited")]
    public void SetTemperature_AnyValue_IsAppliedWithinTheLimits(double asked, double applied, string reason)
    {
        var outcome = _ecu.Apply(Set(HvacAction.SetTemperature) with { TemperatureCelsius = asked, Zone = CabinZone.Driver });

        Assert.Equal((OutcomeKind.Completed, reason, (double?)applied), (outcome.Kind, outcome.Reason, outcome.Applied));
        var state = _ecu.ReadBack();
        Assert.Equal(applied, state.TargetTemperatureCelsius[0]);
        Assert.Equal(21, state.TargetTemperatureCelsius[1]);
        Assert.True(state.ClimateOn);
        Assert.Equal("c1", state.LastCommandId.ToString());
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void SetTemperature_NoNumber_IsRejectedAndNothingChanges(double asked)
    {
        var outcome = _ecu.Apply(Set(HvacAction.SetTemperature) with { TemperatureCelsius = asked });

        Assert.Equal((OutcomeKind.Rejected, "out_of_range"), (outcome.Kind, outcome.Reason));
        var state = _ecu.ReadBack();
        Assert.Equal(21, state.TargetTemperatureCelsius[0]);
        Assert.False(state.ClimateOn);
        Assert.True(state.LastCommandId.IsEmpty);
    }

    [Fact]
    public void AdjustTemperature_ByASignedStep_StartsFromTheZoneAndReportsTheResult()
    {
        Assert.Equal(24, _ecu.Apply(Set(HvacAction.AdjustTemperature) with { TemperatureCelsius = 3, Zone = CabinZone.Passenger }).Applied);
        Assert.Equal(22.5, _ecu.Apply(Set(HvacAction.AdjustTemperature) with { TemperatureCelsius = -1.5, Zone = CabinZone.Passenger }).Applied);
        Assert.Equal(21, _ecu.ReadBack().TargetTemperatureCelsius[0]);
        var outcome = _ecu.Apply(Set(HvacAction.AdjustTemperature) with { TemperatureCelsius = 20, Zone = CabinZone.Passenger });
        Assert.Equal(("limited", (double?)28), (outcome.Reason, outcome.Applied));
    }

    [Theory]
    [InlineData(CabinZone.Driver, new[] { 0 })]
    [InlineData(CabinZone.RearRight, new[] { 3 })]
    [InlineData(CabinZone.Front, new[] { 0, 1 })]
    [InlineData(CabinZone.Rear, new[] { 2, 3 })]
    [InlineData(CabinZone.All, new[] { 0, 1, 2, 3 })]
    [InlineData(CabinZone.Unknown, new[] { 0, 1, 2, 3 })]
    public void Zone_OfACommand_SetsTheseSeats(CabinZone zone, int[] seats)
    {
        _ecu.Apply(Set(HvacAction.SetSeatHeating) with { Level = 2, Zone = zone });
        var state = _ecu.ReadBack();
        Assert.Equal(Enumerable.Range(0, 4).Select(i => seats.Contains(i) ? 2 : 0), Enumerable.Range(0, 4).Select(i => (int)state.SeatHeatingLevel[i]));
    }

    [Theory]
    [InlineData(HvacAction.SetFan, 3, 3, "ok")]
    [InlineData(HvacAction.SetFan, 9, 7, "limited")]
    [InlineData(HvacAction.SetFan, -1, 0, "limited")]
    [InlineData(HvacAction.AdjustFan, 2, 4, "ok")]
    [InlineData(HvacAction.AdjustFan, -2, 0, "ok")]
    [InlineData(HvacAction.AdjustFan, -5, 0, "limited")]
    public void Fan_AnyLevel_IsAppliedWithinTheLimits(HvacAction action, int level, int applied, string reason)
    {
        var outcome = _ecu.Apply(Set(action) with { Level = level });
        Assert.Equal((reason, (double?)applied, applied), (outcome.Reason, outcome.Applied, _ecu.ReadBack().FanLevel));
    }

    [Theory]
    [InlineData(HvacAction.SetSeatHeating)]
    [InlineData(HvacAction.SetSeatVentilation)]
    public void Seat_LevelBeyondThree_IsLimited(HvacAction action)
    {
        var outcome = _ecu.Apply(Set(action) with { Level = 5, Zone = CabinZone.Driver });
        Assert.Equal(("limited", (double?)3), (outcome.Reason, outcome.Applied));
    }

    [Fact]
    public void Switches_OnAndOff_EachTouchTheirOwn()
    {
        (HvacAction Action, Func<ClimateState, bool> Read)[] switches =
        [
            (HvacAction.SetClimate, s => s.ClimateOn),
            (HvacAction.SetAirConditioning, s => s.AirConditioningOn),
            (HvacAction.SetHeater, s => s.HeaterOn),
            (HvacAction.SetAutomatic, s => s.AutomaticOn),
            (HvacAction.SetRecirculation, s => s.RecirculationOn),
            (HvacAction.SetFrontDefrost, s => s.FrontDefrostOn),
            (HvacAction.SetRearDefrost, s => s.RearDefrostOn),
            (HvacAction.SetSteeringWheelHeating, s => s.SteeringWheelHeatingOn),
        ];
        foreach (var (action, read) in switches)
        {
            var ecu = new HvacEcu();
            Assert.False(read(ecu.ReadBack()));
            ecu.Apply(Set(action) with { On = true });
            Assert.True(read(ecu.ReadBack()), action.ToString());
            Assert.Equal(action == HvacAction.SetClimate ? 0 : 1, switches.Skip(1).Count(s => s.Read(ecu.ReadBack())));
            ecu.Apply(Set(action) with { On = false });
            Assert.False(read(ecu.ReadBack()), action.ToString());
        }
    }

    [Theory]
    [InlineData(HvacAction.Unknown)]
    [InlineData((HvacAction)99)]
    public void Action_NotKnown_IsRejected(HvacAction action) => Assert.Equal("unknown_action", _ecu.Apply(Set(action)).Reason);

    [Fact]
    public void Cabin_WithTheClimateOn_MovesTowardsTheTargetAndStaysWithItOff()
    {
        var before = _ecu.ReadBack().CabinTemperatureCelsius;
        _ecu.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(before, _ecu.ReadBack().CabinTemperatureCelsius);

        _ecu.Apply(Set(HvacAction.SetTemperature) with { TemperatureCelsius = 25, Zone = CabinZone.All });
        _ecu.Advance(TimeSpan.FromSeconds(30));
        Assert.InRange(_ecu.ReadBack().CabinTemperatureCelsius, before + 0.1, 24.9);
        _ecu.Advance(TimeSpan.FromHours(1));
        Assert.Equal(25, _ecu.ReadBack().CabinTemperatureCelsius);
    }

    private static HvacCommand Set(HvacAction action) => new() { CommandId = BoundedString36.From("c1"), Action = action };
}
