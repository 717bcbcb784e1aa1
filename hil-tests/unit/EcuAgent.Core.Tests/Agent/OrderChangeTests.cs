using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

/// <summary>What is said while an order waits for its yes.</summary>
public sealed class OrderChangeTests
{
    [Theory]
    [InlineData("make it three", 3, null, "The order of 3 noodles: 3 beef noodles from Noodle House for 37.50 EUR, shall I go on?")]
    [InlineData("three noodles please", 3, "noodles", "The order of 3 noodles: 3 beef noodles from Noodle House for 37.50 EUR, shall I go on?")]
    public async Task Change_Quantity_IsPutToTheMerchantAndReadBackAnew(string said, int quantity, string? item, string readBack)
    {
        var shop = new TestMerchant();
        using var rig = Asked(shop);
        rig.Model.On(said, ("order_food", item is null ? new { quantity } : (object)new { item, quantity }));
        await rig.SayAsync("order noodles");
        var old = rig.Ports.Replies[^1].OpenQuestionId;

        await rig.SayAsync(said);
        Assert.Equal(readBack, rig.Ports.LastReply);
        Assert.NotEqual(old, rig.Ports.Replies[^1].OpenQuestionId);

        await rig.Agent.OnConfirmationAsync(new(old, true, SpeakerZone.Driver, 0.95, InputChannel.Voice));
        Assert.Empty(shop.Charges);

        rig.Ports.Replies.RemoveAll(reply => reply.OpenQuestionId.Length == 0);
        await rig.ConfirmAsync(yes: true);
        Assert.Equal([3750L], shop.Charges.Select(charge => charge.MinorUnits));
        Assert.Equal((1, 1), (shop.Opened.Count, shop.Updated.Count));
        Assert.Single(rig.Ports.Orders.Select(order => order.OrderId).Distinct());
    }

    [Fact]
    public async Task Change_TheLargerOne_TakesTheVariantOfTheSameMerchant()
    {
        var shop = new TestMerchant();
        shop.Sell("large beef noodles");
        shop.Sell("large lemonade");
        using var rig = Asked(shop);
        rig.Model.On("the larger one", ("order_food", new { item = "larger one" }));
        await rig.SayAsync("order noodles");

        await rig.SayAsync("the larger one");

        Assert.StartsWith("The order of large beef noodles: large beef noodles from Noodle House", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal("large-beef-noodles", Assert.Single(shop.Updated).Lines[0].OfferId);
    }

    [Fact]
    public async Task Change_SomethingElse_IsNoChange()
    {
        var shop = new TestMerchant();
        shop.Sell("lemonade");
        using var rig = Asked(shop);
        rig.Model.On("and a lemonade", ("order_food", new { item = "lemonade" }));
        await rig.SayAsync("order noodles");

        await rig.SayAsync("and a lemonade");

        Assert.Equal("Please answer the open question first.", rig.Ports.LastReply);
        Assert.Empty(shop.Updated);
    }

    [Fact]
    public async Task Change_NothingOtherwise_IsNoChange()
    {
        var shop = new TestMerchant();
        using var rig = Asked(shop);
        await rig.SayAsync("order noodles");

        rig.Model.On("noodles, I said", ("order_food", new { item = "noodles" }));
        await rig.SayAsync("noodles, I said");

        Assert.Empty(shop.Updated);
    }

    [Theory]
    [InlineData("no, I will pick it up", "en")]
    [InlineData("我自己去取", "zh")]
    public async Task Change_PickupInsteadOfDelivery_IsFetched(string said, string language)
    {
        var shop = new TestMerchant();
        using var rig = Asked(shop);
        rig.Model.On("noodles at home", ("order_food", new { item = "noodles", arrive = "home" })).On(said, ("order_food", null));
        await rig.SayAsync("noodles at home");
        Assert.Equal(DeliveryKind.LocalDelivery, shop.Opened[0].Delivery);

        await rig.SayAsync(said, language: language);

        Assert.Equal((DeliveryKind.Pickup, DeliveryPlace.None), Assert.Single(shop.Updated) is var order ? (order.Delivery, order.Place) : default);
    }

    [Fact]
    public async Task Change_NewSessionNeeded_ClosesTheOldOneAndOpensANewOrder()
    {
        var shop = new TestMerchant { TakesChanges = false };
        using var rig = Asked(shop);
        rig.Model.On("make it two", ("order_food", new { quantity = 2 }));
        await rig.SayAsync("order noodles");

        await rig.SayAsync("make it two");
        Assert.StartsWith("The order of 2 noodles: 2 beef noodles", rig.Ports.LastReply, StringComparison.Ordinal);
        Assert.Equal([Step.Open, Step.Update, Step.Get, Step.Cancel, Step.Open], shop.Steps);
        Assert.Equal(
            [(OrderState.AwaitingConfirmation, ""), (OrderState.Canceled, "order_changed"), (OrderState.AwaitingConfirmation, "")],
            rig.Ports.Orders.Select(order => (order.State, order.State == OrderState.Canceled ? order.Reason : "")));

        await rig.ConfirmAsync(yes: true);
        Assert.Equal([2500L], shop.Charges.Select(charge => charge.MinorUnits));
    }

    [Fact]
    public async Task Change_MerchantRefuses_ReadsTheOldOneBack()
    {
        var shop = new TestMerchant();
        using var rig = Asked(shop);
        rig.Model.On("make it two", ("order_food", new { quantity = 2 }));
        await rig.SayAsync("order noodles");
        shop.Faults.Enqueue(Fault.Refused);

        await rig.SayAsync("make it two");

        Assert.Equal(
            "The merchant could not change it, so the order is as it was. The order of noodles: beef noodles from Noodle House for 12.50 EUR, shall I go on?", rig.Ports.LastReply);
        await rig.ConfirmAsync(yes: true);
        Assert.Equal([1250L], shop.Charges.Select(charge => charge.MinorUnits));
    }

    [Fact]
    public async Task Change_AboveTheCap_IsToldAndNothingIsOrdered()
    {
        var shop = new TestMerchant { UnitPrice = 20_000 };
        using var rig = Asked(shop);
        rig.Model.On("make it two", ("order_food", new { quantity = 2 }));
        await rig.SayAsync("order noodles");

        await rig.SayAsync("make it two");

        Assert.Equal("The order of 2 noodles is above the limit for one order, so nothing was ordered or paid.", rig.Ports.LastReply);
        Assert.Equal((OrderState.Failed, Step.Cancel), (rig.Ports.Orders[^1].State, shop.Steps[^1]));
    }

    [Fact]
    public async Task Change_FromAnotherSeat_IsNone()
    {
        var shop = new TestMerchant();
        using var rig = Asked(shop);
        rig.Model.On("make it two", ("order_food", new { quantity = 2 }));
        await rig.SayAsync("order noodles");

        await rig.Agent.HandleUtteranceAsync(rig.Said("make it two") with { SpeakerZone = SpeakerZone.Passenger }, CancellationToken.None);

        Assert.Empty(shop.Updated);
        Assert.Equal("That has to be asked by a grown-up on a seat that I can tell.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Change_ByChoosingAnotherOffer_ReadsThatOneBack()
    {
        var shop = new TestMerchant();
        shop.Sell("fried rice");
        using var rig = Asked(shop);
        rig.Model.On("what is there", ("search_food", null)).On("the first", ("choose_option", new { which = "first" })).On("no, the second", ("choose_option", new { which = "second" }));
        await rig.SayAsync("what is there");
        await rig.SayAsync("the first");

        await rig.SayAsync("no, the second");

        Assert.Contains("fried rice from Noodle House", rig.Ports.LastReply, StringComparison.Ordinal);
        await rig.ConfirmAsync(yes: true);
        Assert.Equal("fried-rice", Assert.Single(shop.Updated).Lines[0].OfferId);
        Assert.Equal(1, shop.Placed);
    }

    [Fact]
    public async Task Change_OfTheCart_IsMadeBeforeItIsReadBack()
    {
        var shop = new TestMerchant();
        using var rig = Asked(shop);
        rig.Model.On("noodles in the cart", ("add_to_cart", new { item = "noodles" })).On("order three of it", ("order_food", new { quantity = 3 }));
        await rig.SayAsync("noodles in the cart");

        await rig.SayAsync("order three of it");
        await rig.ConfirmAsync(yes: true);

        Assert.Equal([3750L], shop.Charges.Select(charge => charge.MinorUnits));
        Assert.Single(shop.Opened);
    }

    [Fact]
    public async Task Change_WhileMoving_IsDeferredWithTheChange()
    {
        var shop = new TestMerchant();
        using var rig = Asked(shop);
        rig.Model.On("make it two", ("order_food", new { quantity = 2 }));
        await rig.SayAsync("order noodles");
        rig.Drive();

        await rig.SayAsync("make it two");

        Assert.Empty(shop.Updated);
        Assert.Empty(shop.Charges);
    }

    private static AgentRig Asked(TestMerchant shop)
    {
        var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", ("order_food", new { item = "noodles" }));
        return rig;
    }
}
