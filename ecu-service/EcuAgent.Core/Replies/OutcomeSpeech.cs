using EcuAgent.Core.Commands;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Replies;

/// <summary>
/// Says what became of a command. The only place from which the phrases of success are reached, and only for a completed command: that is
/// what keeps a reply from claiming what no ECU has reported.
/// </summary>
internal static class OutcomeSpeech
{
    private const double SameValue = 0.05;

    /// <summary>One clause for one ended command.</summary>
    public static string Say(Phrases phrases, CommandReport report)
    {
        var (result, readBack) = (report.Result, report.ReadBack);
        if (result.State != CommandState.Completed)
        {
            return phrases.NotDone(result.Command, result.State, result.Reason);
        }

        var value = result.AppliedValue ?? (readBack.Verdict == ReadBackVerdict.Confirmed ? readBack.ObservedValue : null);
        var command = Stated(result, value);
        var asked = Asked(command);
        var differs = asked is { } wanted && value is { } set && Math.Abs(set - wanted) > SameValue;
        return readBack.Verdict switch
        {
            ReadBackVerdict.Contradicted => phrases.Contradicted(command, readBack.ObservedValue),
            _ when differs && !IsGraded(command) => phrases.Contradicted(command, value),
            ReadBackVerdict.Confirmed when differs => phrases.Limited((HvacCommand)command, asked!.Value, value!.Value),
            ReadBackVerdict.Confirmed => phrases.Done(command, IsGraded(command) ? value : null),
            _ => phrases.NotShown(command, IsGraded(command) ? value : null),
        };
    }

    // "Warmer" would be untrue of a temperature that was at its limit before: the value is stated instead.
    private static VehicleCommand Stated(CommandResult result, double? value) => (result.Command, value) switch
    {
        (HvacCommand { Action: HvacAction.AdjustTemperature } adjust, { } degrees) when result.Reason.Length > 0 =>
            adjust with { Action = HvacAction.SetTemperature, TemperatureCelsius = degrees },
        (HvacCommand { Action: HvacAction.AdjustFan } adjust, { } level) when result.Reason.Length > 0 =>
            adjust with { Action = HvacAction.SetFan, Level = (int)level },
        _ => result.Command,
    };

    private static double? Asked(VehicleCommand command) => command switch
    {
        HvacCommand { Action: HvacAction.SetTemperature } hvac => hvac.TemperatureCelsius,
        HvacCommand { Action: HvacAction.SetFan or HvacAction.SetSeatHeating or HvacAction.SetSeatVentilation } hvac => hvac.Level,
        HvacCommand { Action: HvacAction.SetAirflow } hvac => (int)hvac.Airflow,
        HvacCommand { Action: HvacAction.AdjustTemperature or HvacAction.AdjustFan } => null,
        HvacCommand hvac => hvac.On ? 1 : 0,
        _ => null,
    };

    private static bool IsGraded(VehicleCommand command) => command is HvacCommand
    {
        Action: HvacAction.SetTemperature or HvacAction.AdjustTemperature or HvacAction.SetFan or HvacAction.AdjustFan
            or HvacAction.SetSeatHeating or HvacAction.SetSeatVentilation,
    };
}
