using System.Globalization;
using EcuAgent.Idl.V1;

namespace EcuAgent.EcuSim;

/// <summary>
/// The climate control unit: applies commands within its limits and knows its own state. No transport and no clock: the cabin
/// temperature follows the target when <see cref="Advance"/> is called.
/// </summary>
internal sealed class HvacEcu
{
    public const double MinimumTemperatureCelsius = 16;
    public const double MaximumTemperatureCelsius = 28;
    public const int MaximumFanLevel = 7;
    public const int MaximumSeatLevel = 3;

    private const double DefaultAdjustmentCelsius = 2;
    private const double CabinTimeConstantSeconds = 90;
    private const int ZoneCount = 4;

    private readonly double[] _targetCelsius = [21, 21, 21, 21];
    private readonly byte[] _seatHeating = new byte[ZoneCount];
    private readonly byte[] _seatVentilation = new byte[ZoneCount];
    private ClimateState _state = new() { Validity = Validity.Valid, FanLevel = 2, Airflow = AirflowDirection.Face };
    private double _cabinCelsius = 17;

    /// <summary>Carries a command out, as far as the limits of the unit allow.</summary>
    public Outcome Apply(in HvacCommand command)
    {
        var outcome = Carry(command);
        if (outcome.Kind == OutcomeKind.Completed)
        {
            _state.LastCommandId.TrySet(command.CommandId.ToString());
        }

        return outcome;
    }

    /// <summary>Lets the cabin temperature move towards the target.</summary>
    public void Advance(TimeSpan elapsed)
    {
        if (_state.ClimateOn)
        {
            var part = 1 - Math.Exp(-elapsed.TotalSeconds / CabinTimeConstantSeconds);
            _cabinCelsius += (_targetCelsius.Average() - _cabinCelsius) * part;
        }
    }

    /// <summary>What the unit really does at this instant.</summary>
    public ClimateState ReadBack()
    {
        for (var zone = 0; zone < ZoneCount; zone++)
        {
            _state.TargetTemperatureCelsius[zone] = _targetCelsius[zone];
            _state.SeatHeatingLevel[zone] = _seatHeating[zone];
            _state.SeatVentilationLevel[zone] = _seatVentilation[zone];
        }

        _state.CabinTemperatureCelsius = Math.Round(_cabinCelsius, 1);
        _state.AmbientTemperatureCelsius = 9;
        return _state;
    }

    private Outcome Carry(in HvacCommand command)
    {
        switch (command.Action)
        {
            case HvacAction.SetTemperature:
                return SetTemperature(command.Zone, command.TemperatureCelsius);
            case HvacAction.AdjustTemperature:
                var step = command.TemperatureCelsius == 0 ? DefaultAdjustmentCelsius : command.TemperatureCelsius;
                return SetTemperature(command.Zone, _targetCelsius[Zones(command.Zone)[0]] + step);
            case HvacAction.SetFan:
                return SetFan(command.Level);
            case HvacAction.AdjustFan:
                return SetFan(_state.FanLevel + command.Level);
            case HvacAction.SetClimate:
                _state.ClimateOn = command.On;
                return Outcome.Completed();
            case HvacAction.SetAirConditioning:
                _state.AirConditioningOn = command.On;
                _state.ClimateOn |= command.On;
                return Outcome.Completed();
            case HvacAction.SetHeater:
                _state.HeaterOn = command.On;
                _state.ClimateOn |= command.On;
                return Outcome.Completed();
            case HvacAction.SetAutomatic:
                _state.AutomaticOn = command.On;
                _state.ClimateOn |= command.On;
                return Outcome.Completed();
            case HvacAction.SetRecirculation:
                _state.RecirculationOn = command.On;
                return Outcome.Completed();
            case HvacAction.SetFrontDefrost:
                _state.FrontDefrostOn = command.On;
                return Outcome.Completed();
            case HvacAction.SetRearDefrost:
                _state.RearDefrostOn = command.On;
                return Outcome.Completed();
            case HvacAction.SetAirflow:
                _state.Airflow = command.Airflow;
                return Outcome.Completed();
            case HvacAction.SetSeatHeating:
                return SetSeat(_seatHeating, command.Zone, command.Level);
            case HvacAction.SetSeatVentilation:
                return SetSeat(_seatVentilation, command.Zone, command.Level);
            case HvacAction.SetSteeringWheelHeating:
                _state.SteeringWheelHeatingOn = command.On;
                return Outcome.Completed();
            default:
                return Outcome.Rejected("unknown_action", $"HVAC action {(int)command.Action} is not known");
        }
    }

    private Outcome SetTemperature(CabinZone zone, double celsius)
    {
        if (!double.IsFinite(celsius))
        {
            return Outcome.Rejected("out_of_range", "the temperature is not a number");
        }

        var applied = Math.Round(Math.Clamp(celsius, MinimumTemperatureCelsius, MaximumTemperatureCelsius) * 2) / 2;
        foreach (var index in Zones(zone))
        {
            _targetCelsius[index] = applied;
        }

        _state.ClimateOn = true;
        return Math.Abs(applied - celsius) < 0.26
            ? Outcome.Completed(applied)
            : Outcome.Limited(applied, string.Create(CultureInfo.InvariantCulture, $"limits are {MinimumTemperatureCelsius} to {MaximumTemperatureCelsius} C"));
    }

    private Outcome SetFan(int level)
    {
        var applied = Math.Clamp(level, 0, MaximumFanLevel);
        _state.FanLevel = (byte)applied;
        _state.ClimateOn |= applied > 0;
        return applied == level ? Outcome.Completed(applied) : Outcome.Limited(applied, $"fan levels are 0 to {MaximumFanLevel}");
    }

    private static Outcome SetSeat(byte[] levels, CabinZone zone, int level)
    {
        var applied = Math.Clamp(level, 0, MaximumSeatLevel);
        foreach (var index in Zones(zone))
        {
            levels[index] = (byte)applied;
        }

        return applied == level ? Outcome.Completed(applied) : Outcome.Limited(applied, $"seat levels are 0 to {MaximumSeatLevel}");
    }

    private static int[] Zones(CabinZone zone) => zone switch
    {
        CabinZone.Driver => [0],
        CabinZone.Passenger => [1],
        CabinZone.RearLeft => [2],
        CabinZone.RearRight => [3],
        CabinZone.Front => [0, 1],
        CabinZone.Rear => [2, 3],
        _ => [0, 1, 2, 3],
    };
}
