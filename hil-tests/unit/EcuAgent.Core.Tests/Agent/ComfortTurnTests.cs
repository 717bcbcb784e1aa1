using EcuAgent.Core.Agent;
using EcuAgent.Core.Commands;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

public sealed class ComfortTurnTests
{
    [Fact]
    public async Task Agent_SeveralRequests_CommandsInOrderAndOneReply()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("22 degrees, fan on three and take me home",
            ("set_temperature", new { degrees = 22 }), ("set_fan", new { level = 3 }), ("navigate_to_saved", new { place = "home" }));
        rig.Ports.OnQuery = query => Task.FromResult(PlaceAnswer.Found(
            new Place { PlaceId = "h", Name = "Home", Category = query.Category, Position = new GeoPoint(48.1, 11.5) }));

        var report = await rig.SayAsync("22 degrees, fan on three and take me home");

        Assert.Equal(TurnStatus.Done, report.Status);
        Assert.Collection(
            rig.Ports.Commands,
            first => Assert.Equal((HvacAction.SetTemperature, 22.0, CabinZone.All), ((HvacCommand)first) is var c ? (c.Action, c.TemperatureCelsius, c.Zone) : default),
            second => Assert.Equal((HvacAction.SetFan, 3), ((HvacCommand)second) is var c ? (c.Action, c.Level) : default),
            third => Assert.Equal((NavigationAction.SetDestination, "h"), ((NavigationCommand)third) is var c ? (c.Action, c.PlaceId) : default));
        Assert.Equal("The temperature is set to 22 degrees. The fan is at level 3. The route to Home is set.", Assert.Single(rig.Ports.Replies).Text);
        Assert.Equal(PlaceCategory.Home, Assert.Single(rig.Ports.Queries).Category);
        Assert.Equal(3, rig.Agent.CommandCounters.Completed);
        Assert.Equal(3, rig.Agent.Counters.ReadBacksConfirmed);
        Assert.NotNull(report.FirstCommandAfter);
    }

    [Fact]
    public async Task Agent_SeveralRequestsWhileMoving_AtMostTwoSentencesAndNothingUnsaid()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("all of it",
            ("set_fan", new { level = 3 }), ("set_climate", new { device = "air_conditioning", on = true }), ("set_airflow", new { direction = "feet" }));

        await rig.SayAsync("all of it");

        Assert.Equal("The fan is at level 3. The air conditioning is on; the air goes to the feet.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_SameCallTwice_IsCarriedOutOnceAndCounted()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan up", ("adjust_fan", new { direction = "up" }), ("set_fan", new { level = 3 }), ("adjust_fan", new { direction = "up" }));

        await rig.SayAsync("fan up");

        Assert.Equal(2, rig.Ports.Commands.Count);
        Assert.Equal(1, rig.Agent.Counters.CallsRepeated);
        Assert.Equal(3, rig.Agent.Counters.CallsProposed);
    }

    [Fact]
    public async Task Agent_FahrenheitDegrees_AreSentAsCelsius()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("72 degrees", ("set_temperature", new { degrees = 72 }));

        await rig.SayAsync("72 degrees");

        Assert.Equal(22, ((HvacCommand)rig.Ports.Commands[0]).TemperatureCelsius);
    }

    [Fact]
    public async Task Agent_DefrostAll_GivesTwoCommands()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("defrost everything", ("set_defrost", new { window = "all", on = true }));

        await rig.SayAsync("defrost everything");

        Assert.Equal([HvacAction.SetFrontDefrost, HvacAction.SetRearDefrost], rig.Ports.Commands.Cast<HvacCommand>().Select(c => c.Action));
    }

    [Fact]
    public async Task Agent_SeatHeatingWithoutZone_IsForWhoSpoke()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("warm my seat", ("set_seat_heating", new { level = 2 }));

        await rig.SayAsync("warm my seat");

        Assert.Equal(CabinZone.Driver, ((HvacCommand)rig.Ports.Commands[0]).Zone);
    }

    [Fact]
    public async Task Agent_EcuLimits_ReplyNamesWhatWasApplied()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("40 degrees", ("set_temperature", new { degrees = 40, zone = "driver" }));

        await rig.SayAsync("40 degrees");

        Assert.Equal("The temperature is set to 28 degrees for the driver, not 40, because it was limited.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_AdjustAtTheLimit_DoesNotClaimWarmer()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("warmer", ("adjust_temperature", new { direction = "warmer" }));
        rig.Ports.OnCommand = command =>
        {
            rig.State.Apply(rig.Climate((HvacCommand)command, 28));
            rig.Agent.OnCommandOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed, "limited", AppliedValue: 28));
            return CommandWriteResult.Written;
        };

        await rig.SayAsync("warmer");

        Assert.Equal("The temperature is set to 28 degrees.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_EcuRejects_ReplySaysSo()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 }));
        rig.Ports.OnCommand = command =>
        {
            rig.Agent.OnCommandOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Rejected, "power_off"));
            return CommandWriteResult.Written;
        };

        var report = await rig.SayAsync("fan seven");

        Assert.Equal("The fan was not changed: the climate unit refused, because it is off.", rig.Ports.LastReply);
        Assert.Equal(CommandState.Rejected, report.Calls[0].Commands[0].Result.State);
    }

    [Fact]
    public async Task Agent_EcuSilent_CommandExpiresAndReplySaysSo()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 }));
        rig.Ports.OnCommand = _ => CommandWriteResult.Written;

        var turn = rig.SayAsync("fan seven");
        Assert.Empty(rig.Ports.Replies);
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        var report = await turn;

        Assert.Equal("The climate unit did not answer in time, so the fan may not have changed.", rig.Ports.LastReply);
        Assert.Equal((CommandState.Expired, CommandReasons.NoAnswer), report.Calls[0].Commands[0].Result is var r ? (r.State, r.Reason) : default);
        Assert.Equal(OutcomeHandling.Late, rig.Agent.OnCommandOutcome(new CommandOutcome(rig.Ports.Commands[0].CommandId, CommandOutcomeKind.Completed)));
        Assert.Equal((1, 0), (rig.Agent.CommandCounters.LateOutcomes, rig.Agent.CommandCounters.Completed));
        Assert.Single(rig.Ports.Replies);
    }

    [Fact]
    public async Task Agent_EcuDiesAfterAccepting_CommandExpiresAndWorksAgainLater()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 }));
        rig.Ports.OnCommand = command =>
        {
            rig.Agent.OnCommandOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Accepted));
            return CommandWriteResult.Written;
        };

        var turn = rig.SayAsync("fan seven");
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        var dead = await turn;
        rig.Ports.OnCommand = rig.Obey;
        await rig.SayAsync("fan seven");

        Assert.Equal(CommandReasons.NoCompletion, dead.Calls[0].Commands[0].Result.Reason);
        Assert.Equal("The fan is at level 7.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_SilentEcu_DoesNotHoldUpTheNextUtterance()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 })).On("hello", ("chat", new { topic = "greeting" }));
        rig.Ports.OnCommand = _ => CommandWriteResult.Written;

        var waiting = rig.SayAsync("fan seven");
        await rig.SayAsync("hello");

        Assert.False(waiting.IsCompleted);
        Assert.Equal("Hello, what can I do for you.", rig.Ports.LastReply);
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        await waiting;
    }

    [Fact]
    public async Task Agent_NoEcuReachable_FailsAtOnce()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 }));
        rig.Ports.OnCommand = _ => CommandWriteResult.NoPeer;

        await rig.SayAsync("fan seven");

        Assert.Equal("The fan was not changed: the climate unit cannot be reached.", rig.Ports.LastReply);
        Assert.Equal((0, 1), (rig.Agent.Counters.CommandsSent, rig.Agent.Counters.CommandsNotSent));
    }

    [Fact]
    public async Task Agent_OneCommandPortFailure_OtherCallsGoOn()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("both", ("set_fan", new { level = 7 }), ("set_recirculation", new { on = false }));
        rig.Ports.OnCommand = command => ((HvacCommand)command).Action == HvacAction.SetFan
            ? throw new InvalidOperationException("broken")
            : rig.Obey(command);

        await rig.SayAsync("both");

        Assert.Equal("The fan was not changed: the command could not be sent. Fresh air is taken in.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_CompletedButStateShowsAnotherValue_ReplyDoesNotClaimIt()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 }));
        rig.Ports.OnCommand = command =>
        {
            rig.State.Apply(rig.Climate((HvacCommand)command with { Level = 2 }, 20));
            rig.Agent.OnCommandOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed));
            return CommandWriteResult.Written;
        };

        await rig.SayAsync("fan seven");

        Assert.Equal("The climate unit reported it done, but its state shows 2 for the fan.", rig.Ports.LastReply);
        Assert.Equal(1, rig.Agent.Counters.ReadBacksMissing);
    }

    [Fact]
    public async Task Agent_ReadBackAfterTheOutcome_IsWaitedFor()
    {
        using var rig = new AgentRig(new AgentOptions());
        rig.Park();
        rig.Model.On("fan seven", ("set_fan", new { level = 7 }));
        rig.Ports.OnCommand = command =>
        {
            rig.Agent.OnCommandOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Completed));
            return CommandWriteResult.Written;
        };

        var turn = rig.SayAsync("fan seven");
        Assert.False(turn.IsCompleted);
        rig.State.Apply(rig.Climate((HvacCommand)rig.Ports.Commands[0], 20));
        rig.Agent.OnReadBackChanged();
        await turn;

        Assert.Equal("The fan is at level 7.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_TooManyOpenCommands_RefusesTheNewest()
    {
        using var rig = new AgentRig(tracker: new CommandTrackerOptions { MaxOpen = 1 });
        rig.Park();
        rig.Model.On("both", ("set_fan", new { level = 7 }), ("set_recirculation", new { on = true }));
        rig.Ports.OnCommand = _ => CommandWriteResult.Written;

        var turn = rig.SayAsync("both");
        rig.Time.Advance(TimeSpan.FromSeconds(5));
        await turn;

        Assert.Single(rig.Ports.Commands);
        Assert.Contains("Too many commands are still open", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal(1, rig.Agent.CommandCounters.RefusedFull);
    }

    [Fact]
    public async Task Agent_ChineseUtterance_ChineseReply()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("空调调到22度", ("set_temperature", new { degrees = 22 }));

        await rig.SayAsync("空调调到22度", language: "");

        Assert.Equal(("温度已设为22度。", "zh"), (rig.Ports.LastReply, rig.Ports.Replies[0].Language));
    }
}
