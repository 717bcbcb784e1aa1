using System.Globalization;
using EcuAgent.ToolBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Output;

/// <summary>One line for people about a decision, a command, an outcome or a reply.</summary>
internal static class EventText
{
    /// <summary>The kind of the event in JSON lines and the first column of plain ones.</summary>
    public static string Kind(BusEvent value) => value switch
    {
        BusSample<V1.Decision> => "decision",
        BusSample<V1.HvacCommand> or BusSample<V1.NavigationCommand> => "command",
        BusSample<V1.CommandOutcome> => "outcome",
        BusSample<V1.AssistantReply> => "reply",
        BusSample<V1.Utterance> => "utterance",
        BusSample<V1.Confirmation> => "confirmation",
        BusSample<V1.GateStatus> => "state",
        BusSample<V1.AgentHealth> => "health",
        BusSample<V1.OrderStatus> or BusSample<V1.ParcelStatus> => "order",
        BusSample<V1.PlaceQuery> or BusSample<V1.PlaceResults> => "places",
        _ => "signal",
    };

    public static string Describe(in V1.Decision d)
    {
        var tool = d.Tool.IsEmpty ? "(no tool)" : Printable(d.Tool.ToString());
        return $"{Name(d.Kind)} {tool} [{Name(d.ActionClass)}, {Name(d.DrivingState)}{Part(", ", d.Reason.ToString())}]";
    }

    public static string Describe(in V1.HvacCommand c) => string.Create(CultureInfo.InvariantCulture, $"hvac {Name(c.Action)} {HvacValue(c)}").TrimEnd();

    public static string Describe(in V1.NavigationCommand c) => c.Action switch
    {
        V1.NavigationAction.SetDestination or V1.NavigationAction.AddStop => $"navigation {Name(c.Action)} '{Printable(c.DestinationName.ToString())}'",
        V1.NavigationAction.SetAvoidance => $"navigation {Name(c.Action)} {Name(c.Avoidance)}",
        _ => $"navigation {Name(c.Action)}",
    };

    public static string Describe(in V1.CommandOutcome o) => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name(o.Kind)}{(o.HasAppliedValue ? $" {o.AppliedValue:0.###}" : "")}{Part(" ", o.Reason.ToString())}{Part(": ", o.Detail.ToString())}");

    public static string Describe(in V1.AssistantReply r) =>
        Printable(r.Text.ToString()) + (r.OpenQuestionId.IsEmpty ? "" : $"  (question {Printable(r.OpenQuestionId.ToString())})");

    /// <summary>Text off the bus without what a terminal would take for orders.</summary>
    public static string Printable(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;

    public static string Name<T>(T value)
        where T : struct, Enum => SampleJson.Snake(value.ToString());

    private static FormattableString HvacValue(in V1.HvacCommand c) => c.Action switch
    {
        V1.HvacAction.SetTemperature => $"{c.TemperatureCelsius:0.##} C {Name(c.Zone)}",
        V1.HvacAction.AdjustTemperature => $"{c.TemperatureCelsius:+0.##;-0.##} C {Name(c.Zone)}",
        V1.HvacAction.SetFan => $"{c.Level}",
        V1.HvacAction.AdjustFan => $"{c.Level:+0;-0}",
        V1.HvacAction.SetSeatHeating or V1.HvacAction.SetSeatVentilation => $"{c.Level} {Name(c.Zone)}",
        V1.HvacAction.SetAirflow => $"{Name(c.Airflow)} {Name(c.Zone)}",
        _ => $"{(c.On ? "on" : "off")}",
    };

    private static string Part(string lead, string text) => text.Length > 0 ? lead + Printable(text) : "";
}
