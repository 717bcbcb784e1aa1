using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>The promises that an utterance can come with.</summary>
internal static class Expect
{
    /// <summary>Exactly so many commands, each allowed by a decision that names it and completed by its ECU, and a reply.</summary>
    public static Expectation Commands(int count) => new(
        $"{count} command(s), each decided, completed, and then a reply",
        (seen, e) => e.CommandIds.Count == count
            && e.Replies.Count > 0
            && e.CommandIds.TrueForAll(id => seen.IsCompleted(id)
                && e.Decisions.Exists(d => d.Kind == V1.DecisionKind.Allow && d.CommandId.ToString() == id)));

    /// <summary>No command at all, but a reply.</summary>
    public static Expectation NoCommand { get; } = new("no command, and a reply", (_, e) => e.CommandIds.Count == 0 && e.Replies.Count > 0);

    /// <summary>A question is asked, and nothing else happens.</summary>
    public static Expectation Question { get; } = new(
        "a question and no command", (_, e) => e.CommandIds.Count == 0 && e.Replies.Exists(r => r.Text.ToString().EndsWith('?') || r.Text.ToString().EndsWith('？')));

    /// <summary>A climate command that the climate ECU carries out, reports, and shows in its state.</summary>
    public static Expectation Hvac(V1.HvacAction action, Func<V1.HvacCommand, bool> command, Func<V1.ClimateState, bool> shows) => new(
        $"{Wording.Name(action)} as asked, shown by the climate ECU's state",
        (seen, e) => e.Hvac.Exists(h => h.Command.Action == action && command(h.Command) && seen.IsCompleted(h.CommandId))
            && seen.Climate is { } state && shows(state));

    /// <summary>A relative change of temperature: the state shows the value that the outcome reported, and it went the right way.</summary>
    public static Expectation TemperatureBy(Func<double, bool> difference) => new(
        "adjust_temperature the right way, shown by the climate ECU's state",
        (seen, e) => e.Hvac.Exists(h => h.Command.Action == V1.HvacAction.AdjustTemperature && difference(h.Command.TemperatureCelsius)
            && seen.OutcomeOf(h.CommandId) is { Kind: V1.OutcomeKind.Completed, HasAppliedValue: true } o
            && seen.Climate is { } state && state.TargetTemperatureCelsius[ZoneIndex(h.Command.Zone)] == o.AppliedValue));

    /// <summary>A completed command whose value the ECU limited, and says so.</summary>
    public static Expectation LimitedTo(double applied) => new(
        FormattableString.Invariant($"the ECU limits it to {applied} and reports that"),
        (seen, e) => e.CommandIds.Exists(id => seen.OutcomeOf(id) is { Kind: V1.OutcomeKind.Completed, HasAppliedValue: true } o
            && o.AppliedValue == applied && o.Reason.ToString() == "limited"));

    /// <summary>A destination or stop that the navigation ECU takes and shows.</summary>
    public static Expectation Destination(string name) => new(
        $"the navigation ECU leads to '{name}'",
        (seen, e) => e.Navigation.Exists(n => n.Command.Action == V1.NavigationAction.SetDestination
                && n.Command.DestinationName.ToString().Contains(name, StringComparison.Ordinal) && seen.IsCompleted(n.CommandId))
            && seen.Navigation is { RouteActive: true } state && state.DestinationName.ToString().Contains(name, StringComparison.Ordinal));

    /// <summary>A navigation command of another kind.</summary>
    public static Expectation Navigation(V1.NavigationAction action, Func<V1.NavigationState, bool> shows) => new(
        $"{Wording.Name(action)} as asked, shown by the navigation ECU's state",
        (seen, e) => e.Navigation.Exists(n => n.Command.Action == action && seen.IsCompleted(n.CommandId))
            && seen.Navigation is { } state && shows(state));

    /// <summary>The climate command goes out before the navigation command.</summary>
    public static Expectation HvacBeforeNavigation { get; } = new(
        "the climate command before the navigation command, as asked",
        (_, e) => e.Hvac.Count > 0 && e.Navigation.Count > 0
            && e.CommandIds.IndexOf(e.Hvac[0].CommandId) < e.CommandIds.IndexOf(e.Navigation[0].CommandId));

    /// <summary>A decision of this kind and reason.</summary>
    public static Expectation Decision(V1.DecisionKind kind, string reason, string tool = "") => new(
        $"decision {Wording.Name(kind)} with reason {reason}{(tool.Length > 0 ? $" for {tool}" : "")}",
        (_, e) => e.Decisions.Exists(d => d.Kind == kind && d.Reason.ToString() == reason && (tool.Length == 0 || d.Tool.ToString() == tool)));

    /// <summary>The reply has these words in it.</summary>
    public static Expectation ReplySays(string words) => new(
        $"a reply with '{words}' in it",
        (_, e) => e.Replies.Exists(r => r.Text.ToString().Contains(words, StringComparison.OrdinalIgnoreCase)));

    /// <summary>An order of this summary is reported in this state.</summary>
    public static Expectation Order(V1.OrderState state, string reason) => new(
        $"order {Wording.Name(state)} with reason {reason}",
        (seen, _) => seen.Orders.Exists(o => o.State == state && o.Reason.ToString() == reason));

    private static int ZoneIndex(V1.CabinZone zone) => zone switch
    {
        V1.CabinZone.Passenger => 1,
        V1.CabinZone.RearLeft or V1.CabinZone.Rear => 2,
        V1.CabinZone.RearRight => 3,
        _ => 0,
    };
}
