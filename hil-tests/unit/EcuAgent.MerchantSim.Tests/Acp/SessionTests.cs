namespace EcuAgent.MerchantSim.Tests.Acp;

public sealed class SessionTests
{
    [Fact]
    public async Task Create_OneDish_ReadyWithPriceTaxAndTotal()
    {
        await using var rig = await Rig.StartAsync();
        var reply = (await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita")).Expect(201);
        Assert.Equal("ready_for_payment", reply.State);
        Assert.Equal((1050, 74, 1124), (reply.Amount("subtotal"), reply.Amount("tax"), reply.Total));
        Assert.Equal("eur", reply.Text("currency"));
        Assert.Empty(reply.Messages);
        Assert.Equal("2026-03-06T12:30:00Z", reply.Text("expires_at"));
    }

    [Theory]
    [InlineData("""[{"id":"tiramisu"},{"id":"tiramisu"},{"id":"tiramisu"}]""")]
    [InlineData("""[{"id":"tiramisu","quantity":3}]""")]
    [InlineData("""[{"id":"tiramisu","quantity":2},{"id":"tiramisu"}]""")]
    public async Task Create_ItemNamedAgainOrCounted_IsOneLineWithQuantity(string items)
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart([]);
        cart["line_items"] = JsonNode.Parse(items);
        var reply = (await rig.Client.CreateAsync(Rig.Trattoria, cart)).Expect(201);
        Assert.Equal(1, reply.Body.GetProperty("line_items").GetArrayLength());
        Assert.Equal(3, reply.Line().GetProperty("quantity").GetInt32());
        Assert.Equal(3 * 620, reply.Amount("subtotal"));
    }

    [Theory]
    [InlineData("locale", "zh-CN")]
    [InlineData("header", "zh-CN,zh;q=0.9")]
    public async Task Create_Chinese_NamesAreChinese(string where, string language)
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["pizza-margherita"]);
        if (where == "locale")
        {
            cart["locale"] = language;
        }

        var reply = await rig.Client.SendAsync(
            HttpMethod.Post, $"{Rig.Trattoria}/checkout_sessions", cart.ToJsonString(), "k", ("Accept-Language", where == "header" ? language : null));
        Assert.Equal("玛格丽特披萨", reply.Expect(201).Line().GetProperty("name").GetString());
    }

    [Fact]
    public async Task Create_OtherCurrency_400()
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"], currency: "usd"));
        Assert.Equal(("unsupported_currency", "$.currency"), (reply.Expect(400).Code, reply.Param));
    }

    [Fact]
    public async Task Create_AgentBelievesInAnotherPrice_WarnsAndUsesItsOwn()
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart([]);
        cart["line_items"] = new JsonArray(new JsonObject { ["id"] = "pizza-margherita", ["unit_amount"] = 1 });
        var reply = (await rig.Client.CreateAsync(Rig.Trattoria, cart)).Expect(201);
        Assert.Equal("price_change", Assert.Single(reply.Messages));
        Assert.Equal(1124, reply.Total);
    }

    [Fact]
    public async Task Create_MoreThanInStock_NotReadyOutOfStock()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.SetStock(Rig.Trattoria, "tiramisu", 1);
        var reply = await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu", "tiramisu");
        Assert.Equal("not_ready_for_payment", reply.Expect(201).State);
        var message = reply.Message("out_of_stock");
        Assert.Equal(("$.line_items[0]", "requires_buyer_input"), (message.GetProperty("param").GetString(), message.GetProperty("resolution").GetString()));
        Assert.Contains("Only 1", message.GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Create_FewLeft_WarnsLowStock()
    {
        await using var rig = await Rig.StartAsync();
        rig.World.SetStock(Rig.Trattoria, "tiramisu", 3);
        var reply = await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu");
        Assert.Equal(("ready_for_payment", "low_stock"), (reply.State, Assert.Single(reply.Messages)));
    }

    [Fact]
    public async Task Create_MoreThanOneOrderTakes_QuantityExceeded()
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.CreateAsync(Rig.Trattoria, [.. Enumerable.Repeat("pizza-margherita", 21)]);
        Assert.Contains("quantity_exceeded", reply.Messages);
    }

    [Fact]
    public async Task Create_UnknownDiscount_WarnsOnly()
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["pizza-margherita"]);
        cart["discounts"] = new JsonObject { ["codes"] = new JsonArray("SPRING") };
        var reply = await rig.Client.CreateAsync(Rig.Trattoria, cart);
        Assert.Equal(("ready_for_payment", "discount_code_invalid"), (reply.State, Assert.Single(reply.Messages)));
    }

    [Fact]
    public async Task Create_BuyerWithBadMail_NotReady()
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["pizza-margherita"]);
        cart["buyer"] = new JsonObject { ["email"] = "ada at home" };
        AnswerCheck.IsOff.Value = true; // The buyer is echoed as it was given; its address is no e-mail address by format.
        var reply = await rig.Client.CreateAsync(Rig.Trattoria, cart);
        Assert.Equal(("not_ready_for_payment", "$.buyer.email"), (reply.State, reply.Message("invalid").GetProperty("param").GetString()));
    }

    [Fact]
    public async Task Create_ExtensionsNamed_OnlyThoseAreActive()
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["pizza-margherita"]);
        cart["capabilities"]!["extensions"] = new JsonArray("ecuagent.order_cancel", "discount");
        var reply = await rig.Client.CreateAsync(Rig.Trattoria, cart);
        var active = reply.Body.GetProperty("capabilities").GetProperty("extensions").EnumerateArray().Select(e => e.GetProperty("name").GetString());
        Assert.Equal(["ecuagent.order_cancel"], active);

        cart["capabilities"]!["extensions"] = new JsonArray("discount");
        reply = await rig.Client.CreateAsync(Rig.Trattoria, cart);
        Assert.False(reply.Body.GetProperty("capabilities").TryGetProperty("extensions", out _));
    }

    [Fact]
    public async Task Create_InterventionsNamed_IntersectionIsAnswered()
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["pizza-margherita"]);
        cart["capabilities"] = JsonNode.Parse("""{"interventions":{"supported":["biometric","3ds"]}}""");
        var reply = await rig.Client.CreateAsync(Rig.Trattoria, cart);
        var supported = reply.Body.GetProperty("capabilities").GetProperty("interventions").GetProperty("supported").EnumerateArray().Select(e => e.GetString());
        Assert.Equal(["3ds"], supported);
    }

    [Theory]
    [InlineData("""{"line_items":[],"currency":"eur","capabilities":{}}""", "$.line_items", "invalid")]
    [InlineData("""{"line_items":[{"id":"x"}],"currency":"eur"}""", "$.capabilities", "missing")]
    [InlineData("""{"line_items":[{"name":"x"}],"currency":"eur","capabilities":{}}""", "$.line_items[0].id", "missing")]
    [InlineData("""{"line_items":[{"id":7}],"currency":"eur","capabilities":{}}""", "$.line_items[0].id", "invalid")]
    [InlineData("""{"line_items":[{"id":"x"}],"currency":"eur","capabilities":{},"tip":3}""", "$.tip", "unknown_field")]
    [InlineData("""{"line_items":[{"id":"x"}],"currency":"eur","capabilities":{},"order_notes":null}""", "$.order_notes", "invalid")]
    [InlineData("[]", "$", "invalid")]
    public async Task Create_WrongShape_400NamesTheField(string body, string param, string code)
    {
        await using var rig = await Rig.StartAsync();
        var reply = await rig.Client.SendAsync(HttpMethod.Post, $"{Rig.Trattoria}/checkout_sessions", body, "k");
        Assert.Equal((code, param), (reply.Expect(400).Code, reply.Param));
    }

    [Fact]
    public async Task Update_OptionAndAddress_ChangesTotalAndWindow()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita", "pizza-diavola");
        var reply = (await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, new JsonObject
        {
            ["fulfillment_details"] = AcpClient.Address(),
            ["selected_fulfillment_options"] = new JsonArray(new JsonObject
            {
                ["type"] = "local_delivery", ["option_id"] = "local-delivery", ["item_ids"] = new JsonArray("pizza-margherita", "li_pizza-diavola"),
            }),
        })).Expect(200);
        Assert.Equal("ready_for_payment", reply.State);
        Assert.Equal(session.Total + 350, reply.Total);
        Assert.Equal("local_delivery", reply.Body.GetProperty("selected_fulfillment_options")[0].GetProperty("type").GetString());
    }

    [Fact]
    public async Task Update_LinesReplaced_PricedAnew()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var reply = await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, new JsonObject { ["line_items"] = new JsonArray(new JsonObject { ["id"] = "tiramisu" }) });
        Assert.Equal(620, reply.Expect(200).Amount("subtotal"));
        Assert.Equal(620, (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).Amount("subtotal"));
    }

    [Fact]
    public async Task Update_NothingSaid_LeavesAllAsItWas()
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["pizza-margherita"], new JsonObject { ["ecuagent_people"] = 2 });
        cart["fulfillment_details"] = AcpClient.Address();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, cart);
        var reply = (await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, [])).Expect(200);
        Assert.Equal(session.Total, reply.Total);
        Assert.Equal("Ada Driver", reply.Body.GetProperty("fulfillment_details").GetProperty("name").GetString());
        Assert.Equal(2, reply.Body.GetProperty("metadata").GetProperty("ecuagent_people").GetInt32());
    }

    [Theory]
    [InlineData("""{"selected_fulfillment_options":[{"type":"pickup","option_id":"drone","item_ids":[]}]}""", "invalid_fulfillment_option")]
    [InlineData("""{"selected_fulfillment_options":[{"type":"pickup","option_id":"pickup","item_ids":["lasagne-forno"]}]}""", "invalid_item_id")]
    [InlineData("""{"selected_fulfillment_options":[{"type":"pickup","option_id":"pickup","item_ids":[]},{"type":"local_delivery","option_id":"local-delivery","item_ids":[]}]}""", "unsupported")]
    [InlineData("""{"line_items":[]}""", "invalid")]
    public async Task Update_ImpossibleWish_400(string body, string code)
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var reply = await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, JsonNode.Parse(body)!.AsObject());
        Assert.Equal(code, reply.Expect(400).Code);
    }

    [Fact]
    public async Task Cancel_Open_CanceledAndThenNotAllowed()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var canceled = (await rig.Client.PostAsync(
            $"{Rig.Trattoria}/checkout_sessions/{session.Id}/cancel", JsonNode.Parse("""{"intent_trace":{"reason_code":"bored"}}""")!)).Expect(200);
        Assert.Equal(("canceled", "info"), (canceled.State, Assert.Single(canceled.Messages)));
        var again = await rig.Client.CancelAsync(Rig.Trattoria, session.Id);
        Assert.Equal("session_canceled", again.Expect(405).Code);
        Assert.Equal("GET", again.Header("Allow"));
        (await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, [])).Expect(405);
        (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, await rig.Client.TokenAsync(Rig.Trattoria, session.Id))).Expect(405);
        Assert.Empty(rig.World.Ledger);
        Assert.Equal("canceled", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).State);
    }

    [Fact]
    public async Task Session_PastItsTime_IsExpiredForAllButReading()
    {
        await using var rig = await Rig.StartAsync(o => o with { SessionLifetime = TimeSpan.FromMinutes(10) });
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        rig.Time.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal("ready_for_payment", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).State);
        rig.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("expired", (await rig.Client.GetAsync(Rig.Trattoria, session.Id)).Expect(200).State);
        Assert.Equal("session_expired", (await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, token)).Expect(405).Code);
        Assert.Equal("session_expired", (await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, [])).Expect(405).Code);
        Assert.False(rig.World.Approve(session.Id));
        Assert.Empty(rig.World.Ledger);
    }

    [Fact]
    public async Task Sessions_Full_ForgetsExpiredFirstThenRefuses()
    {
        await using var rig = await Rig.StartAsync(o => o with { SessionCapacity = 2 });
        var old = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        rig.Time.Advance(TimeSpan.FromMinutes(29));
        await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        var refused = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        Assert.Equal("sessions_full", refused.Expect(503).Code);
        Assert.Equal("60", refused.Header("Retry-After"));
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        (await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita")).Expect(201);
        (await rig.Client.GetAsync(Rig.Trattoria, old.Id)).Expect(404);
    }

    [Fact]
    public async Task Sessions_Full_KeepsOrdersThatStillRunAndForgetsThoseThatAreThrough()
    {
        await using var rig = await Rig.StartAsync(o => o with { SessionCapacity = 1 });
        var done = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"]));
        (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).Expect(503);
        rig.World.Advance(done.OrderId, steps: 3);
        (await rig.Client.CreateAsync(Rig.Trattoria, "tiramisu")).Expect(201);
        (await rig.Client.GetAsync(Rig.Trattoria, done.Id)).Expect(404);
        Assert.Throws<ArgumentException>(() => rig.World.Advance(done.OrderId));
    }
}
