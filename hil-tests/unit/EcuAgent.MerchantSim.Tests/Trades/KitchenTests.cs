namespace EcuAgent.MerchantSim.Tests.Trades;

public sealed class KitchenTests
{
    [Fact]
    public async Task Pickup_NoArrivalTime_ReadyAfterPreparationInFiveMinuteSteps()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita", "lasagne-forno");
        Assert.Equal("2026-03-06T12:25:00Z", ReadyBy(session));
    }

    [Fact]
    public async Task Pickup_ArrivalLater_ReadyThenAndBegunJustInTime()
    {
        await using var rig = await Rig.StartAsync();
        var done = await rig.Client.BuyAsync(Rig.Trattoria, At("2026-03-06T14:30:00+01:00", "pizza-margherita"));
        Assert.Equal("2026-03-06T13:30:00Z", ReadyBy(done));
        rig.Time.Advance(TimeSpan.FromMinutes(74));
        Assert.Empty((await rig.Client.GetAsync(Rig.Trattoria, done.Id)).EventTypes);
        rig.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(["processing"], (await rig.Client.GetAsync(Rig.Trattoria, done.Id)).EventTypes);
    }

    [Fact]
    public async Task Pickup_ArrivalTooSoon_WarnsAndTellsTheEarliest()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, At("2026-03-06T12:05:00Z", "pizza-margherita"));
        Assert.Equal(("ready_for_payment", "limited_availability"), (session.State, Assert.Single(session.Messages)));
        Assert.Equal("requires_buyer_review", session.Message("limited_availability").GetProperty("resolution").GetString());
        Assert.Equal("2026-03-06T12:20:00Z", ReadyBy(session));
    }

    [Theory]
    [InlineData("2026-03-06T15:00:00Z", "invalid")]
    [InlineData("2026-03-20T12:00:00Z", "invalid")]
    public async Task Pickup_ClosedThenOrTooFarAhead_NotReady(string arrival, string code)
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, At(arrival, "pizza-margherita"));
        Assert.Equal("not_ready_for_payment", session.State);
        Assert.Equal("$.metadata.ecuagent_arrival_time", session.Message(code).GetProperty("param").GetString());
    }

    [Fact]
    public async Task Pickup_ClosedNow_ReadyAfterTheNextOpening()
    {
        await using var rig = await Rig.StartAsync();
        rig.Time.Advance(TimeSpan.FromHours(2.5));
        var session = await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita");
        Assert.Equal("2026-03-06T16:15:00Z", ReadyBy(session));
        Assert.Contains("limited_availability", session.Messages);
    }

    [Fact]
    public async Task Pickup_AlwaysOpen_IgnoresTheHours()
    {
        await using var rig = await Rig.StartAsync(o => o with { AlwaysOpen = true });
        rig.Time.Advance(TimeSpan.FromHours(14));
        Assert.Empty((await rig.Client.CreateAsync(Rig.Trattoria, "pizza-margherita")).Messages);
    }

    [Fact]
    public async Task Delivery_ArrivalTime_WindowBeginsThen()
    {
        await using var rig = await Rig.StartAsync();
        var cart = At("2026-03-06T13:30:00Z", "pizza-margherita", "pizza-diavola");
        cart["fulfillment_details"] = AcpClient.Address();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, cart);
        var window = session.Option("local-delivery").GetProperty("delivery_window");
        Assert.Equal(("2026-03-06T13:30:00Z", "2026-03-06T13:50:00Z"), (window.GetProperty("start").GetString(), window.GetProperty("end").GetString()));
        var chosen = await ChooseAsync(rig, session);
        Assert.Equal("ready_for_payment", chosen.State);
        var done = await rig.Client.CompleteAsync(Rig.Trattoria, session.Id, await rig.Client.TokenAsync(Rig.Trattoria, session.Id));
        Assert.Equal("shipping", done.Order.GetProperty("fulfillments")[0].GetProperty("type").GetString());
        Assert.Equal("Munich", done.Order.GetProperty("fulfillments")[0].GetProperty("destination").GetProperty("city").GetString());
        rig.Time.Advance(TimeSpan.FromMinutes(90));
        var arrived = await rig.Client.GetAsync(Rig.Trattoria, session.Id);
        Assert.Equal(["processing", "out_for_delivery", "delivered"], arrived.EventTypes);
        Assert.Equal("completed", arrived.OrderState);
    }

    [Theory]
    [InlineData(null, "missing", "incomplete")]
    [InlineData("10115", "region_restricted", "not_ready_for_payment")]
    public async Task Delivery_WithoutGoodAddress_IsNotPossible(string? postalCode, string code, string status)
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["pizza-margherita", "pizza-diavola"]);
        if (postalCode is not null)
        {
            cart["fulfillment_details"] = AcpClient.Address(postalCode);
        }

        var session = await rig.Client.CreateAsync(Rig.Trattoria, cart);
        Assert.Equal("ready_for_payment", session.State);
        var chosen = await ChooseAsync(rig, session);
        Assert.Equal(status, chosen.State);
        Assert.Contains(code, chosen.Messages);
    }

    [Fact]
    public async Task Delivery_TooLittle_MinimumNotMet()
    {
        await using var rig = await Rig.StartAsync();
        var cart = AcpClient.Cart(["tiramisu"]);
        cart["fulfillment_details"] = AcpClient.Address();
        var chosen = await ChooseAsync(rig, await rig.Client.CreateAsync(Rig.Trattoria, cart));
        Assert.Contains("minimum_not_met", chosen.Messages);
    }

    [Fact]
    public async Task Delivery_RestaurantWithoutCourier_OffersPickupOnly()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync("green-table", "lentil-bowl");
        Assert.Equal(1, session.Body.GetProperty("fulfillment_options").GetArrayLength());
    }

    [Theory]
    [InlineData("ecuagent_arrival_time", "\"at seven\"", "invalid")]
    [InlineData("ecuagent_arrival_time", "\"2026-03-06T14:00:00\"", "invalid")]
    [InlineData("ecuagent_people", "0", "invalid")]
    [InlineData("ecuagent_people", "2.5", "invalid")]
    [InlineData("ecuagent_people", "\"two\"", "invalid")]
    [InlineData("ecuagent_wishes", "true", "info")]
    public async Task Metadata_OfUnknownKindOrValue_IsToldInTheSession(string key, string value, string code)
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, AcpClient.Cart(["pizza-margherita"], new JsonObject { [key] = JsonNode.Parse(value) }));
        Assert.Contains(code, session.Expect(201).Messages);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"3\"")]
    [InlineData("3.0")]
    public async Task Metadata_CountAsNumberOrDigits_IsRead(string value)
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Hotel, AcpClient.Cart(["room-single"], new JsonObject
        {
            ["ecuagent_check_in"] = "2026-03-09", ["ecuagent_nights"] = JsonNode.Parse(value),
        }));
        Assert.Equal(3, session.Line().GetProperty("quantity").GetInt32());
    }

    [Fact]
    public async Task Update_Metadata_ReplacesWhatWasSaid()
    {
        await using var rig = await Rig.StartAsync();
        var session = await rig.Client.CreateAsync(Rig.Trattoria, At("2026-03-06T13:30:00Z", "pizza-margherita"));
        var changed = await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, new JsonObject
        {
            ["metadata"] = new JsonObject { ["ecuagent_arrival_time"] = "2026-03-06T13:40:00Z" },
        });
        Assert.Equal("2026-03-06T13:40:00Z", ReadyBy(changed));
    }

    private static JsonObject At(string arrival, params string[] items) =>
        AcpClient.Cart(items, new JsonObject { ["ecuagent_arrival_time"] = arrival });

    private static string ReadyBy(Reply session) => session.Option("pickup").GetProperty("ready_by").GetString()!;

    private static async Task<Reply> ChooseAsync(Rig rig, Reply session) => (await rig.Client.UpdateAsync(Rig.Trattoria, session.Id, new JsonObject
    {
        ["selected_fulfillment_options"] = new JsonArray(new JsonObject
        {
            ["type"] = "local_delivery", ["option_id"] = "local-delivery", ["item_ids"] = new JsonArray(),
        }),
    })).Expect(200);
}
