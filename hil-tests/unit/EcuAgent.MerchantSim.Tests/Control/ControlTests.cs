namespace EcuAgent.MerchantSim.Tests.Control;

public sealed class ControlTests
{
    [Fact]
    public async Task Merchants_AllKindsWithTheirUrls()
    {
        await using var rig = await Rig.StartAsync();
        var reply = (await rig.Client.SendAsync(HttpMethod.Get, "control/merchants", null, null, ("Authorization", null))).Expect(200);
        var kinds = reply.Body.GetProperty("merchants").EnumerateArray().Select(m => m.GetProperty("kind").GetString()).ToArray();
        Assert.Equal(["biller", "hotel", "parcel", "restaurant", "tickets"], kinds.Distinct().Order());
        Assert.True(kinds.Count(k => k == "restaurant") >= 2);
        Assert.Equal(rig.World.UrlOf(Rig.Trattoria).ToString(), reply.Body.GetProperty("merchants")[0].GetProperty("base_url").GetString());
        Assert.Equal(rig.World.PaymentUrl.ToString(), reply.Text("payment_url"));
    }

    [Fact]
    public async Task Ledger_Read_HasChargesAndRefunds()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["tiramisu"]));
        await rig.Client.CancelOrderAsync(Rig.Trattoria, done.OrderId);
        var entries = (await rig.Client.SendAsync(HttpMethod.Get, "control/ledger", null, null)).Expect(200).Body.GetProperty("entries");
        Assert.Equal(["charge", "refund"], entries.EnumerateArray().Select(e => e.GetProperty("kind").GetString()));
        Assert.Equal((done.Id, done.OrderId, done.Total, "eur"), (
            entries[0].GetProperty("session").GetString(),
            entries[0].GetProperty("order").GetString(),
            entries[0].GetProperty("amount").GetInt64(),
            entries[0].GetProperty("currency").GetString()));
    }

    [Fact]
    public async Task Fault_SetListedAndCleared()
    {
        await using var rig = await Rig.StartAsync();
        var set = await rig.ControlAsync("faults", new JsonObject { ["fault"] = "error_before", ["merchant"] = Rig.Trattoria, ["operation"] = "create", ["count"] = 3, ["status"] = 503 });
        Assert.Equal(3, set.Expect(200).Body.GetProperty("remaining").GetInt32());
        (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).Expect(503);
        var list = (await rig.Client.SendAsync(HttpMethod.Get, "control/faults", null, null)).Body;
        Assert.Equal((1, 2), (list.GetProperty("faults")[0].GetProperty("hits").GetInt32(), list.GetProperty("faults")[0].GetProperty("remaining").GetInt32()));
        Assert.Equal(Enum.GetValues<FaultKind>().Length, list.GetProperty("known_faults").GetArrayLength());
        (await rig.Client.SendAsync(HttpMethod.Delete, "control/faults", null, null)).Expect(200);
        (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).Expect(201);
    }

    [Fact]
    public async Task Fault_Stall_ReleasedByControl()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.ControlAsync("faults", new JsonObject { ["fault"] = "stall", ["operation"] = "create" })).Expect(200);
        var call = rig.Client.CreateAsync(Rig.Trattoria, "tiramisu");
        await rig.World.Faults.Tickets[0].HitAsync();
        (await rig.ControlAsync("release", [])).Expect(200);
        (await call).Expect(201);
    }

    [Theory]
    [InlineData("""{"fault":"meteor"}""", "reset_after")]
    [InlineData("""{"fault":"delay","operation":"teleport"}""", "order_cancel")]
    [InlineData("""{"fault":"delay","merchant":"nobody"}""", "trattoria-bellavista")]
    [InlineData("""{"fault":"webhook_drop","operation":"create"}""", "applies to webhook")]
    [InlineData("""{"fault":"price_change","operation":"create"}""", "applies to update, get, complete")]
    [InlineData("""{"fault":"error_before","status":404}""", "500 to 599")]
    [InlineData("""{"fault":"price_change","percent":0}""", "-90 to 1000")]
    [InlineData("""{"fault":"delay","milliseconds":3600001}""", "at most 01:00:00")]
    [InlineData("""{"fault":"delay","count":0}""", "$.count")]
    [InlineData("""{"fault":"delay","wait":1}""", "$.wait")]
    [InlineData("""{}""", "$.fault")]
    [InlineData("""nonsense""", "not JSON")]
    public async Task Fault_ThatCannotBe_400SaysWhatCan(string body, string hint)
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(HttpMethod.Post, "control/faults", body, null);
        Assert.Contains(hint, reply.Expect(400).Text("message"), StringComparison.Ordinal);
        Assert.Empty(rig.World.Faults.Tickets);
    }

    [Fact]
    public async Task PricesAndStock_Set_AreSoldByThem()
    {
        await using var rig = await Rig.StartAsync();
        (await rig.ControlAsync("prices", new JsonObject { ["merchant"] = Rig.Trattoria, ["item"] = "tiramisu", ["price"] = 700 })).Expect(200);
        (await rig.ControlAsync("stock", new JsonObject { ["merchant"] = Rig.Trattoria, ["item"] = "tiramisu", ["stock"] = 2 })).Expect(200);
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu");
        Assert.Equal((700, 2), (session.Amount("subtotal"), session.Line().GetProperty("available_quantity").GetInt32()));
    }

    [Theory]
    [InlineData("prices", """{"merchant":"nobody","item":"tiramisu","price":1}""", "trattoria-bellavista")]
    [InlineData("prices", """{"merchant":"trattoria-bellavista","item":"nothing","price":1}""", "tiramisu")]
    [InlineData("prices", """{"merchant":"trattoria-bellavista","item":"tiramisu","price":0}""", "$.price")]
    [InlineData("prices", """{"merchant":"trattoria-bellavista","item":"tiramisu","price":100000001}""", "100000000")]
    [InlineData("stock", """{"merchant":"trattoria-bellavista","item":"tiramisu","stock":-1}""", "$.stock")]
    [InlineData("advance", """{"order":"ord_none"}""", "ord_none")]
    [InlineData("advance", """{"steps":1001}""", "1000")]
    [InlineData("approve", """{"session":"cs_none"}""", "cs_none")]
    public async Task Control_WrongValue_400NamesIt(string what, string body, string hint)
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(HttpMethod.Post, $"control/{what}", body, null);
        Assert.Contains(hint, reply.Expect(400).Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Advance_OfAMerchant_MovesItsOrdersOnly()
    {
        await using var rig = await Rig.StartAsync();
        var here = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["tiramisu"]));
        var there = await rig.Client.BuyAsync(Rig.Dragon, AcpClient.Cart(["beef-noodles"]));
        var reply = await rig.ControlAsync("advance", new JsonObject { ["merchant"] = Rig.Trattoria, ["steps"] = 2 });
        Assert.Equal(2, reply.Expect(200).Body.GetProperty("steps").GetInt32());
        Assert.Equal(2, (await rig.Client.GetAsync(Rig.Trattoria, here.Id)).EventTypes.Length);
        Assert.Empty((await rig.Client.GetAsync(Rig.Dragon, there.Id)).EventTypes);
    }

    [Fact]
    public async Task Approve_OpenSession_LetsItGoOn()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "house-red");
        (await rig.ControlAsync("approve", new JsonObject { ["session"] = session.Id })).Expect(200);
        Assert.Equal("ready_for_payment", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).State);
    }

    [Theory]
    [InlineData("GET", "control/prices", 405)]
    [InlineData("POST", "control/ledger", 405)]
    [InlineData("GET", "control/elsewhere", 404)]
    [InlineData("GET", "control", 404)]
    public async Task Control_OtherPathOrMethod_IsTold(string method, string path, int status)
    {
        await using var rig = await Rig.StartAsync();
        (await rig.Client.SendAsync(new HttpMethod(method), path, method == "POST" ? "{}" : null, null)).Expect(status);
    }

    [Fact]
    public async Task World_Addresses_AreLoopbackOnly()
    {
        await using var rig = await Rig.StartAsync();
        Assert.Equal("127.0.0.1", rig.World.BaseUrl.Host);
        Assert.NotEqual(0, rig.World.BaseUrl.Port);
    }

    [Theory]
    [InlineData(-1, 30)]
    [InlineData(65536, 30)]
    [InlineData(0, 0)]
    [InlineData(0, 1441)]
    public async Task Options_OutOfRange_Refused(int port, int minutes) => await Assert.ThrowsAsync<ArgumentException>(
        () => MerchantWorld.StartAsync(new MerchantWorldOptions { Port = port, SessionLifetime = TimeSpan.FromMinutes(minutes) }));
}
