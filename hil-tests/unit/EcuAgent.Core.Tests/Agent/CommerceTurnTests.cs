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
        for (var wait = 0; wait < 20; wait++)
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

    [Fact]
    public async Task Agent_PriceChangedBeforeTheYesIsRedeemed_ReadsTheNewOneBackAndOrdersOnTheSecondYes()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        shop.Faults.Enqueue(Fault.PriceChange);

        await rig.ConfirmAsync(yes: true);
        Assert.Equal(
            "The price or the terms have changed; the order of noodles: beef noodles from Noodle House for 13.50 EUR, shall I go on?", rig.Ports.LastReply);
        Assert.Empty(shop.Charges);

        await rig.ConfirmAsync(yes: true);
        Assert.Equal([1350L], shop.Charges.Select(charge => charge.MinorUnits));
        Assert.Equal(
            [OrderState.AwaitingConfirmation, OrderState.AwaitingConfirmation, OrderState.Placed], rig.Ports.Orders.Select(order => order.State));
    }

    [Fact]
    public async Task Agent_SameOrderSaidAgain_SaysSoInTheReadBack()
    {
        using var rig = new AgentRig(merchant: new TestMerchant());
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        await rig.ConfirmAsync(yes: true);

        await rig.SayAsync("order noodles");

        Assert.StartsWith("You ordered the same a short while ago; ", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_StateTightensBetweenYesAndCommit_NothingIsOrdered()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        shop.OnStep = step =>
        {
            if (step == Step.Grant)
            {
                rig.Drive();
            }

            return Fault.None;
        };

        await rig.ConfirmAsync(yes: true);

        Assert.DoesNotContain(Step.Complete, shop.Steps);
        Assert.Equal((OrderState.Canceled, Step.Cancel), (rig.Ports.Orders[^1].State, shop.Steps[^1]));
    }

    [Fact]
    public async Task Agent_OutcomeOpen_IsToldWhenItIsFoundOut()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        var sent = false;
        shop.OnStep = step => step == Step.Complete ? (sent = true, Fault.LostAnswer).Item2 : sent ? Fault.NotSent : Fault.None;
        await rig.ConfirmAsync(yes: true);
        Assert.Equal("The merchant did not answer, so I do not know what became of the order of noodles.", rig.Ports.LastReply);

        shop.OnStep = _ => Fault.None;
        await rig.Agent.SettleOrdersAsync(CancellationToken.None);

        Assert.Equal("Noodle House confirmed the order of noodles for 12.50 EUR, number 4711.", rig.Ports.LastReply);
        Assert.Equal((OrderState.Placed, 1), (rig.Ports.Orders[^1].State, shop.Placed));
    }

    [Theory]
    [InlineData(Fault.Late, OrderState.Placed, "Noodle House confirmed the order of noodles for 12.50 EUR, number 4711.")]
    [InlineData(Fault.LostRequest, OrderState.Canceled, "The merchant could not do it, so the order of noodles was not carried out and nothing was paid.")]
    public async Task Agent_OrderAndItsCancellationUnanswered_DoesNotClaimEitherWayAndTellsLater(Fault fault, OrderState end, string reply)
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        shop.LoseOrderAndCancellation(fault);
        await rig.ConfirmAsync(yes: true);
        Assert.Equal("The merchant did not answer, so I do not know what became of the order of noodles.", rig.Ports.LastReply);
        Assert.Equal(OrderState.Unknown, rig.Ports.Orders[^1].State);

        shop.OnStep = _ => Fault.None;
        await rig.Agent.SettleOrdersAsync(CancellationToken.None);

        Assert.Equal((reply, end), (rig.Ports.LastReply, rig.Ports.Orders[^1].State));
    }

    [Fact]
    public async Task Agent_FoundNotOrderedButNotClosed_SaysNothingUntilTheMerchantClosesIt()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");
        var sent = false;
        shop.OnStep = step => step == Step.Complete ? (sent = true, Fault.LostRequest).Item2 : sent ? Fault.NotSent : Fault.None;
        await rig.ConfirmAsync(yes: true);
        var said = rig.Ports.Replies.Count;

        shop.OnStep = step => step == Step.Cancel ? Fault.LostRequest : Fault.None;
        await rig.Agent.SettleOrdersAsync(CancellationToken.None);
        Assert.Equal((said, OrderState.Unknown), (rig.Ports.Replies.Count, rig.Ports.Orders[^1].State));

        shop.OnStep = _ => Fault.None;
        await rig.Agent.SettleOrdersAsync(CancellationToken.None);
        Assert.Equal((said + 1, OrderState.Canceled), (rig.Ports.Replies.Count, rig.Ports.Orders[^1].State));
    }

    [Theory]
    [InlineData(CheckoutState.NeedsPerson, "The order of noodles needs you at a screen, so nothing was ordered or paid.", "needs_screen")]
    [InlineData(CheckoutState.Canceled, "The merchant's offer ran out, so the order of noodles was not carried out.", "session_closed")]
    public async Task Agent_MerchantCannotQuote_SaysWhyAndOrdersNothing(CheckoutState state, string reply, string reason)
    {
        var shop = new TestMerchant { OpenState = state };
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);

        await rig.SayAsync("order noodles");

        Assert.Equal((reply, reason), (rig.Ports.LastReply, rig.Ports.Orders[^1].Reason));
        Assert.Empty(shop.Charges);
    }

    [Fact]
    public async Task Agent_OfferAboveTheCap_IsNotReadBack()
    {
        using var rig = new AgentRig(merchant: new TestMerchant { UnitPrice = 30_001 });
        rig.Park();
        rig.Model.On("order noodles", Noodles);

        await rig.SayAsync("order noodles");

        Assert.Equal("The order of noodles is above the limit for one order, so nothing was ordered or paid.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Agent_OffersThenTheSecondOne_ReadsThatOneBack()
    {
        var shop = new TestMerchant();
        shop.Catalogue.Add(new CatalogueOffer("noodle-house", "rice", "fried rice", new Core.Gate.Money(1400, "EUR"), IsSponsored: true, new HashSet<string>()));
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("what is there to eat", ("search_food", new { })).On("the second one", ("choose_option", new { which = "second" }))
            .On("the cheapest", ("choose_option", new { which = "cheapest" }));

        await rig.SayAsync("what is there to eat");
        Assert.Equal(
            "I found 2: first, beef noodles from Noodle House for 12.50 EUR; second, sponsored: fried rice from Noodle House for 14.00 EUR.", rig.Ports.LastReply);
        Assert.True(rig.Ports.Replies[^1].Sponsored);

        await rig.SayAsync("the second one");
        Assert.StartsWith("The order of fried rice from Noodle House: sponsored, ", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal("rice", shop.Opened[^1].Lines[0].OfferId);
        await rig.ConfirmAsync(yes: false);

        await rig.SayAsync("the cheapest");
        Assert.Equal("beef", shop.Opened[^1].Lines[0].OfferId);
    }

    [Fact]
    public async Task Agent_CartThenOrderIt_ReadsTheCartBackWithoutANewSession()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("put noodles in the cart", ("add_to_cart", new { item = "noodles" })).On("order it now", ("order_food", new { }));

        await rig.SayAsync("put noodles in the cart");
        Assert.Equal("Beef noodles from Noodle House for 12.50 EUR is in the cart, and nothing is ordered yet.", rig.Ports.LastReply);
        await rig.SayAsync("order it now");
        await rig.ConfirmAsync(yes: true);

        Assert.Single(shop.Opened);
        Assert.Equal(1, shop.Placed);
    }

    [Fact]
    public async Task Agent_OrderToFetch_IsPutOnTheRouteAfterTheReceipt()
    {
        var shop = new TestMerchant { Profile = new MerchantProfile("noodle-house", "Noodle House", new HashSet<MerchantNeed> { MerchantNeed.Food }, new GeoPoint(48.1, 11.5)) };
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles);
        await rig.SayAsync("order noodles");

        await rig.ConfirmAsync(yes: true);

        var command = Assert.IsType<NavigationCommand>(Assert.Single(rig.Ports.Commands));
        Assert.Equal((NavigationAction.SetDestination, "Noodle House", new GeoPoint(48.1, 11.5)), (command.Action, command.DestinationName, command.Position));
        Assert.StartsWith("Noodle House confirmed", rig.Ports.Replies[^2].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Agent_WhereIsMyParcel_TellsTheOrdersOnTheirWay()
    {
        var shop = new TestMerchant { Progress = OrderProgress.OnTheWay };
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", Noodles).On("where is it", ("track_parcel", null)).On("where are my shoes", ("track_parcel", new { item = "shoes" }));
        await rig.SayAsync("where is it");
        Assert.Equal("I know of no such order that is on its way.", rig.Ports.LastReply);
        await rig.SayAsync("order noodles");
        await rig.ConfirmAsync(yes: true);

        await rig.SayAsync("where is it");
        Assert.Equal("Beef noodles from Noodle House is on its way.", rig.Ports.LastReply);
        await rig.SayAsync("where are my shoes");
        Assert.Equal("I know of no such order that is on its way.", rig.Ports.LastReply);

        await rig.Agent.FollowOrdersAsync(CancellationToken.None);
        Assert.Equal(OrderState.Placed, rig.Ports.Orders[^1].State);
    }

    [Fact]
    public async Task Agent_BillOfAnotherAmountThanSaid_IsNotPaid()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("pay the bill of 12.50", ("pay", new { kind = "bill", amount = 12.5 })).On("pay the bill of 9", ("pay", new { kind = "bill", amount = 9 }));

        await rig.SayAsync("pay the bill of 9");
        Assert.Equal("Noodle House asks for 12.50 EUR, not for what you said, so nothing was paid.", rig.Ports.LastReply);

        await rig.SayAsync("pay the bill of 12.50");
        await rig.ConfirmAsync(yes: true);
        Assert.Equal(1, shop.Placed);
    }
}
