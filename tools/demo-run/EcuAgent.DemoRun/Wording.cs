using System.Globalization;
using System.Text.Json;
using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>One line of the time line for each kind of sample.</summary>
internal static class Wording
{
    public static string Of(in V1.Decision d)
    {
        var tool = d.Tool.IsEmpty ? "the request" : d.Tool.ToString();
        return $"{Name(d.Kind)} {tool}  [{Name(d.ActionClass)} while {Name(d.DrivingState)}: {d.Reason}]";
    }

    public static string Of(in V1.HvacCommand c) => string.Create(CultureInfo.InvariantCulture, $"hvac  {Name(c.Action)} {Value(c)}").TrimEnd();

    public static string Of(in V1.NavigationCommand c) => c.Action switch
    {
        V1.NavigationAction.SetDestination or V1.NavigationAction.AddStop => $"navigation  {Name(c.Action)} '{c.DestinationName}'",
        V1.NavigationAction.SetAvoidance => $"navigation  {Name(c.Action)} {Name(c.Avoidance)}",
        _ => $"navigation  {Name(c.Action)}",
    };

    public static string Of(in V1.CommandOutcome o) => string.Create(
        CultureInfo.InvariantCulture,
        $"{o.Source}  {Name(o.Kind)}{(o.HasAppliedValue ? $", value {o.AppliedValue:0.###}" : "")}{Part(", ", o.Reason.ToString())}{Part(": ", o.Detail.ToString())}");

    public static string Of(in V1.AssistantReply r) => r.Text + (r.OpenQuestionId.IsEmpty ? "" : "   (question)");

    public static string Of(in V1.OrderStatus o) => $"{Name(o.State)}  {o.Summary}{Part("  [", o.Reason.ToString())}{(o.Reason.IsEmpty ? "" : "]")}";

    public static string Of(in V1.GateStatus s) =>
        s.DrivingState.ToString() + (s.Reasons.IsEmpty ? "" : $"  ({s.Reasons.ToString().Replace(",", ", ", StringComparison.Ordinal)})");

    public static string Speed(double metersPerSecond) =>
        string.Create(CultureInfo.InvariantCulture, $"{Units.MetersPerSecondToKilometersPerHour(metersPerSecond):0.0##} km/h");

    public static string Name<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static FormattableString Value(in V1.HvacCommand c) => c.Action switch
    {
        V1.HvacAction.SetTemperature => $"{c.TemperatureCelsius:0.##} C, {Name(c.Zone)}",
        V1.HvacAction.AdjustTemperature => $"{c.TemperatureCelsius:+0.##;-0.##} C, {Name(c.Zone)}",
        V1.HvacAction.SetFan => $"{c.Level}",
        V1.HvacAction.AdjustFan => $"{c.Level:+0;-0}",
        V1.HvacAction.SetSeatHeating or V1.HvacAction.SetSeatVentilation => $"{c.Level}, {Name(c.Zone)}",
        V1.HvacAction.SetAirflow => $"{Name(c.Airflow)}",
        _ => $"{(c.On ? "on" : "off")}",
    };

    private static string Part(string lead, string text) => text.Length > 0 ? lead + text : "";
}
