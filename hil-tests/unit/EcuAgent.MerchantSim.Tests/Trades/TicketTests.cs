namespace EcuAgent.MerchantSim.Tests.Trades;

public sealed class TicketTests
{
    [Fact]
    public async Task Tickets_PeopleSaidAndNotCounted_OneForEach()
    {
        await using var rig = await Rig.StartAsync();
        var visit = Rig.Visit("2026-03-08");
        visit["ecuagent_people"] = 2;
        var session = await rig.Client.CreateAsync(Rig.Aquarium, AcpClient.Cart(["aquarium-adult"], visit));
        Assert.Equal((2, 2 * 2240), (session.Line().GetProperty("quantity").GetInt32(), session.Amount("subtotal")));
        var counted = await rig.Client.CreateAsync(Rig.Aquarium, AcpClient.Cart(["aquarium-adult", "aquarium-adult", "aquarium-adult"], (JsonObject)visit.DeepClone()));
        Assert.Equal(3, counted.Line().GetProperty("quantity").GetInt32());
        var family = await rig.Client.CreateAsync(Rig.Aquarium, AcpClient.Cart(["aquarium-family"], (JsonObject)visit.DeepClone()));
        Assert.Equal(1, family.Line().GetProperty("quantity").GetInt32());
    }

    [Theory]
    [InlineData(null, "incomplete", "missing")]
    [InlineData("2026-03-09", "not_ready_for_payment", "invalid")]
    [InlineData("2026-03-05", "not_ready_for_payment", "invalid")]
    [InlineData("2027-01-01", "not_ready_for_payment", "invalid")]
    public async Task Visit_NoOrImpossibleDay_IsTold(string? day, string status, string code)
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Aquarium, AcpClient.Cart(["aquarium-adult"], day is null ? null : Rig.Visit(day)));
        Assert.Equal((status, code), (session.State, Assert.Single(session.Messages)));
    }

    [Fact]
    public async Task Visit_TodayAfterTheShowBegan_NotPossible()
    {
        await using var rig = await Rig.StartAsync();
        Assert.Equal("ready_for_payment", (await rig.Client.CreateAsync(Rig.Cinema, AcpClient.Cart(["film-comet-1700"], Rig.Visit("2026-03-06")))).State);
        rig.Time.Advance(TimeSpan.FromHours(4));
        Assert.Contains("invalid", (await rig.Client.CreateAsync(Rig.Cinema, AcpClient.Cart(["film-comet-1700"], Rig.Visit("2026-03-06")))).Messages);
        Assert.Equal("ready_for_payment", (await rig.Client.CreateAsync(Rig.Cinema, AcpClient.Cart(["film-comet-2015"], Rig.Visit("2026-03-06")))).State);
    }

    [Fact]
    public async Task Stock_IsOfTheDay()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.SetStock(Rig.Aquarium, "feeding-tour", 1);
        await rig.Client.BuyAsync(Rig.Aquarium, AcpClient.Cart(["feeding-tour"], Rig.Visit("2026-03-08")));
        Assert.Contains("out_of_stock", (await rig.Client.CreateAsync(Rig.Aquarium, AcpClient.Cart(["feeding-tour"], Rig.Visit("2026-03-08")))).Messages);
        Assert.Equal("ready_for_payment", (await rig.Client.CreateAsync(Rig.Aquarium, AcpClient.Cart(["feeding-tour"], Rig.Visit("2026-03-10")))).State);
    }

    [Fact]
    public async Task Order_Tickets_AreThereAtOnceWithACode()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Cinema, AcpClient.Cart(["film-comet-2015"], Rig.Visit("2026-03-06")));
        Assert.Equal("completed", done.OrderState);
        var fulfillment = done.Order.GetProperty("fulfillments")[0];
        Assert.Equal(("digital", "delivered"), (fulfillment.GetProperty("type").GetString(), fulfillment.GetProperty("status").GetString()));
        Assert.StartsWith("1001-", fulfillment.GetProperty("digital_delivery").GetProperty("license_key").GetString(), StringComparison.Ordinal);
        Assert.Equal(100, done.Amount("fee"));
    }

    [Fact]
    public async Task Cancel_TwoHoursBeforeTheShow_AllowedLaterNot()
    {
        await using var rig = await Rig.StartAsync();
        var first = await rig.Client.BuyAsync(Rig.Cinema, AcpClient.Cart(["film-comet-2015"], Rig.Visit("2026-03-06")));
        var second = await rig.Client.BuyAsync(Rig.Cinema, AcpClient.Cart(["film-comet-2015"], Rig.Visit("2026-03-06")));
        rig.Time.Advance(new TimeSpan(5, 14, 59));
        (await rig.Client.CancelOrderAsync(Rig.Cinema, first.OrderId)).Expect(200);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("order_not_cancelable", (await rig.Client.CancelOrderAsync(Rig.Cinema, second.OrderId)).Expect(405).Code);
    }

    [Fact]
    public async Task Cancel_EachTicketByItsOwnRule()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Aquarium, AcpClient.Cart(["aquarium-adult", "feeding-tour"], Rig.Visit("2026-03-08")));
        Assert.Contains("not taken back", (await rig.Client.CancelOrderAsync(Rig.Aquarium, done.OrderId)).Expect(405).Text("message"), StringComparison.Ordinal);
        var order = (await rig.Client.CancelOrderAsync(Rig.Aquarium, done.OrderId, Acp.OrderTests.Lines("li_aquarium-adult", 1))).Expect(200);
        Assert.Equal(2240 + 157, order.Amount("amount_refunded"));
        Assert.Equal("completed", order.State);
    }

    [Fact]
    public async Task Film_FromEighteen_Escalates()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Cinema, AcpClient.Cart(["film-night-train-2230"], Rig.Visit("2026-03-06")));
        Assert.Equal("requires_escalation", session.State);
    }
}
