using EcuAgent.Core.Agent;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tests.Commerce;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

public sealed class OrderArgumentTests
{
    [Theory]
    [InlineData("en", "The order of 2 gluten-free pizza for when you get home: 2 beef noodles from Noodle House for 25.00 EUR, shall I go on?")]
    [InlineData("zh", "到家时订购2份无麸质pizza：Noodle House的beef noodles2份，25.00 EUR，要继续吗？")]
    public async Task Order_DietAndArrival_ReachTheMerchantAndTheReadBack(string language, string readBack)
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("pizza", ("order_food", new { item = "pizza", quantity = 2, diet = "gluten_free", arrive = "home" }));

        await rig.SayAsync("pizza", language: language);

        Assert.Equal(readBack, rig.Ports.LastReply, ignoreLineEndingDifferences: true);
        Assert.Equal(("pizza", "gluten_free"), Assert.Single(shop.Searched) is var query ? (query.Text, Assert.Single(query.Diets)) : default);
        Assert.Equal((DeliveryKind.LocalDelivery, DeliveryPlace.Home), Assert.Single(shop.Opened) is var order ? (order.Delivery, order.Place) : default);
    }

    [Theory]
    [InlineData("book_hotel", "the hotel booking near the destination")]
    [InlineData("book_ticket", "the booking of entrance ticket near the destination")]
    public async Task Booking_NearTheDestination_ReachesTheMerchantAndTheReadBack(string tool, string summary)
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Route(new GeoPoint(48.1, 11));
        rig.Model.On("book it", tool == "book_hotel" ? (tool, new { near = "destination" }) : (tool, (object?)new { kind = "attraction", near = "destination" }));

        await rig.SayAsync("book it");

        Assert.Contains(summary, rig.Ports.LastReply, StringComparison.OrdinalIgnoreCase);
        Assert.Single(shop.Opened);
    }

    [Fact]
    public async Task Pay_AmountThatNobodySaid_AsksAndProposesNothing()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("send money to Bob", ("pay", new { kind = "transfer", payee = "Bob", amount = 200 }))
            .On("twenty", ("pay", new { kind = "transfer", payee = "Bob", amount = 20 }));

        var asked = await rig.SayAsync("send money to Bob");
        Assert.Equal((TurnStatus.Asked, "How much exactly shall be paid?", AgentReasons.AmountNotSaid), (asked.Status, asked.ReplyText, asked.Calls[0].ReasonCode));
        Assert.Equal("", asked.OpenQuestionId);
        Assert.Empty(shop.Searched);
        Assert.Equal((DecisionKind.Ask, AgentReasons.AmountNotSaid), Assert.Single(rig.Ports.Decisions) is var d ? (d.Kind, d.Reason) : default);

        await rig.SayAsync("twenty");
        Assert.Equal("Bob", Assert.Single(shop.Searched).Text);
        Assert.Equal("Noodle House asks for 12.50 EUR, not for what you said, so nothing was paid.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Pay_AmountThatNobodySaidWhileMoving_IsNotDeferredEither()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("pay the bill", ("pay", new { kind = "bill", amount = 99 }));

        await rig.SayAsync("pay the bill");

        Assert.Equal(0, rig.Services.Deferrals.Count);
        Assert.Empty(rig.Ports.Orders);
    }

    [Fact]
    public async Task Pay_WithoutAmount_GoesOnAsBefore()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("pay the parking", ("pay", new { kind = "parking" }));

        await rig.SayAsync("pay the parking");

        Assert.Single(shop.Searched);
        Assert.Contains("shall I go on", rig.Ports.LastReply, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancel_PlacedOrder_IsTakenBackOnceAndToldAsAnswered()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Ports.OnQuery = _ => Task.FromResult(new PlaceAnswer(PlaceStatus.Found, [new Place { PlaceId = "t", Name = "Town", Position = new GeoPoint(48, 11) }]));
        rig.Model.On("book it in town", ("book_hotel", new { place = "town" })).On("cancel my hotel", ("cancel_order", new { kind = "hotel" }));
        await rig.SayAsync("book it in town");
        await rig.ConfirmAsync(yes: true);

        shop.TakesBack = false;
        await rig.SayAsync("cancel my hotel");
        Assert.Equal("The merchant could not cancel it, so it stays as it was.", rig.Ports.LastReply);

        shop.TakesBack = true;
        await rig.SayAsync("cancel my hotel");
        Assert.Equal("The merchant confirmed the cancellation of the hotel booking.", rig.Ports.LastReply);
        Assert.Equal((0L, OrderState.Canceled), (shop.Charges.Sum(charge => charge.MinorUnits), rig.Ports.Orders[^1].State));

        await rig.SayAsync("cancel my hotel");
        Assert.Equal("I know of no order or booking that I could cancel.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Cancel_MerchantSilent_DoesNotClaimEitherWayAndTellsLater()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Ports.OnQuery = _ => Task.FromResult(new PlaceAnswer(PlaceStatus.Found, [new Place { PlaceId = "t", Name = "Town", Position = new GeoPoint(48, 11) }]));
        rig.Model.On("book it in town", ("book_hotel", new { place = "town" })).On("cancel my hotel", ("cancel_order", new { kind = "hotel" }));
        await rig.SayAsync("book it in town");
        await rig.ConfirmAsync(yes: true);
        shop.OnStep = _ => Fault.Silent;

        var turn = rig.SayAsync("cancel my hotel");
        rig.Time.Advance(TimeSpan.FromSeconds(20));
        await turn;
        Assert.Equal("The merchant did not answer, so I do not know what became of the cancellation of the hotel booking.", rig.Ports.LastReply);

        shop.OnStep = _ => Fault.None;
        await rig.Agent.SettleOrdersAsync(CancellationToken.None);
        Assert.Equal("The merchant took back the hotel booking in town.", rig.Ports.LastReply);
    }

    [Theory]
    [InlineData("hotel", "No hotel merchant is set up, so I cannot search or book.")]
    [InlineData(null, "I know of no order or booking that I could cancel.")]
    public async Task Cancel_WithoutMerchant_SaysSo(string? kind, string reply)
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("cancel it", ("cancel_order", kind is null ? null : new { kind }));

        await rig.SayAsync("cancel it");

        Assert.Equal(reply, rig.Ports.LastReply);
    }

    [Fact]
    public async Task Cancel_KindNotSaidWithMerchant_AsksWhich()
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("cancel it", ("cancel_order", null));

        await rig.SayAsync("cancel it");

        Assert.Equal("Which order or booking shall I cancel?", rig.Ports.LastReply);
        Assert.Empty(shop.Steps);
    }

    [Theory]
    [InlineData("food")]
    [InlineData(null)]
    public async Task Cancel_RequestThatStillWaits_IsDroppedWithoutAMerchant(string? kind)
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("order noodles", ("order_food", new { item = "noodles" })).On("cancel it", ("cancel_order", kind is null ? null : new { kind }));

        await rig.SayAsync("order noodles");
        await rig.SayAsync("cancel it");

        Assert.Equal("The order of noodles is dropped.", rig.Ports.LastReply);
        Assert.Equal((OrderState.Canceled, 0), (rig.Ports.Orders[^1].State, rig.Services.Deferrals.Count));
    }

    [Fact]
    public async Task Cancel_RequestOnOffer_EndsTheQuestion()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("order noodles", ("order_food", new { item = "noodles" })).On("cancel it", ("cancel_order", null));
        await rig.SayAsync("order noodles");
        rig.Park(6);
        await rig.Agent.TickAsync();
        string question = rig.Ports.Replies[^1].OpenQuestionId;

        await rig.SayAsync("cancel it");
        await rig.Agent.OnConfirmationAsync(new(question, true, Core.Gate.SpeakerZone.Driver, 0.95, Core.Gate.InputChannel.Voice));

        Assert.Equal("The order of noodles is dropped.", rig.Ports.LastReply);
        Assert.Equal(1, rig.Agent.Counters.AnswersUnmatched);
    }

    [Theory]
    [InlineData("food")]
    [InlineData(null)]
    public async Task Cancel_OrderThatWaitsForItsYes_IsDroppedAndNoPlacedOneIsTouched(string? kind)
    {
        var shop = new TestMerchant();
        using var rig = new AgentRig(merchant: shop);
        rig.Park();
        rig.Model.On("order noodles", ("order_food", new { item = "noodles" })).On("cancel it", ("cancel_order", kind is null ? null : new { kind }));

        await rig.SayAsync("order noodles");
        string question = rig.Ports.Replies[^1].OpenQuestionId;
        await rig.SayAsync("cancel it");
        await rig.Agent.OnConfirmationAsync(new(question, true, Core.Gate.SpeakerZone.Driver, 0.95, Core.Gate.InputChannel.Voice));

        Assert.Equal(("The order of noodles is dropped.", OrderState.Canceled), (rig.Ports.LastReply, rig.Ports.Orders[^1].State));
        Assert.NotEqual("", question);
        Assert.DoesNotContain(Step.CancelOrder, shop.Steps);
        Assert.Empty(shop.Charges);
    }

    [Fact]
    public async Task Cancel_OtherKindThanTheOneThatWaits_LeavesItWaiting()
    {
        using var rig = new AgentRig();
        rig.Drive();
        rig.Model.On("order noodles", ("order_food", new { item = "noodles" })).On("cancel it", ("cancel_order", new { kind = "hotel" }));

        await rig.SayAsync("order noodles");
        await rig.SayAsync("cancel it");

        Assert.Equal(1, rig.Services.Deferrals.Count);
    }
}
