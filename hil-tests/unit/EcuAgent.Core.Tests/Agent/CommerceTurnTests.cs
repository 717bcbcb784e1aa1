using EcuAgent.Core.Agent;
using EcuAgent.Core.Audit;
using EcuAgent.Core.Deferral;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

public sealed class CommerceTurnTests
{
    private static readonly (string, object?) Noodles = ("order_food", new { item = "noodles" });

    [Fact]
    public async Task Agent_PurchaseWhileMoving_IsDeferredTakenUpWhenParkedAndEndsAtNoMerchant()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("order noodles", Noodles);

        await rig.SayAsync("order noodles");
        Assert.Equal("The order of noodles has to wait, and I will ask you again when the car is parked.", rig.Ports.LastReply);
        Assert.Equal((DecisionKind.Defer, "deferred_while_moving"), rig.Ports.Decisions[^1] is var d ? (d.Kind, d.Reason) : default);

        await rig.Agent.TickAsync();
        Assert.Single(rig.Ports.Replies);

        rig.Park(6);
        await rig.Agent.TickAsync();
        Assert.Equal("The car is parked now: shall I go on with the order of noodles?", rig.Ports.LastReply);

        await rig.ConfirmAsync(yes: true);
        Assert.Equal("No food merchant is set up, so I cannot search or order.", rig.Ports.LastReply);
        Assert.Equal(
            [OrderState.Deferred, OrderState.AwaitingConfirmation, OrderState.Failed], rig.Ports.Orders.Select(order => order.State));
        Assert.Single(rig.Ports.Orders.Select(order => order.OrderId).Distinct());
        Assert.Equal("merchant_not_configured", rig.Ports.Orders[^1].Reason);
        Assert.Equal((DecisionKind.Deny, "merchant_not_configured"), rig.Ports.Decisions[^1] is var e ? (e.Kind, e.Reason) : default);
        Assert.Contains(rig.Ports.Decisions, decision => decision.Kind == DecisionKind.Confirm);
        Assert.Equal(0, rig.Services.Deferrals.Count);
    }

    [Fact]
    public async Task Agent_PurchaseWhileParkedWithoutMerchant_SaysSoAfterTheGate()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("点一份面", ("order_food", new { item = "面" }));

        await rig.SayAsync("点一份面", language: "zh");

        Assert.Equal("没有设置餐饮商家，无法查询或下单。", rig.Ports.LastReply);
        Assert.Equal(["confirmation_needed", "merchant_not_configured"], rig.Ports.Decisions.Select(decision => decision.Reason));
    }

    [Fact]
    public async Task Agent_DeferredOfferWhenCarMovesOff_IsPutBackAndAskedAgain()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        rig.Park(6);
        await rig.Agent.TickAsync();
        string question = rig.Ports.Replies[^1].OpenQuestionId;

        rig.Drive();
        await rig.Agent.OnSituationChangedAsync();
        Assert.Contains("has to wait", rig.Ports.LastReply, StringComparison.Ordinal);
        await rig.Agent.OnConfirmationAsync(new(question, true, Core.Gate.SpeakerZone.Driver, 0.95, Core.Gate.InputChannel.Voice));
        Assert.Equal(1, rig.Agent.Counters.AnswersUnmatched);

        rig.Park(6);
        await rig.Agent.TickAsync();
        Assert.Contains("shall I go on", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_DeferredOfferDeclined_IsDropped()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        rig.Park(6);
        await rig.Agent.TickAsync();

        await rig.ConfirmAsync(yes: false);

        Assert.Equal("The order of noodles is dropped.", rig.Ports.LastReply);
        Assert.Equal((OrderState.Canceled, 0), (rig.Ports.Orders[^1].State, rig.Services.Deferrals.Count));
    }

    [Fact]
    public async Task Agent_DeferredOfferUnanswered_Expires()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        rig.Park(6);
        await rig.Agent.TickAsync();
        rig.Park(31);

        await rig.Agent.TickAsync();

        Assert.Equal("There was no answer, so the order of noodles was not carried out.", rig.Ports.LastReply);
        Assert.Equal(OrderState.Expired, rig.Ports.Orders[^1].State);
    }

    [Fact]
    public async Task Agent_DeferralQueueFull_SaysSo()
    {
        using var rig = new AgentRig(deferral: new DeferralOptions { Capacity = 1 });
        rig.Drive();
        rig.Model.On("order noodles", Noodles).On("order rice", ("order_food", new { item = "rice" }));

        await rig.SayAsync("order noodles");
        var report = await rig.SayAsync("order rice");

        Assert.Equal("deferral_queue_full", report.Calls[0].ReasonCode);
        Assert.Contains("cannot wait as well", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_ParkedWithMerchant_ReadsBackAndOrdersOnceOnYes()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);

        await rig.SayAsync("order noodles");
        Assert.Equal("The order of noodles: beef noodles from Noodle House for 12.50 EUR, shall I go on?", rig.Ports.LastReply);
        Assert.Empty(shop.Charges);
        var question = rig.Ports.Replies[^1].OpenQuestionId;
        await rig.ConfirmAsync(yes: true);
        Assert.Equal("Noodle House confirmed the order of noodles for 12.50 EUR, number 4711.", rig.Ports.LastReply);
        await rig.Agent.OnConfirmationAsync(new(question, true, Core.Gate.SpeakerZone.Driver, 0.95, Core.Gate.InputChannel.Voice));

        Assert.Single(shop.Charges);
        Assert.Equal([OrderState.AwaitingConfirmation, OrderState.Placed], rig.Ports.Orders.Select(order => order.State));
    }

    [Fact]
    public async Task Agent_StateTightensBetweenQuestionAndYes_NothingIsCommitted()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");

        // No notice of the change: the gate at the commit alone has to see it.
        rig.Drive();
        await rig.ConfirmAsync(yes: true);

        Assert.Empty(shop.Charges);
        Assert.Equal(OrderState.Canceled, rig.Ports.Orders[^1].State);
        Assert.Equal("The car is not parked any more, so the order of noodles was not carried out.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_YesTooUnsure_AsksAgainAndCommitsNothing()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");

        await rig.ConfirmAsync(yes: true, confidence: 0.3);

        Assert.Empty(shop.Charges);
        Assert.Equal("I did not take that as a yes, shall I go on?", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_MerchantSilentAtCommit_DoesNotClaimEitherWay()
    {
        var shop = new TestMerchant { OnStep = step => step == Step.Complete ? Fault.Silent : Fault.None };
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");

        var gone = false;
        shop.OnStep = step => step is Step.Complete || gone ? (gone = true, Fault.Silent).Item2 : Fault.None;
        var answering = rig.ConfirmAsync(yes: true);
        for (var wait = 0; wait < 4; wait++)
        {
            rig.Time.Advance(TimeSpan.FromSeconds(10));
        }

        await answering;

        Assert.Equal("The merchant did not answer, so I do not know what became of the order of noodles.", rig.Ports.LastReply);
        Assert.Equal((OrderState.Unknown, CommerceReasons.OutcomeOpen), rig.Ports.Orders[^1] is var o ? (o.State, o.Reason) : default);
    }

    [Fact]
    public async Task Agent_AuditGone_CommitsNothing()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        rig.Audit.Dispose();

        await rig.ConfirmAsync(yes: true);

        Assert.Empty(shop.Charges);
        Assert.Equal("This cannot be recorded safely right now, so nothing was ordered or paid.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_SetupWhileMoving_IsDenied()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("add my card", ("setup_account", new { what = "payment_method" }));

        await rig.SayAsync("add my card");

        Assert.Equal("That is not possible while driving.", rig.Ports.LastReply);
        Assert.Equal(1, rig.Agent.Counters.CallsDenied);
    }
}
