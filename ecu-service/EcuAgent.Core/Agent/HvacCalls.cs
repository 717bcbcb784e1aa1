using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;

namespace EcuAgent.Core.Agent;

/// <summary>Turns a checked comfort call into HVAC commands. Pure but for the ids.</summary>
internal static class HvacCalls
{
    // Above this, degrees are read as Fahrenheit; the tool's description tells the model so.
    private const double HighestCelsius = 40;

    private const double DefaultStepCelsius = 1;

    /// <summary>The commands of a call, in order; empty for a tool that is none of the HVAC unit's.</summary>
    public static IReadOnlyList<HvacCommand> Commands(string tool, ToolArguments arguments, SpeakerZone speaker, CommandStamp stamp)
    {
        var on = arguments.Flag("on") ?? false;
        var level = arguments.Integer("level") ?? 0;
        var blank = New(HvacAction.Unknown, stamp);
        return tool switch
        {
            ToolNames.SetTemperature =>
            [
                blank with
                {
                    Action = HvacAction.SetTemperature,
                    TemperatureCelsius = Celsius(arguments.Number("degrees") ?? 0),
                    Zone = Zone(arguments, CabinZone.All),
                },
            ],
            ToolNames.AdjustTemperature =>
            [
                blank with
                {
                    Action = HvacAction.AdjustTemperature,
                    TemperatureCelsius = (arguments.Number("degrees") ?? DefaultStepCelsius) * (arguments.Text("direction") == "warmer" ? 1 : -1),
                    Zone = Zone(arguments, CabinZone.All),
                },
            ],
            ToolNames.SetFan => [blank with { Action = HvacAction.SetFan, Level = level }],
            ToolNames.AdjustFan => [blank with { Action = HvacAction.AdjustFan, Level = arguments.Text("direction") == "up" ? 1 : -1 }],
            ToolNames.SetClimate => [blank with { Action = Device(arguments.Text("device")), On = on }],
            ToolNames.SetDefrost => [.. Windows(arguments.Text("window")).Select(window => New(window, stamp) with { On = on })],
            ToolNames.SetRecirculation => [blank with { Action = HvacAction.SetRecirculation, On = on }],
            ToolNames.SetAirflow => [blank with { Action = HvacAction.SetAirflow, Airflow = Airflow(arguments.Text("direction")) }],
            ToolNames.SetSeatHeating => [blank with { Action = HvacAction.SetSeatHeating, Level = level, Zone = Zone(arguments, Seat(speaker)) }],
            ToolNames.SetSeatVentilation => [blank with { Action = HvacAction.SetSeatVentilation, Level = level, Zone = Zone(arguments, Seat(speaker)) }],
            ToolNames.SetSteeringWheelHeating => [blank with { Action = HvacAction.SetSteeringWheelHeating, On = on }],
            _ => [],
        };
    }

    private static HvacCommand New(HvacAction action, CommandStamp stamp) => new()
    {
        CommandId = stamp.NewId(),
        UtteranceId = stamp.UtteranceId,
        Issued = stamp.Issued,
        Expires = stamp.Expires,
        Action = action,
    };

    // Half a degree is the step of the tool and of common climate units.
    private static double Celsius(double degrees) =>
        degrees <= HighestCelsius ? degrees : Math.Round((degrees - 32) * 5 / 9 * 2, MidpointRounding.AwayFromZero) / 2;

    private static CabinZone Zone(ToolArguments arguments, CabinZone unnamed) => arguments.Text("zone") switch
    {
        "driver" => CabinZone.Driver,
        "passenger" => CabinZone.Passenger,
        "rear_left" => CabinZone.RearLeft,
        "rear_right" => CabinZone.RearRight,
        "front" => CabinZone.Front,
        "rear" => CabinZone.Rear,
        "all" => CabinZone.All,
        _ => unnamed,
    };

    private static CabinZone Seat(SpeakerZone speaker) => speaker switch
    {
        SpeakerZone.Passenger => CabinZone.Passenger,
        SpeakerZone.RearLeft => CabinZone.RearLeft,
        SpeakerZone.RearRight => CabinZone.RearRight,
        _ => CabinZone.Driver,
    };

    private static HvacAction Device(string? device) => device switch
    {
        "air_conditioning" => HvacAction.SetAirConditioning,
        "heater" => HvacAction.SetHeater,
        "automatic" => HvacAction.SetAutomatic,
        _ => HvacAction.SetClimate,
    };

    private static HvacAction[] Windows(string? window) => window switch
    {
        "front" => [HvacAction.SetFrontDefrost],
        "rear" => [HvacAction.SetRearDefrost],
        _ => [HvacAction.SetFrontDefrost, HvacAction.SetRearDefrost],
    };

    private static AirflowDirection Airflow(string? direction) => direction switch
    {
        "face" => AirflowDirection.Face,
        "feet" => AirflowDirection.Feet,
        "windshield" => AirflowDirection.Windshield,
        _ => AirflowDirection.FaceFeet,
    };
}
