using EcuAgent.MerchantSim;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Payments;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.Scenarios.Tests;

/// <summary>Buying with the whole service: real merchants over HTTP, the journal on disk, the gate in between, and a service that is killed.</summary>
public sealed class CommerceScenarios
{
    private const string Wish = "order a pizza margherita";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PurchaseWhileMoving_WaitsForParkedIsReadBackPaidOnceAndPutOnTheRoute(bool inUcp)
    {
        await using var rig = await CommerceRig.StartAsync(inUcp: inUcp);
        await rig.Bus.DriveAsync();

        var turn = await rig.Bus.AskAsync(Wish);
        Assert.Contains("has to wait", turn.Text, StringComparison.Ordinal);
        Assert.Empty(rig.World.Ledger);

        var mark = rig.Bus.Mark;
        await rig.Bus.ParkAsync();
        var resume = await rig.Bus.NextAsync<V1.AssistantReply>(r => r.OpenQuestionId.ToString().Length > 0, mark);
        mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(resume.OpenQuestionId.ToString(), yes: true);
        var readBack = await rig.Bus.NextAsync<V1.AssistantReply>(r => r.OpenQuestionId.ToString().Length > 0, mark);
        Assert.Contains("Pizza Margherita from Trattoria Bellavista", readBack.Text.ToString(), StringComparison.Ordinal);
        Assert.Empty(rig.World.Ledger);

        mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(readBack.OpenQuestionId.ToString(), yes: true);
        var placed = await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Placed, mark);
        var charge = Assert.Single(rig.World.Ledger);
        Assert.Equal((charge.Amount, "EUR"), (placed.AmountMinorUnits, placed.Currency.ToString()));
        Assert.Contains(
            string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{charge.Amount / 100m:0.00} EUR"), readBack.Text.ToString(), StringComparison.Ordinal);
        var route = await rig.Bus.NextAsync<V1.NavigationCommand>(c => c.DestinationName.ToString() == "Trattoria Bellavista", mark);
        Assert.Equal(V1.NavigationAction.SetDestination, route.Action);

        var cancel = await rig.Bus.AskAsync("cancel my food order");
        Assert.Contains("confirmed the cancellation", cancel.Text, StringComparison.Ordinal);
        Assert.Equal([LedgerKind.Charge, LedgerKind.Refund], rig.World.Ledger.Select(entry => entry.Kind));
        Assert.Equal(charge.Amount, rig.World.Ledger[1].Amount);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ServiceKilledWhileTheMerchantCompletes_AfterItsRestartTellsThatItWasOrderedAndNobodyPaysTwice(bool inUcp)
    {
        await using var rig = await CommerceRig.StartAsync(inUcp: inUcp);
        await rig.Bus.ParkAsync();
        var question = (await rig.Bus.AskAsync(Wish)).QuestionId;
        Assert.NotEmpty(question);
        var held = rig.World.Faults.Add(FaultKind.StallAnswer, SimOperation.Complete);

        rig.Bus.Occupant.Answer(question, yes: true);
        await held.HitAsync();
        await rig.Service.KillAsync();
        Assert.Single(rig.World.Ledger);

        var mark = rig.Bus.Mark;
        await rig.RestartAsync();
        var placed = await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Placed, mark);
        Assert.Equal(Assert.Single(rig.World.Ledger).Amount, placed.AmountMinorUnits);
        var told = await rig.Bus.NextAsync<V1.AssistantReply>(r => r.Text.ToString().Contains("confirmed", StringComparison.Ordinal), mark);
        Assert.Contains("Trattoria Bellavista", told.Text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ServiceKilledBeforeTheOrderArrived_AfterItsRestartTellsThatNothingWasOrdered()
    {
        await using var rig = await CommerceRig.StartAsync();
        await rig.Bus.ParkAsync();
        var question = (await rig.Bus.AskAsync(Wish)).QuestionId;
        var held = rig.World.Faults.Add(FaultKind.Stall, SimOperation.DelegatePayment);

        rig.Bus.Occupant.Answer(question, yes: true);
        await held.HitAsync();
        await rig.Service.KillAsync();

        var mark = rig.Bus.Mark;
        await rig.RestartAsync();
        var ended = await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Canceled, mark);
        Assert.Equal("interrupted", ended.Reason.ToString());
        await rig.Bus.NextAsync<V1.AssistantReply>(r => r.Text.ToString().Contains("nothing was ordered", StringComparison.Ordinal), mark);
        Assert.Empty(rig.World.Ledger);
    }

    [Fact]
    public async Task PriceRisesBetweenReadBackAndYes_IsReadBackAnewAndDeclinedCostsNothing()
    {
        await using var rig = await CommerceRig.StartAsync();
        await rig.Bus.ParkAsync();
        var question = (await rig.Bus.AskAsync(Wish)).QuestionId;
        rig.World.Faults.Add(FaultKind.PriceChange, SimOperation.Get);

        var mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(question, yes: true);
        var again = await rig.Bus.NextAsync<V1.AssistantReply>(r => r.OpenQuestionId.ToString().Length > 0, mark);
        Assert.Contains("have changed", again.Text.ToString(), StringComparison.Ordinal);
        rig.Bus.Occupant.Answer(again.OpenQuestionId.ToString(), yes: false);
        await rig.Bus.NextAsync<V1.OrderStatus>(s => s.State == V1.OrderState.Canceled, mark);

        Assert.Empty(rig.World.Ledger);
    }

    [Fact]
    public async Task PaymentDeclined_IsToldAndNothingIsOrdered()
    {
        await using var rig = await CommerceRig.StartAsync(TestInstruments.Declined);
        await rig.Bus.ParkAsync();
        var question = (await rig.Bus.AskAsync(Wish)).QuestionId;

        var mark = rig.Bus.Mark;
        rig.Bus.Occupant.Answer(question, yes: true);
        var told = await rig.Bus.NextAsync<V1.AssistantReply>(_ => true, mark);

        Assert.Contains("the payment was declined", told.Text.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Empty(rig.World.Ledger);
    }
}
