using CsCheck;
using EcuAgent.Core.Agent;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Ports;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>Whatever ECUs do, a reply claims success exactly for commands that were reported completed and read back.</summary>
public sealed class TruthfulReplyTests
{
    private enum Behaviour
    {
        Silent,
        AcceptsOnly,
        Rejects,
        Fails,
        Completes,
        CompletesWithoutReadBack,
        RejectsThenCompletes,
        CompletesUnderAnotherId,
        NoPeer,
        Throws,
    }

    [Fact]
    public void Agent_AnyMixOfOutcomes_ClaimsOnlyWhatWasCompletedAndShown() =>
        Gen.Enum<Behaviour>().Array[1, 4].Sample(
            behaviours => ClaimsOnlyWhatHappened(behaviours).GetAwaiter().GetResult(), iter: 150, threads: 1);

    private static async Task<bool> ClaimsOnlyWhatHappened(Behaviour[] behaviours)
    {
        // Tools with different phrases, so that each claim can be told apart.
        (string Tool, object Arguments, string Claim)[] calls =
        [
            ("set_fan", new { level = 5 }, "The fan is at level 5"),
            ("set_recirculation", new { on = false }, "Fresh air is taken in"),
            ("set_climate", new { device = "air_conditioning", on = true }, "The air conditioning is on"),
            ("set_airflow", new { direction = "feet" }, "The air goes to the feet"),
        ];
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("go", [.. behaviours.Select((_, i) => (calls[i].Tool, (object?)calls[i].Arguments))]);
        int next = 0;
        rig.Ports.OnCommand = command => Act(rig, behaviours[next++], (HvacCommand)command);

        var turn = rig.SayAsync("go");
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        var report = await turn;

        for (int i = 0; i < behaviours.Length; i++)
        {
            // A state published later shows the earlier value as well: then the completion has been read back after all.
            bool happened = behaviours[i] == Behaviour.Completes
                || (behaviours[i] == Behaviour.CompletesWithoutReadBack && behaviours.AsSpan(i).Contains(Behaviour.Completes));
            string[] clauses = report.ReplyText.Split([". ", "; "], StringSplitOptions.None);
            if (clauses.Any(clause => clause.TrimEnd('.').Equals(calls[i].Claim, StringComparison.OrdinalIgnoreCase)) != happened)
            {
                return false;
            }
        }

        var counters = rig.Agent.CommandCounters;
        return counters.Open == 0
            && counters.Issued == counters.Completed + counters.Rejected + counters.Failed + counters.Expired
            && report.Calls.All(call => call.Commands.All(command => command.Result.IsFinal));
    }

    private static CommandWriteResult Act(AgentRig rig, Behaviour behaviour, HvacCommand command)
    {
        // Each command is a little younger than the state published before it.
        rig.Time.Advance(TimeSpan.FromMilliseconds(1));
        switch (behaviour)
        {
            case Behaviour.AcceptsOnly:
                Report(CommandOutcomeKind.Accepted);
                break;
            case Behaviour.Rejects:
                Report(CommandOutcomeKind.Rejected);
                break;
            case Behaviour.Fails:
                Report(CommandOutcomeKind.Accepted);
                Report(CommandOutcomeKind.Failed);
                break;
            case Behaviour.Completes:
                return Completes(rig, command);
            case Behaviour.CompletesWithoutReadBack:
                Report(CommandOutcomeKind.Completed);
                break;
            case Behaviour.RejectsThenCompletes:
                Report(CommandOutcomeKind.Rejected);
                Assert.Equal(OutcomeHandling.Duplicate, Report(CommandOutcomeKind.Completed));
                break;
            case Behaviour.CompletesUnderAnotherId:
                rig.Agent.OnCommandOutcome(new CommandOutcome(Guid.NewGuid().ToString(), CommandOutcomeKind.Completed));
                break;
            case Behaviour.NoPeer:
                return CommandWriteResult.NoPeer;
            case Behaviour.Throws:
                throw new InvalidOperationException("broken");
        }

        return CommandWriteResult.Written;

        OutcomeHandling Report(CommandOutcomeKind kind) => rig.Agent.OnCommandOutcome(new CommandOutcome(command.CommandId, kind));
    }

    // The state that shows the value may be overwritten by the next command of the same utterance, so the one that completes keeps all values.
    private static CommandWriteResult Completes(AgentRig rig, HvacCommand command)
    {
        rig.State.Apply(rig.Climate(command, 21) with
        {
            FanLevel = 5,
            AirConditioningOn = true,
            Airflow = Signals.AirflowDirection.Feet,
            RecirculationOn = false,
        });
        rig.Agent.OnCommandOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed));
        return CommandWriteResult.Written;
    }
}
