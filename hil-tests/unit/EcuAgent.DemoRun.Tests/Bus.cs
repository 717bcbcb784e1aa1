using EcuAgent.Idl;
using EcuAgent.ToolBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun.Tests;

/// <summary>Samples as they come off the bus.</summary>
internal static class Bus
{
    public static readonly DateTimeOffset Start = DateTimeOffset.UnixEpoch.AddDays(20_000);

    public static BusSample<T> Sample<T>(T sample, double afterMs = 0)
        where T : unmanaged => new(typeof(T).Name, Start.AddMilliseconds(afterMs), IsGone: false, sample);

    public static V1.HvacCommand SetFan(string id, int level) => new()
    {
        CommandId = BoundedString36.From(id),
        UtteranceId = BoundedString36.From("u"),
        Action = V1.HvacAction.SetFan,
        Level = level,
    };

    public static V1.NavigationCommand GoTo(string id, string name) => new()
    {
        CommandId = BoundedString36.From(id),
        UtteranceId = BoundedString36.From("u"),
        Action = V1.NavigationAction.SetDestination,
        DestinationName = BoundedString128.From(name),
    };

    public static V1.CommandOutcome Outcome(string id, V1.OutcomeKind kind) => new() { CommandId = BoundedString36.From(id), Kind = kind };

    public static V1.Decision Decision(string commandId, V1.DecisionKind kind, string reason) => new()
    {
        UtteranceId = BoundedString36.From("u"),
        CommandId = BoundedString36.From(commandId),
        Kind = kind,
        Reason = BoundedString48.From(reason),
        Tool = BoundedString48.From("set_fan"),
    };

    public static V1.AssistantReply Reply(string text) => new() { UtteranceId = BoundedString36.From("u"), Text = BoundedString1024.From(text) };
}
