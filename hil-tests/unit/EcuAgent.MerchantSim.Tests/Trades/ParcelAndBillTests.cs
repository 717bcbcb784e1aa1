namespace EcuAgent.MerchantSim.Tests.Trades;

public sealed class ParcelAndBillTests
{
    [Fact]
    public async Task Parcel_WithoutAddress_Incomplete()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Books, "road-atlas");
        Assert.Equal(("incomplete", "missing"), (session.State, Assert.Single(session.Messages)));
    }

    [Fact]
    public async Task Parcel_Order_TravelsOverDaysWithNumberAndPlaces()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Books, Cart("road-atlas"));
        Assert.Equal("2026-03-08T08:00:00Z", session.Option("standard").GetProperty("earliest_delivery_time").GetString());
        var done = await rig.Client.CompleteAsync(Rig.Books, session.Id, await rig.Client.TokenAsync(Rig.Books, session.Id));
        var fulfillment = done.Order.GetProperty("fulfillments")[0];
        Assert.Equal("Isar Parcel", fulfillment.GetProperty("carrier").GetString());
        Assert.StartsWith("IP", fulfillment.GetProperty("tracking_number").GetString(), StringComparison.Ordinal);
        Assert.Equal(["processing"], done.EventTypes);
        foreach (var (hours, events, state) in new (double, string[], string)[]
        {
            (4, ["processing", "shipped"], "shipped"),
            (6, ["processing", "shipped", "in_transit"], "shipped"),
            (33, ["processing", "shipped", "in_transit", "out_for_delivery"], "shipped"),
            (7, ["processing", "shipped", "in_transit", "out_for_delivery", "delivered"], "completed"),
        })
        {
            rig.Time.Advance(TimeSpan.FromHours(hours));
            var now = await rig.Client.GetAsync(Rig.Books, session.Id);
            Assert.Equal(events, now.EventTypes);
            Assert.Equal(state, now.OrderState);
        }
    }

    [Fact]
    public async Task Parcel_OrderedOnSunday_HandlingBeginsMonday()
    {
        await using var rig = await Rig.StartAsync();
        rig.Time.Advance(TimeSpan.FromDays(2));
        var session = await rig.Client.CreateAsync(Rig.Books, Cart("road-atlas"));
        Assert.Equal("2026-03-11T08:00:00Z", session.Option("standard").GetProperty("earliest_delivery_time").GetString());
    }

    [Fact]
    public async Task Parcel_Cancel_UntilItIsWithTheCarrier()
    {
        await using var rig = await Rig.StartAsync();
        var first = await rig.Client.BuyAsync(Rig.Books, Cart("road-atlas"));
        var second = await rig.Client.BuyAsync(Rig.Books, Cart("audio-book"));
        rig.Time.Advance(TimeSpan.FromHours(3.9));
        (await rig.Client.CancelOrderAsync(Rig.Books, first.OrderId)).Expect(200);
        rig.Time.Advance(TimeSpan.FromHours(0.1));
        Assert.Contains("carrier", (await rig.Client.CancelOrderAsync(Rig.Books, second.OrderId)).Expect(405).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parcel_OneOfTwoBooks_TakenBack_DeliveryStaysPaid()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Books, Cart("road-atlas", "audio-book"));
        var order = (await rig.Client.CancelOrderAsync(Rig.Books, done.OrderId, Acp.OrderTests.Lines("li_audio-book", 1))).Expect(200);
        Assert.Equal(1780 + 338, order.Amount("amount_refunded"));
        Assert.Equal(1, order.Body.GetProperty("fulfillments")[0].GetProperty("line_items").GetArrayLength());
    }

    [Fact]
    public async Task Bill_Paid_IsSettledAtOnceAndCannotBePaidAgain()
    {
        await using var rig = await Rig.StartAsync();
        var open = await rig.Client.CreateAsync(Rig.Bills, "bill-parking-7731");
        Assert.Equal(("ready_for_payment", 1100), (open.State, open.Total));
        Assert.Equal("P-7731", open.Line().GetProperty("custom_attributes")[0].GetProperty("value").GetString());
        var done = await rig.Client.BuyAsync(Rig.Bills, AcpClient.Cart(["bill-parking-7731"]));
        Assert.Equal("completed", done.OrderState);
        var again = await rig.Client.CompleteAsync(Rig.Bills, open.Id, await rig.Client.TokenAsync(Rig.Bills, open.Id));
        Assert.Equal(("not_ready_for_payment", "conflict"), (again.State, Assert.Single(again.Messages)));
        Assert.Single(rig.World.Ledger);
        Assert.Contains("settled", (await rig.Client.CancelOrderAsync(Rig.Bills, done.OrderId)).Expect(405).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bill_Twice_QuantityExceeded()
    {
        await using var rig = await Rig.StartAsync();
        Assert.Contains("quantity_exceeded", (await rig.Client.CreateAsync(Rig.Bills, "bill-toll-2210", "bill-toll-2210")).Messages);
    }

    private static JsonObject Cart(params string[] items)
    {
        var cart = AcpClient.Cart(items);
        cart["fulfillment_details"] = AcpClient.Address();
        return cart;
    }
}
