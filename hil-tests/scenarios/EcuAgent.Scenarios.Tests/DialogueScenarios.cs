using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>Something is said; commands, outcomes, read-back and the reply follow.</summary>
public sealed class DialogueScenarios(CockpitRig rig) : IClassFixture<CockpitRig>
{
    [Fact]
    public async Task Start_EverythingThere_HealthIsOkWithoutReasons()
    {
        ModelPackage.Require();
        var health = await rig.Bus.NextAsync<V1.AgentHealth>(h => h.State == V1.HealthState.Ok);
        Assert.Equal("", health.DegradedReasons.ToString());
        Assert.Equal(36, health.InstanceId.ToString().Length);
    }

    [Fact]
    public async Task SetTemperature_WhileParked_IsCommandedCompletedReadBackAndTold()
    {
        ModelPackage.Require();
        await rig.Bus.ParkAsync();

        var turn = await rig.Bus.AskAsync("set the temperature to 22 degrees");

        var command = Assert.Single(Commands(turn));
        Assert.Equal(V1.HvacAction.SetTemperature, command.Action);
        Assert.Equal(22, command.TemperatureCelsius);
        Assert.InRange(command.ExpiresTimeNs - command.IssuedTimeNs, 1, 5_000_000_000);
        var id = command.CommandId.ToString();
        var outcome = Assert.Single(rig.Bus.Since<V1.CommandOutcome>(turn.Mark), o => o.CommandId.ToString() == id);
        Assert.Equal(V1.OutcomeKind.Completed, outcome.Kind);
        var readBack = await rig.Bus.NextAsync<V1.ClimateState>(s => s.LastCommandId.ToString() == id, turn.Mark);
        Assert.Equal(22, readBack.TargetTemperatureCelsius[0]);
        Assert.Contains("22", turn.Text, StringComparison.Ordinal);
        Assert.Contains(
            rig.Bus.Since<V1.Decision>(turn.Mark),
            d => d.CommandId.ToString() == id && d.Kind == V1.DecisionKind.Allow && d.DrivingState == V1.DrivingState.Parked);
    }

    [Fact]
    public async Task TwoRequests_InOneUtterance_AreBothCarriedOutAndTold()
    {
        ModelPackage.Require();
        await rig.Bus.ParkAsync();

        var turn = await rig.Bus.AskAsync("set the temperature to 20 degrees and take me home");

        Assert.Equal(20, Assert.Single(Commands(turn)).TemperatureCelsius);
        var route = Assert.Single(Routes(turn));
        Assert.Equal(V1.NavigationAction.SetDestination, route.Action);
        Assert.Contains("Home", route.DestinationName.ToString(), StringComparison.Ordinal);
        Assert.Contains("20", turn.Text, StringComparison.Ordinal);
        Assert.Contains("Home", turn.Text, StringComparison.Ordinal);
        await rig.Bus.NextAsync<V1.NavigationState>(s => s.RouteActive, turn.Mark);
    }

    [Fact]
    public async Task TakeMeHome_InChinese_IsCommandedAndAnsweredInChinese()
    {
        ModelPackage.Require();
        await rig.Bus.ParkAsync();

        var turn = await rig.Bus.AskAsync("导航回家");

        Assert.Equal(V1.NavigationAction.SetDestination, Assert.Single(Routes(turn)).Action);
        Assert.Equal("zh", turn.Reply.Language.ToString());
        Assert.Contains(turn.Text, c => c is >= '\u4e00' and <= '\u9fff');
    }

    [Fact]
    public async Task SetTemperature_WhileMoving_IsCarriedOut()
    {
        ModelPackage.Require();
        await rig.Bus.DriveAsync();

        var turn = await rig.Bus.AskAsync("set the temperature to 19 degrees");

        Assert.Equal(19, Assert.Single(Commands(turn)).TemperatureCelsius);
        Assert.Contains("19", turn.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Purchase_WhileMoving_IsDeferredAndTakenUpWhenParked()
    {
        ModelPackage.Require();
        await rig.Bus.DriveAsync();
        var turn = await rig.Bus.AskAsync("order a pizza");
        Assert.Contains("parked", turn.Text, StringComparison.Ordinal);
        Assert.Equal("", turn.QuestionId);
        await rig.Bus.NextAsync<V1.OrderStatus>(o => o.State == V1.OrderState.Deferred, turn.Mark);

        var mark = rig.Bus.Mark;
        await rig.Bus.ParkAsync();
        var question = await QuestionAsync(mark);

        mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(question, yes: true);

        var reply = await rig.Bus.NextAsync<V1.AssistantReply>(_ => true, mark);
        Assert.Contains("no food merchant is set up", reply.Text.ToString(), StringComparison.OrdinalIgnoreCase);
        var order = await rig.Bus.NextAsync<V1.OrderStatus>(o => o.State == V1.OrderState.Failed, mark);
        Assert.Equal("merchant_not_configured", order.Reason.ToString());
    }

    [Fact]
    public async Task Purchase_TightenedBetweenQuestionAndYes_IsRevoked()
    {
        ModelPackage.Require();
        await rig.Bus.DriveAsync();
        await rig.Bus.AskAsync("order a pizza");
        var mark = rig.Bus.Mark;
        await rig.Bus.ParkAsync();
        var question = await QuestionAsync(mark);

        mark = rig.Bus.Mark;
        await rig.Bus.DriveAsync();
        await rig.Bus.NextAsync<V1.OrderStatus>(o => o.Reason.ToString() == "consent_revoked", mark);
        rig.Bus.Occupant.Answer(question, yes: true);

        // What comes after the yes on the service's side is answered after it.
        await rig.Bus.AskAsync("set the temperature to 21 degrees");
        Assert.DoesNotContain(rig.Bus.Since<V1.OrderStatus>(mark), o => o.State is V1.OrderState.Failed or V1.OrderState.Placed);
        Assert.DoesNotContain(rig.Bus.Since<V1.Decision>(mark), d => d.Reason.ToString() == "merchant_not_configured");

        // Still wanted: it is asked again when the car is parked again, and dropped with a no.
        mark = rig.Bus.Mark;
        await rig.Bus.ParkAsync();
        question = await QuestionAsync(mark);
        mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(question, yes: false);
        await rig.Bus.NextAsync<V1.OrderStatus>(o => o.State == V1.OrderState.Canceled, mark);
    }

    [Fact]
    public async Task Utterance_HeardBadly_IsAskedBackAndNothingIsCommanded()
    {
        ModelPackage.Require();
        await rig.Bus.ParkAsync();

        var turn = await rig.Bus.AskAsync("set the temperature to 25 degrees", confidence: 0.2);

        Assert.EndsWith("?", turn.Text, StringComparison.Ordinal);
        Assert.Empty(Commands(turn));
        Assert.Contains(rig.Bus.Since<V1.Decision>(turn.Mark), d => d.Kind == V1.DecisionKind.Ask);
    }

    [Fact]
    public async Task Outcome_OfACommandThatNobodySent_ChangesNothing()
    {
        ModelPackage.Require();
        await rig.Bus.ParkAsync();
        using var writer = rig.Bus.Participant.OpenWriter<V1.CommandOutcome>();
        using var watchdog = new CancellationTokenSource(Domains.Watchdog);
        await writer.WaitForMatchAsync(2, watchdog.Token); // the service and this test's record
        var mark = rig.Bus.Mark;

        writer.Write(new V1.CommandOutcome
        {
            Source = Idl.BoundedString32.From("ecu.rogue"),
            SequenceNumber = 1,
            CommandId = Idl.BoundedString36.From(Guid.NewGuid().ToString()),
            Kind = V1.OutcomeKind.Completed,
            HasAppliedValue = true,
            AppliedValue = 28,
        });
        var turn = await rig.Bus.AskAsync("set the temperature to 23 degrees");

        Assert.Equal(23, Assert.Single(Commands(turn)).TemperatureCelsius);
        Assert.Contains("23", turn.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("28", turn.Text, StringComparison.Ordinal);
        Assert.Single(rig.Bus.Since<V1.AssistantReply>(mark));
    }

    private async Task<string> QuestionAsync(int mark) =>
        (await rig.Bus.NextAsync<V1.AssistantReply>(r => !r.OpenQuestionId.IsEmpty, mark)).OpenQuestionId.ToString();

    private IEnumerable<V1.HvacCommand> Commands(Turn turn) =>
        rig.Bus.Since<V1.HvacCommand>(turn.Mark).Where(c => c.UtteranceId.ToString() == turn.UtteranceId);

    private IEnumerable<V1.NavigationCommand> Routes(Turn turn) =>
        rig.Bus.Since<V1.NavigationCommand>(turn.Mark).Where(c => c.UtteranceId.ToString() == turn.UtteranceId);
}
