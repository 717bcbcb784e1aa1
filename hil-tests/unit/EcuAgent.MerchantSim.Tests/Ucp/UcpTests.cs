namespace EcuAgent.MerchantSim.Tests.Ucp;

public sealed class UcpTests
{
    private const string Agent = "profile=\"https://platform.example/profile\"";

    [Fact]
    public async Task Profile_OfEveryMerchant_TellsVersionEndpointAndHandler()
    {
        await using var rig = await Rig.StartAsync();
        foreach (var merchant in rig.World.Merchants)
        {
            var reply = (await SendAsync(rig, HttpMethod.Get, $"{merchant.Id}/.well-known/ucp", null, null)).Expect(200);
            var ucp = reply.Body.GetProperty("ucp");
            Assert.Equal("2026-01-11", ucp.GetProperty("version").GetString());
            Assert.Equal(merchant.BaseUrl.ToString(), ucp.GetProperty("services").GetProperty("dev.ucp.shopping").GetProperty("rest").GetProperty("endpoint").GetString());
            Assert.Equal("card_tokenized", reply.Body.GetProperty("payment").GetProperty("handlers")[0].GetProperty("id").GetString());
        }
    }

    [Fact]
    public async Task Checkout_FromCreateToOrder_ChargesOnceAndIsReadBack()
    {
        await using var rig = await Rig.StartAsync();
        var session = (await CreateAsync(rig, Rig.Trattoria, "pizza-margherita", 2)).Expect(201);
        Assert.Equal(("ready_for_complete", "EUR", 2247), (session.State, session.Text("currency"), session.Total));
        Assert.NotNull(session.Text("continue_url"));
        var done = (await CompleteAsync(rig, Rig.Trattoria, session)).Expect(200);
        Assert.Equal("completed", done.State);
        var charge = Assert.Single(rig.World.Ledger);
        Assert.Equal((session.Id, done.OrderId, 2247), (charge.Session, charge.Order, charge.Amount));
        Assert.Equal("completed", (await GetAsync(rig, Rig.Trattoria, session.Id)).State);

        rig.Time.Advance(TimeSpan.FromMinutes(25));
        var order = (await SendAsync(rig, HttpMethod.Get, $"{Rig.Trattoria}/orders/{done.OrderId}", null, null)).Expect(200);
        Assert.Equal(session.Id, order.Text("checkout_id"));
        var events = order.Body.GetProperty("fulfillment").GetProperty("events").EnumerateArray().Select(e => e.GetProperty("type").GetString());
        Assert.Equal(["processing", "ready_for_pickup"], events);
    }

    [Fact]
    public async Task Agent_MissingOrWithoutProfile_400()
    {
        await using var rig = await Rig.StartAsync();
        foreach (var agent in new[] { null, "profile=here", "name=\"x\"" })
        {
            var reply = await rig.Client.SendAsync(HttpMethod.Get, $"{Rig.Trattoria}/checkout-sessions/cs_1", null, null, ("UCP-Agent", agent));
            Assert.Equal("invalid_ucp_agent", Code(reply.Expect(400)));
        }
    }

    [Theory]
    [InlineData("X-API-Key", "wrong", 401)]
    [InlineData("X-API-Key", MerchantWorldOptions.DefaultApiKey, 404)]
    [InlineData("Authorization", "Bearer wrong", 401)]
    [InlineData("Authorization", null, 404)]
    public async Task Key_WrongRefused_NoneTaken(string header, string? value, int status)
    {
        await using var rig = await Rig.StartAsync();
        (await rig.Client.SendAsync(HttpMethod.Get, $"{Rig.Trattoria}/checkout-sessions/cs_1", null, null, ("UCP-Agent", Agent), ("Authorization", null), (header, value))).Expect(status);
    }

    [Fact]
    public async Task Idempotency_SameKey_ReplaysOrConflictsWith409()
    {
        await using var rig = await Rig.StartAsync();
        var first = await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1, "k");
        Assert.Equal(first.Id, (await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1, "k")).Expect(201).Id);
        Assert.Equal("idempotency_conflict", Code((await CreateAsync(rig, Rig.Trattoria, "tiramisu", 2, "k")).Expect(409)));
        Assert.NotEqual((await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1)).Id, (await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1)).Id);
    }

    [Fact]
    public async Task Idempotency_WhileTheFirstRuns_409AndInProgress()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1);
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        var slow = rig.World.Faults.Add(FaultKind.Slow, SimOperation.Complete);
        var first = CompleteAsync(rig, Rig.Trattoria, session, token, "k");
        await slow.HitAsync();
        Assert.Equal("complete_in_progress", (await GetAsync(rig, Rig.Trattoria, session.Id)).State);
        Assert.Equal("idempotency_in_flight", Code((await CompleteAsync(rig, Rig.Trattoria, session, token, "k")).Expect(409)));
        Assert.Equal("complete_in_progress", Code((await CompleteAsync(rig, Rig.Trattoria, session, token, "other")).Expect(409)));
        slow.Release();
        Assert.Equal("completed", (await first).State);
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task Complete_Fifty_AtOnceWithoutKeys_ChargesOnce()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1);
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        var replies = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => CompleteAsync(rig, Rig.Trattoria, session, token))));
        Assert.Single(replies, r => r.Status == 200);
        Assert.All(replies.Where(r => r.Status != 200), r => r.Expect(409));
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task Update_Put_ReplacesTheWholeSession()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Trattoria, "pizza-margherita", 2);
        var body = Cart("pizza-margherita", 2);
        body["buyer"] = new JsonObject { ["first_name"] = "Ada" };
        body["fulfillment"] = JsonNode.Parse("""
            {"methods":[{"type":"shipping","destinations":[{"street_address":"Linden Lane 12","address_locality":"Munich","address_region":"BY","address_country":"DE","postal_code":"80339"}]}]}
            """);
        var delivered = (await UpdateAsync(rig, Rig.Trattoria, session.Id, body)).Expect(200);
        Assert.Equal((session.Total + 350, "ready_for_complete"), (delivered.Total, delivered.State));
        Assert.Equal("shipping", delivered.Body.GetProperty("fulfillment").GetProperty("methods")[0].GetProperty("type").GetString());
        var bare = (await UpdateAsync(rig, Rig.Trattoria, session.Id, Cart("pizza-margherita", 1))).Expect(200);
        Assert.Equal(1124, bare.Total);
        Assert.Equal("pickup", bare.Body.GetProperty("fulfillment").GetProperty("methods")[0].GetProperty("type").GetString());
        Assert.False(bare.Body.TryGetProperty("buyer", out _));
    }

    [Fact]
    public async Task Update_ParcelOption_IsChosen()
    {
        await using var rig = await Rig.StartAsync();
        var body = Cart("road-atlas", 1);
        body["fulfillment"] = JsonNode.Parse("""
            {"methods":[{"type":"shipping","selected_destination_id":"b","destinations":[{"id":"a","postal_code":"1"},{"id":"b","postal_code":"80339","address_locality":"Munich"}],
            "groups":[{"selected_option_id":"express"}]}]}
            """);
        var session = await SendAsync(rig, HttpMethod.Post, $"{Rig.Books}/checkout-sessions", body, null);
        Assert.Equal(990, session.Expect(201).Amount("fulfillment"));
        var method = session.Body.GetProperty("fulfillment").GetProperty("methods")[0];
        Assert.Equal("80339", method.GetProperty("destinations")[0].GetProperty("postal_code").GetString());
        Assert.Equal(2, method.GetProperty("groups")[0].GetProperty("options").GetArrayLength());
    }

    [Fact]
    public async Task Escalation_Alcohol_ContinueUrlAndReviewSeverity()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Trattoria, "house-red", 1);
        Assert.Equal("requires_escalation", session.State);
        Assert.Equal("requires_buyer_review", session.Message("age_verification_required").GetProperty("severity").GetString());
        (await rig.Client.SendAsync(HttpMethod.Post, new Uri(session.Text("continue_url")!).AbsolutePath.TrimStart('/'), null, null)).Expect(200);
        Assert.Equal("completed", (await CompleteAsync(rig, Rig.Trattoria, session)).State);
    }

    [Fact]
    public async Task Escalation_InstrumentWantsAuthentication_HandsOver()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1);
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id, instrument: TestInstruments.RequiresAuthentication);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("requires_escalation", (await CompleteAsync(rig, Rig.Trattoria, session, token)).Expect(200).State);
        }

        Assert.Empty(rig.World.Ledger);
        Assert.True(rig.World.Approve(session.Id));
        Assert.Equal("completed", (await CompleteAsync(rig, Rig.Trattoria, session, token)).State);
    }

    [Fact]
    public async Task Incomplete_HotelWithoutDate_RecoverableByMetadata()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Hotel, "room-double", 1);
        Assert.Equal(("incomplete", "recoverable"), (session.State, session.Message("missing").GetProperty("severity").GetString()));
        var body = Cart("room-double", 1);
        body["metadata"] = Rig.Stay("2026-03-09", 2);
        var ready = await UpdateAsync(rig, Rig.Hotel, session.Id, body);
        Assert.Equal(("ready_for_complete", 2), (ready.State, ready.Line().GetProperty("quantity").GetInt32()));
        Assert.False(ready.Body.TryGetProperty("fulfillment", out _));
    }

    [Fact]
    public async Task Declined_TokenOfAnotherSession_NothingCharged()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1);
        var token = await rig.Client.TokenAsync(Rig.Trattoria, "cs_other");
        var reply = (await CompleteAsync(rig, Rig.Trattoria, session, token)).Expect(200);
        Assert.Equal(("ready_for_complete", "payment_declined"), (reply.State, Assert.Single(reply.Messages)));
        Assert.Empty(rig.World.Ledger);
    }

    [Fact]
    public async Task Cancel_Open_ThenConflictForAll()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1);
        Assert.Equal("canceled", (await SendAsync(rig, HttpMethod.Post, $"{Rig.Trattoria}/checkout-sessions/{session.Id}/cancel", null, null)).Expect(200).State);
        Assert.Equal("session_canceled", Code((await CompleteAsync(rig, Rig.Trattoria, session)).Expect(409)));
        (await UpdateAsync(rig, Rig.Trattoria, session.Id, Cart("tiramisu", 1))).Expect(409);
    }

    [Fact]
    public async Task CancelOrder_Extension_RefundsOnce()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1);
        var done = await CompleteAsync(rig, Rig.Trattoria, session);
        var order = (await SendAsync(rig, HttpMethod.Post, $"{Rig.Trattoria}/orders/{done.OrderId}/cancel", null, "c")).Expect(200);
        Assert.Equal(session.Total, order.Body.GetProperty("adjustments")[0].GetProperty("amount").GetInt64());
        (await SendAsync(rig, HttpMethod.Post, $"{Rig.Trattoria}/orders/{done.OrderId}/cancel", null, "d")).Expect(409);
        Assert.Equal(2, rig.World.Ledger.Count);
    }

    [Fact]
    public async Task Protocols_DoNotMixSessionsOrOrders()
    {
        await using var rig = await Rig.StartAsync();
        var ucp = await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1);
        (await rig.Client.GetAsync(Rig.Trattoria, ucp.Id)).Expect(404);
        var acp = await rig.Client.BuyAsync(Rig.Trattoria, AcpClient.Cart(["tiramisu"]));
        (await GetAsync(rig, Rig.Trattoria, acp.Id)).Expect(404);
        (await SendAsync(rig, HttpMethod.Get, $"{Rig.Trattoria}/orders/{acp.OrderId}", null, null)).Expect(404);
    }

    [Theory]
    [InlineData("""{"line_items":[]}""", "invalid", "$.line_items")]
    [InlineData("""{"line_items":[{"item":{"id":"tiramisu"}}]}""", "missing", "$.line_items[0].quantity")]
    [InlineData("""{"line_items":[{"item":{"id":"nothing"},"quantity":1}]}""", "invalid_item_id", "$.line_items[0].item.id")]
    [InlineData("""{"line_items":[{"item":{"id":"tiramisu"},"quantity":1}],"currency":"USD"}""", "unsupported_currency", "$.currency")]
    [InlineData("""{"line_items":[{"item":{"id":"tiramisu"},"quantity":101}]}""", "invalid_quantity", "$.line_items[0].quantity")]
    [InlineData("""nonsense""", "malformed_json", null)]
    public async Task Create_Wrong_400WithCodeAndPath(string body, string code, string? path)
    {
        await using var rig = await Rig.StartAsync();
        var reply = (await rig.Client.SendAsync(HttpMethod.Post, $"{Rig.Trattoria}/checkout-sessions", body, null, ("UCP-Agent", Agent))).Expect(400);
        var message = reply.Body.GetProperty("messages")[0];
        Assert.Equal((code, path), (message.GetProperty("code").GetString(), message.TryGetProperty("path", out var found) ? found.GetString() : null));
    }

    [Fact]
    public async Task Fault_ResetAfterComplete_ReplayedByTheKey()
    {
        await using var rig = await Rig.StartAsync();
        var session = await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1);
        var token = await rig.Client.TokenAsync(Rig.Trattoria, session.Id);
        rig.World.Faults.Add(FaultKind.ResetAfter, SimOperation.Complete);
        await Assert.ThrowsAsync<HttpRequestException>(() => CompleteAsync(rig, Rig.Trattoria, session, token, "k"));
        Assert.Equal("true", (await CompleteAsync(rig, Rig.Trattoria, session, token, "k")).Header("Idempotent-Replayed"));
        Assert.Single(rig.World.Ledger);
    }

    [Fact]
    public async Task EveryAnswer_KeepsToTheOfficialSchemas()
    {
        await using var rig = await Rig.StartAsync();
        var bodies = new List<(string, JsonElement)>();
        foreach (var merchant in rig.World.Merchants)
        {
            bodies.Add(("UcpDiscoveryProfileSchema", (await SendAsync(rig, HttpMethod.Get, $"{merchant.Id}/.well-known/ucp", null, null)).Body));
            var feed = await rig.Client.SendAsync(HttpMethod.Get, $"{merchant.Id}/feeds/en/products", null, null);
            foreach (var product in feed.Body.GetProperty("products").EnumerateArray())
            {
                await WalkAsync(rig, merchant.Id, product.GetProperty("id").GetString()!, bodies);
            }
        }

        var verdicts = UcpSdk.Judge(bodies);
        Assert.All(verdicts, Assert.Null);
        Assert.True(bodies.Count > 200, $"{bodies.Count} bodies");
    }

    [Theory]
    [InlineData("totals")]
    [InlineData("ucp")]
    [InlineData("links")]
    [InlineData("status")]
    public async Task Sdk_AnswerWithoutAField_IsRefused(string field)
    {
        await using var rig = await Rig.StartAsync();
        var session = JsonNode.Parse((await CreateAsync(rig, Rig.Trattoria, "tiramisu", 1)).Body.GetRawText())!.AsObject();
        session.Remove(field);
        using var document = JsonDocument.Parse(session.ToJsonString());
        Assert.NotNull(UcpSdk.Judge([("CheckoutWithFulfillmentResponseSchema", document.RootElement)])[0]);
    }

    private static async Task WalkAsync(Rig rig, string merchant, string item, List<(string, JsonElement)> bodies)
    {
        const string checkout = "CheckoutWithFulfillmentResponseSchema";
        var body = Cart(item, 1);
        body["buyer"] = new JsonObject { ["email"] = "ada@example.com", ["first_name"] = "Ada" };
        body["metadata"] = new JsonObject { ["ecuagent_check_in"] = "2026-03-12", ["ecuagent_visit_date"] = "2026-03-08" };
        body["fulfillment"] = JsonNode.Parse("""
            {"methods":[{"type":"shipping","destinations":[{"street_address":"Linden Lane 12","address_locality":"Munich","address_region":"BY","address_country":"DE","postal_code":"80339"}]}]}
            """);
        var bare = await CreateAsync(rig, merchant, item, 1);
        bodies.Add((checkout, bare.Body));
        bodies.Add((checkout, (await SendAsync(rig, HttpMethod.Post, $"{merchant}/checkout-sessions/{bare.Id}/cancel", null, null)).Body));
        var session = await SendAsync(rig, HttpMethod.Post, $"{merchant}/checkout-sessions", merchant == "green-table" ? Cart(item, 1) : body, null);
        rig.World.Approve(session.Expect(201).Id);
        var done = (await CompleteAsync(rig, merchant, session)).Expect(200);
        bodies.Add((checkout, session.Body));
        bodies.Add((checkout, done.Body));
        if (done.State == "completed")
        {
            rig.World.Advance(done.OrderId, steps: 9);
            bodies.Add(("OrderSchema", (await SendAsync(rig, HttpMethod.Get, $"{merchant}/orders/{done.OrderId}", null, null)).Expect(200).Body));
        }
    }

    private static string Code(Reply reply) => reply.Body.GetProperty("messages")[0].GetProperty("code").GetString()!;

    private static JsonObject Cart(string item, int quantity) => new()
    {
        ["line_items"] = new JsonArray(new JsonObject { ["item"] = new JsonObject { ["id"] = item }, ["quantity"] = quantity }),
        ["currency"] = "EUR",
    };

    private static Task<Reply> CreateAsync(Rig rig, string merchant, string item, int quantity, string? key = null) =>
        SendAsync(rig, HttpMethod.Post, $"{merchant}/checkout-sessions", Cart(item, quantity), key);

    private static Task<Reply> GetAsync(Rig rig, string merchant, string id) => SendAsync(rig, HttpMethod.Get, $"{merchant}/checkout-sessions/{id}", null, null);

    private static Task<Reply> UpdateAsync(Rig rig, string merchant, string id, JsonObject body) =>
        SendAsync(rig, HttpMethod.Put, $"{merchant}/checkout-sessions/{id}", body, null);

    private static async Task<Reply> CompleteAsync(Rig rig, string merchant, Reply session, string? token = null, string? key = null)
    {
        token ??= await rig.Client.TokenAsync(merchant, session.Id);
        return await SendAsync(rig, HttpMethod.Post, $"{merchant}/checkout-sessions/{session.Id}/complete", new JsonObject
        {
            ["payment_data"] = new JsonObject
            {
                ["id"] = "pi_1", ["handler_id"] = "card_tokenized", ["type"] = "card", ["credential"] = new JsonObject { ["type"] = "token", ["token"] = token },
            },
        }, key);
    }

    private static Task<Reply> SendAsync(Rig rig, HttpMethod method, string path, JsonObject? body, string? key) =>
        rig.Client.SendAsync(method, path, body?.ToJsonString(), key, ("UCP-Agent", Agent), ("Authorization", null), ("API-Version", null));
}
