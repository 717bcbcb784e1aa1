using EcuAgent.Core.Ports;
using EcuAgent.Signals;

namespace EcuAgent.Core.Commands;

/// <summary>Compares completed commands with what the ECU publishes about itself. Pure.</summary>
public static class ReadBackCheck
{
    // Half of the smallest step that any climate unit sets.
    private const double TemperatureToleranceCelsius = 0.26;

    // About 30 m: the navigation ECU may move a destination to the nearest road.
    private const double PositionToleranceDeg = 0.0003;

    /// <summary>Compares one result with the snapshot.</summary>
    public static ReadBack Compare(CommandResult result, VehicleSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(snapshot);
        if (result.State != CommandState.Completed)
        {
            return new ReadBack(ReadBackVerdict.None);
        }

        return result.Command switch
        {
            HvacCommand command => snapshot.Climate.TryGet(out var climate)
                ? Climate(command, result.AppliedValue, climate)
                : new ReadBack(ReadBackVerdict.Unavailable),
            NavigationCommand command => snapshot.Navigation.TryGet(out var navigation)
                ? Navigation(command, navigation)
                : new ReadBack(ReadBackVerdict.Unavailable),
            _ => new ReadBack(ReadBackVerdict.Unavailable),
        };
    }

    private static ReadBack Climate(HvacCommand command, double? applied, in ClimateSample climate)
    {
        var named = string.Equals(climate.LastCommandId, command.CommandId, StringComparison.Ordinal);
        var observed = Observed(command, climate);
        double? expected = applied ?? Expected(command);

        // An adjustment without an applied value can only be recognized by its id.
        var matches = expected is { } value ? observed.All(seen => Math.Abs(seen - value) <= TemperatureToleranceCelsius) : named;
        return Judge(matches, named, IsNewer(climate.Envelope, command), observed.Length > 0 ? observed[0] : null);
    }

    private static ReadBack Navigation(NavigationCommand command, in NavigationSample navigation)
    {
        var named = string.Equals(navigation.LastCommandId, command.CommandId, StringComparison.Ordinal);
        var matches = command.Action switch
        {
            NavigationAction.SetDestination => navigation.RouteActive
                && Math.Abs(navigation.DestinationLatitudeDegrees - command.Position.LatitudeDeg) <= PositionToleranceDeg
                && Math.Abs(navigation.DestinationLongitudeDegrees - command.Position.LongitudeDeg) <= PositionToleranceDeg,
            NavigationAction.AddStop => named && navigation.StopCount > 0,
            NavigationAction.Cancel => !navigation.RouteActive,
            NavigationAction.SetAvoidance => navigation.Avoidance == command.Avoidance,
            _ => false,
        };
        return Judge(matches, named, IsNewer(navigation.Envelope, command), null);
    }

    private static ReadBack Judge(bool matches, bool named, bool newer, double? observed) => (matches, named, newer) switch
    {
        (true, true, _) or (true, _, true) => new ReadBack(ReadBackVerdict.Confirmed, observed),
        (false, true, _) => new ReadBack(ReadBackVerdict.Contradicted, observed),
        _ => new ReadBack(ReadBackVerdict.NotShown, observed),
    };

    // Strictly: a state taken at the very instant of issue cannot show the effect yet.
    private static bool IsNewer(in SampleEnvelope envelope, VehicleCommand command) =>
        envelope.SourceTimeUnixNanoseconds > Units.ToUnixNanoseconds(command.Issued);

    private static double? Expected(HvacCommand command) => command.Action switch
    {
        HvacAction.SetTemperature => command.TemperatureCelsius,
        HvacAction.AdjustTemperature or HvacAction.AdjustFan => null,
        HvacAction.SetFan or HvacAction.SetSeatHeating or HvacAction.SetSeatVentilation => command.Level,
        HvacAction.SetAirflow => (int)command.Airflow,
        _ => command.On ? 1 : 0,
    };

    private static double[] Observed(HvacCommand command, in ClimateSample climate) => command.Action switch
    {
        HvacAction.SetTemperature or HvacAction.AdjustTemperature => Zones(command.Zone, climate.TargetTemperatureCelsius),
        HvacAction.SetFan or HvacAction.AdjustFan => [climate.FanLevel],
        HvacAction.SetClimate => [Number(climate.ClimateOn)],
        HvacAction.SetAirConditioning => [Number(climate.AirConditioningOn)],
        HvacAction.SetHeater => [Number(climate.HeaterOn)],
        HvacAction.SetAutomatic => [Number(climate.AutomaticOn)],
        HvacAction.SetRecirculation => [Number(climate.RecirculationOn)],
        HvacAction.SetFrontDefrost => [Number(climate.FrontDefrostOn)],
        HvacAction.SetRearDefrost => [Number(climate.RearDefrostOn)],
        HvacAction.SetAirflow => [(int)climate.Airflow],
        HvacAction.SetSeatHeating => Zones(command.Zone, climate.SeatHeatingLevel),
        HvacAction.SetSeatVentilation => Zones(command.Zone, climate.SeatVentilationLevel),
        HvacAction.SetSteeringWheelHeating => [Number(climate.SteeringWheelHeatingOn)],
        _ => [],
    };

    private static double[] Zones(CabinZone zone, PerZone<int> values) =>
        Zones(zone, new PerZone<double>(values.Driver, values.Passenger, values.RearLeft, values.RearRight));

    private static double[] Zones(CabinZone zone, PerZone<double> values) => zone switch
    {
        CabinZone.Driver => [values.Driver],
        CabinZone.Passenger => [values.Passenger],
        CabinZone.RearLeft => [values.RearLeft],
        CabinZone.RearRight => [values.RearRight],
        CabinZone.Front => [values.Driver, values.Passenger],
        CabinZone.Rear => [values.RearLeft, values.RearRight],
        _ => [values.Driver, values.Passenger, values.RearLeft, values.RearRight],
    };

    private static double Number(bool on) => on ? 1 : 0;
}
