namespace EcuAgent.MerchantSim.Tests.Trades;

public sealed class HotelTests
{
    [Fact]
    public async Task Stay_WeekNights_NightsTimesPriceAndCityTax()
    {
        await using var rig = await Rig.StartAsync();
        var stay = Rig.Stay("2026-03-09", 3);
        stay["ecuagent_people"] = 2;
        var session = await rig.Client.CreateAsync(Rig.Hotel, AcpClient.Cart(["room-double"], stay));
        Assert.Equal("ready_for_payment", session.State);
        Assert.Equal((3, 12900, 3 * 12900), (session.Line().GetProperty("quantity").GetInt32(), session.Line().GetProperty("unit_amount").GetInt32(), session.Amount("subtotal")));
        Assert.Equal(2 * 3 * 250, session.Amount("fee"));
    }

    [Fact]
    public async Task Stay_OverTheWeekend_SurchargeForFridayAndSaturday()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Hotel, AcpClient.Cart(["room-single"], Rig.Stay("2026-03-12", 4)));
        Assert.Equal((2 * 8900 * 20 / 100) + (4 * 250), session.Amount("fee"));
    }

    [Fact]
    public async Task Stay_WithoutDate_Incomplete()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Hotel, "room-double");
        Assert.Equal("incomplete", session.State);
        var message = session.Message("missing");
        Assert.Equal(("$.metadata.ecuagent_check_in", "requires_buyer_input"), (message.GetProperty("param").GetString(), message.GetProperty("resolution").GetString()));
    }

    [Theory]
    [InlineData("2026-03-05")]
    [InlineData("2027-03-07")]
    [InlineData("next friday")]
    public async Task Stay_DateThatCannotBe_NotReady(string day)
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Hotel, AcpClient.Cart(["room-double"], Rig.Stay(day)));
        Assert.Equal(("not_ready_for_payment", "invalid"), (session.State, Assert.Single(session.Messages)));
    }

    [Fact]
    public async Task Stay_MorePeopleThanBeds_QuantityExceeded()
    {
        await using var rig = await Rig.StartAsync();
        var stay = Rig.Stay("2026-03-09");
        stay["ecuagent_people"] = 3;
        Assert.Contains("quantity_exceeded", (await rig.Client.CreateAsync(Rig.Hotel, AcpClient.Cart(["room-double"], stay))).Messages);
        Assert.Equal("ready_for_payment", (await rig.Client.CreateAsync(Rig.Hotel, AcpClient.Cart(["room-double", "room-single"], (JsonObject)stay.DeepClone()))).State);
    }

    [Fact]
    public async Task Rooms_OneNightSoldOut_StayOverItNotPossibleOthersAre()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.SetStock(Rig.Hotel, "room-family", 1);
        await rig.Client.BuyAsync(Rig.Hotel, AcpClient.Cart(["room-family"], Rig.Stay("2026-03-10")));
        Assert.Contains("out_of_stock", (await rig.Client.CreateAsync(Rig.Hotel, AcpClient.Cart(["room-family"], Rig.Stay("2026-03-09", 3)))).Messages);
        Assert.Equal("ready_for_payment", (await rig.Client.CreateAsync(Rig.Hotel, AcpClient.Cart(["room-family"], Rig.Stay("2026-03-11", 2)))).State);
    }

    [Fact]
    public async Task Cancel_BeforeTheDayOfArrival_RefundsAndFreesTheRoom()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.SetStock(Rig.Hotel, "room-family", 1);
        var done = await rig.Client.BuyAsync(Rig.Hotel, AcpClient.Cart(["room-family"], Rig.Stay("2026-03-07")));
        rig.Time.Advance(TimeSpan.FromHours(10.9));
        (await rig.Client.CancelOrderAsync(Rig.Hotel, done.OrderId)).Expect(200);
        Assert.Equal(0, rig.World.Ledger.Sum(e => e.Kind == LedgerKind.Charge ? e.Amount : -e.Amount));
        Assert.Equal("ready_for_payment", (await rig.Client.CreateAsync(Rig.Hotel, AcpClient.Cart(["room-family"], Rig.Stay("2026-03-07")))).State);
    }

    [Fact]
    public async Task Cancel_OnTheDayOfArrivalInTheHotelsZone_NotAllowed()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Hotel, AcpClient.Cart(["room-double"], Rig.Stay("2026-03-07")));
        rig.Time.Advance(TimeSpan.FromHours(11));
        (await rig.Client.CancelOrderAsync(Rig.Hotel, done.OrderId)).Expect(405);
    }

    [Fact]
    public async Task Cancel_SomeNightsOfAStay_NotDivisible()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Hotel, AcpClient.Cart(["room-double", "room-single"], Rig.Stay("2026-03-09", 2)));
        (await rig.Client.CancelOrderAsync(Rig.Hotel, done.OrderId, Acp.OrderTests.Lines("li_room-double", 1))).Expect(400);
        (await rig.Client.CancelOrderAsync(Rig.Hotel, done.OrderId, Acp.OrderTests.Lines("li_room-double", 2))).Expect(200);
        Assert.Equal("processing", (await rig.Client.GetAsync(Rig.Hotel, done.Id)).OrderState);
    }

    [Fact]
    public async Task Order_OnTheDay_IsCheckedInFromThreeOClock()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Hotel, AcpClient.Cart(["room-double"], Rig.Stay("2026-03-07")));
        Assert.Equal(["processing"], done.EventTypes);
        Assert.Equal("digital", done.Order.GetProperty("fulfillments")[0].GetProperty("type").GetString());
        rig.Time.Advance(TimeSpan.FromHours(26));
        Assert.Equal("completed", (await rig.Client.GetAsync(Rig.Hotel, done.Id)).OrderState);
    }
}
