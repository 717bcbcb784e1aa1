namespace EcuAgent.MerchantSim.Tests.Acp;

public sealed class OrderTests
{
    [Fact]
    public async Task Order_Pickup_ProgressesWithTimeAndIsPolledByTheSession()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        Assert.Equal(("confirmed", 0), (done.OrderState, done.EventTypes.Length));
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        var preparing = await rig.Client.GetAsync(Rig.Trattoria, done.Id);
        Assert.Equal(("completed", "processing"), (preparing.State, preparing.OrderState));
        Assert.Equal(["processing"], preparing.EventTypes);
        rig.Time.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(["processing", "ready_for_pickup"], (await rig.Client.GetAsync(Rig.Trattoria, done.Id)).EventTypes);
        rig.Time.Advance(TimeSpan.FromMinutes(30));
        var fetched = await rig.Client.GetAsync(Rig.Trattoria, done.Id);
        Assert.Equal("completed", fetched.OrderState);
        var line = fetched.Order.GetProperty("line_items")[0];
        Assert.Equal(("fulfilled", 1), (line.GetProperty("status").GetString(), line.GetProperty("quantity").GetProperty("fulfilled").GetInt32()));
    }

    [Fact]
    public async Task Order_Pushed_NextThingHappensNowAndTheRestEarlier()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        Assert.Equal(1, rig.World.Advance(done.OrderId));
        Assert.Equal(1, rig.World.Advance(done.OrderId));
        var ready = await rig.Client.GetAsync(Rig.Trattoria, done.Id);
        Assert.Equal(["processing", "ready_for_pickup"], ready.EventTypes);
        var estimate = ready.Order.GetProperty("estimated_delivery").GetProperty("earliest").GetDateTimeOffset();
        Assert.Equal(Rig.Start, estimate);
        rig.Time.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal("completed", (await rig.Client.GetAsync(Rig.Trattoria, done.Id)).OrderState);
        Assert.Equal(0, rig.World.Advance(done.OrderId));
    }

    [Fact]
    public async Task CancelOrder_BeforePreparation_RefundsAllAndReturnsTheStock()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.SetStock(Rig.Trattoria, "tiramisu", 1);
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["tiramisu"]));
        var order = (await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId, new JsonObject { ["reason"] = "changed plans" })).Expect(200);
        Assert.Equal("canceled", order.State);
        var adjustment = order.Body.GetProperty("adjustments")[0];
        Assert.Equal(("refund", "completed", done.Total, "changed plans"), (
            adjustment.GetProperty("type").GetString(),
            adjustment.GetProperty("status").GetString(),
            adjustment.GetProperty("amount").GetInt64(),
            adjustment.GetProperty("description").GetString()));
        Assert.Equal(done.Total, order.Amount("amount_refunded"));
        Assert.Equal(done.Total, order.Total);
        Assert.Equal("removed", order.Line().GetProperty("status").GetString());
        Assert.Equal([LedgerKind.Charge, LedgerKind.Refund], rig.World.Ledger.Select(e => e.Kind));
        Assert.Equal(done.Total, rig.World.Ledger[1].Amount);
        Assert.Equal("ready_for_payment", (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).State);
        Assert.Equal("canceled", (await rig.Client.GetAsync(Rig.Trattoria, done.Id)).OrderState);
    }

    [Fact]
    public async Task CancelOrder_RepeatedOrAgain_RefundsOnce()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["tiramisu"]));
        var first = (await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId, key: "k")).Expect(200);
        var second = (await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId, key: "k")).Expect(200);
        Assert.Equal(first.Raw, second.Raw);
        Assert.Equal("true", second.Header("Idempotent-Replayed"));
        Assert.Equal("order_canceled", (await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId)).Expect(405).Code);
        Assert.Equal(2, rig.World.Ledger.Count);
    }

    [Fact]
    public async Task CancelOrder_FiftyAtOnce_RefundsOnce()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["tiramisu"]));
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId))));
        Assert.Single(replies, r => r.Status == 200);
        Assert.Equal(2, rig.World.Ledger.Count);
    }

    [Fact]
    public async Task CancelOrder_OnceTheKitchenHasBegun_NotAllowed()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        rig.Time.Advance(TimeSpan.FromMinutes(5));
        var reply = await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId);
        Assert.Equal("order_not_cancelable", reply.Expect(405).Code);
        Assert.Contains("kitchen", reply.Text("message"), StringComparison.Ordinal);
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task CancelOrder_PieceByPiece_SumsUpToTheTotalToTheCent()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Aquarium, AcpClient.Cart(["aquarium-child", "aquarium-child", "aquarium-child"], Rig.Visit("2026-03-08")));
        for (var i = 0; i < 3; i++)
        {
            (await rig.Client.CancelOrderAsync(Rig.Aquarium, done.OrderId, Lines("li_aquarium-child", 1))).Expect(200);
        }

        var refunds = rig.World.Ledger.Where(e => e.Kind == LedgerKind.Refund).Select(e => e.Amount).ToArray();
        Assert.Equal(3, refunds.Length);
        Assert.Equal(done.Total, refunds.Sum());
        Assert.Equal("canceled", (await rig.Client.GetAsync(Rig.Aquarium, done.Id)).OrderState);
    }

    [Theory]
    [InlineData("li_none", 1, "invalid_line_item")]
    [InlineData("li_tiramisu", 3, "invalid_quantity")]
    public async Task CancelOrder_WrongLines_400(string line, int quantity, string code)
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["tiramisu", "tiramisu"]));
        Assert.Equal(code, (await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId, Lines(line, quantity))).Expect(400).Code);
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task CancelOrder_BodyOfAnotherShape_400()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["tiramisu"]));
        var reply = await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId, new JsonObject { ["why"] = "x" });
        Assert.Equal(("unknown_field", "$.why"), (reply.Expect(400).Code, reply.Param));
    }

    [Fact]
    public async Task OrderNotes_Given_EchoedInTheConfirmation()
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["pizza-margherita"]);
        cart["order_notes"] = "ring twice";
        var done = await rig.Client.BuyAsync(Rig.Trattoria, cart);
        Assert.Equal("ring twice", done.Order.GetProperty("confirmation").GetProperty("order_notes").GetString());
    }

    [Fact]
    public async Task Links_OfSessionAndOrder_LeadToPages()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        var links = done.Body.GetProperty("links").EnumerateArray().Select(l => l.GetProperty("url").GetString()!)
            .Append(done.Order.GetProperty("permalink_url").GetString()!);
        foreach (var link in links)
        {
            (await rig.Client.SendAsync(HttpMethod.Get, new Uri(link).AbsolutePath.TrimStart('/'), null, null, ("Authorization", null), ("API-Version", null))).Expect(200);
        }
    }

    internal static JsonObject Lines(string line, int quantity) =>
        new() { ["line_items"] = new JsonArray(new JsonObject { ["id"] = line, ["quantity"] = quantity }) };
}
