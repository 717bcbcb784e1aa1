using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Acp;

/// <summary>The checkout operations against a well-behaved merchant: what is sent, and what the service gets.</summary>
public sealed class CheckoutTests : IAsyncLifetime
{
    private MerchantServer _merchant = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        _merchant.Discovery = _ => Answer.Json(Sessions.Discovery().ToJsonString());
        _shop = new Shop(_merchant.Base);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _merchant.DisposeAsync();
    }

    [Fact]
    public async Task Open_Order_SendsOneRequestWithTheProtocolsHeaders()
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session().ToJsonString(), 201);

        var session = (await _shop.OpenAsync()).Value!;

        var seen = Assert.Single(_merchant.Seen);
        Assert.Equal(("POST", "/acp/checkout_sessions"), (seen.Method, seen.Path));
        Assert.Equal($"Bearer {RegistryFolder.Token}", seen.Headers["Authorization"]);
        Assert.Equal(("2026-04-17", "key-open", "de-DE", "EcuAgent/1"), (seen.Headers["API-Version"], seen.Headers["Idempotency-Key"], seen.Headers["Accept-Language"], seen.Headers["User-Agent"]));
        Assert.Equal("application/json", seen.Headers["Content-Type"]);
        string[] allowed = ["Accept", "Accept-Language", "API-Version", "Authorization", "Content-Length", "Content-Type", "Host", "Idempotency-Key", "Request-Id", "User-Agent"];
        Assert.Empty(seen.Headers.Keys.Except(allowed, StringComparer.OrdinalIgnoreCase));
        Assert.Equal((CheckoutState.Ready, new Money(1590, "EUR"), Sessions.Id), (session.State, session.Total, session.SessionId));
        Assert.Equal([new CheckoutLine("pizza", "Pizza Margherita", 1, 1390)], session.Lines);
        Assert.Empty(session.Remarks);
    }

    [Fact]
    public async Task Open_ThreeOfAThing_AreThreeItemsBecauseARequestHasNoQuantity()
    {
        var session = Sessions.Session().With("line_items", new JsonArray(Sessions.Line("li_1", "pizza", 3, 4170), Sessions.Line("li_2", "cola", 1, 300)));
        _merchant.Answer = (_, _) => Answer.Json(session.ToJsonString(), 201);

        var answer = await _shop.OpenAsync(Shop.Order with { Lines = [new OrderLine("pizza", "Pizza", 3), new OrderLine("cola", "Cola", 1)] });

        Assert.Equal("""[{"id":"pizza"},{"id":"pizza"},{"id":"pizza"},{"id":"cola"}]""", Assert.Single(_merchant.Seen).Json["line_items"]!.ToJsonString());
        Assert.Empty(answer.Value!.Remarks);
    }

    [Theory]
    [InlineData("pizza", 1)]
    [InlineData("calzone", 2)]
    public async Task Open_MerchantPutsInSomethingElse_IsAnErrorInTheRemarks(string item, int quantity)
    {
        var session = Sessions.Session().With("line_items", new JsonArray(Sessions.Line("li_1", item, quantity, 1390)));
        _merchant.Answer = (_, _) => Answer.Json(session.ToJsonString(), 201);

        var answer = await _shop.OpenAsync(Shop.Order with { Lines = [new OrderLine("pizza", "Pizza", 2)] });

        var remark = Assert.Single(answer.Value!.Remarks);
        Assert.Equal((AdapterReasons.ItemsDiffer, true), (remark.Code, remark.IsError));
    }

    [Fact]
    public async Task Open_PlainOrder_SendsTheBuyerAndNoAddress()
    {
        await _shop.OpenAsync();

        var body = Assert.Single(_merchant.Seen).Json;
        Assert.Equal($$"""{"full_name":"{{RegistryFolder.Name}}","email":"{{RegistryFolder.Email}}","phone_number":"\u002B4989123456"}""", body["buyer"]!.ToJsonString());
        Assert.Equal(("eur", "de-DE", "Europe/Berlin"), ((string)body["currency"]!, (string)body["locale"]!, (string)body["timezone"]!));
        Assert.False(body.ContainsKey("fulfillment_details"));
        Assert.False(body.ContainsKey("metadata"));
        Assert.Equal("""{"interventions":{"supported":[]},"extensions":["ecuagent.order_cancel","ecuagent.trip_data"]}""", body["capabilities"]!.ToJsonString());
    }

    [Theory]
    [InlineData(DeliveryPlace.Home, RegistryFolder.Street)]
    [InlineData(DeliveryPlace.Work, RegistryFolder.WorkStreet)]
    public async Task Open_BroughtSomewhere_SendsThatAddressAndNoOther(DeliveryPlace place, string street)
    {
        await _shop.OpenAsync(Shop.Order with { Place = place });

        var seen = _merchant.Seen[0];
        Assert.Equal(street, (string)seen.Json["fulfillment_details"]!["address"]!["line_one"]!);
        Assert.DoesNotContain(street == RegistryFolder.Street ? RegistryFolder.WorkStreet : RegistryFolder.Street, seen.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(MerchantNeed.Food, "ecuagent_visit_date")]
    [InlineData(MerchantNeed.Ticket, "ecuagent_visit_date")]
    [InlineData(MerchantNeed.Hotel, "ecuagent_check_in")]
    public async Task Open_WhatTheProtocolHasNoFieldFor_StandsInMetadata(MerchantNeed need, string dayMember)
    {
        await _shop.OpenAsync(Shop.Order with
        {
            Need = need,
            ArriveAt = new DateTimeOffset(2026, 5, 4, 19, 30, 59, TimeSpan.FromHours(2)),
            Day = new DateOnly(2026, 5, 6),
            Nights = 2,
            People = 3,
        });

        Assert.Equal(
            $$"""{"ecuagent_arrival_time":"2026-05-04T19:30:59\u002B02:00","{{dayMember}}":"2026-05-06","ecuagent_nights":2,"ecuagent_people":3}""",
            _merchant.Seen[0].Json["metadata"]!.ToJsonString());
    }

    [Theory]
    [InlineData(2, null, 2, true)]
    [InlineData(2, 3, 6, true)]
    [InlineData(null, 3, 3, true)]
    [InlineData(2, 3, 5, false)]
    [InlineData(null, null, 2, false)]
    public async Task Open_RoomNightsAndVisitors_AreNoOtherItems(int? nights, int? people, int given, bool isSame)
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session().With("line_items", new JsonArray(Sessions.Line("li_1", "room", given, 9000))).ToJsonString(), 201);

        var answer = await _shop.OpenAsync(Shop.Order with { Need = MerchantNeed.Hotel, Lines = [new OrderLine("room", "Room", 1)], Nights = nights, People = people });

        Assert.Equal(isSame, answer.Value!.Remarks.Count == 0);
    }

    [Fact]
    public async Task Open_OrderThatCannotBePut_SendsNothing()
    {
        Assert.Equal(AdapterReasons.CurrencyNotTaken, (await _shop.OpenAsync(Shop.Order with { Currency = "USD" })).Reason);
        Assert.Equal(AdapterReasons.InvalidOrder, (await _shop.OpenAsync(Shop.Order with { Lines = [] })).Reason);
        Assert.Equal(AdapterReasons.InvalidOrder, (await _shop.OpenAsync(Shop.Order with { Lines = [new OrderLine("pizza", "Pizza", 0)] })).Reason);
        Assert.Equal(AdapterReasons.InvalidOrder, (await _shop.OpenAsync(Shop.Order with { Lines = [new OrderLine("pizza", "Pizza", 101)] })).Reason);
        using var homeless = new Shop(_merchant.Base, change: registry => registry.Remove("buyerFile"));
        Assert.Equal(AdapterReasons.AddressNotSetUp, (await homeless.OpenAsync(Shop.Order with { Place = DeliveryPlace.Home })).Reason);
        Assert.Empty(_merchant.Seen);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("ключ")]
    public async Task Open_KeyThatNoHeaderCarries_Throws(string key) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _shop.OpenAsync(key: key));

    [Fact]
    public async Task Open_WithoutBuyerProfile_LeavesTheBuyerOut()
    {
        using var shop = new Shop(_merchant.Base, change: registry => registry.Remove("buyerFile"));

        await shop.OpenAsync();

        Assert.False(Assert.Single(_merchant.Seen).Json.ContainsKey("buyer"));
    }

    public static TheoryData<string, CheckoutState> States => new()
    {
        { "incomplete", CheckoutState.Incomplete }, { "not_ready_for_payment", CheckoutState.Incomplete },
        { "requires_escalation", CheckoutState.NeedsPerson }, { "authentication_required", CheckoutState.NeedsPerson },
        { "ready_for_payment", CheckoutState.Ready }, { "pending_approval", CheckoutState.Completing },
        { "complete_in_progress", CheckoutState.Completing }, { "in_progress", CheckoutState.Completing },
        { "completed", CheckoutState.Completed }, { "canceled", CheckoutState.Canceled }, { "expired", CheckoutState.Expired },
        { "Completed", CheckoutState.Unknown }, { "new_word", CheckoutState.Unknown },
    };

    [Theory]
    [MemberData(nameof(States))]
    public async Task Get_Status_IsItsState(string status, CheckoutState state)
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session(status).ToJsonString());

        var session = (await _shop.GetAsync()).Value!;

        Assert.Equal(state, session.State);
        Assert.Equal(state == CheckoutState.Completed, session.Order is not null);
        Assert.Equal(("GET", $"/acp/checkout_sessions/{Sessions.Id}"), (_merchant.Seen[0].Method, _merchant.Seen[0].Path));
        Assert.False(_merchant.Seen[0].Headers.ContainsKey("Idempotency-Key"));
    }

    [Theory]
    [InlineData("cs/../../orders", "/acp/checkout_sessions/cs%2F..%2F..%2Forders")]
    [InlineData("cs?x=1#y", "/acp/checkout_sessions/cs%3Fx%3D1%23y")]
    [InlineData("单号", "/acp/checkout_sessions/%E5%8D%95%E5%8F%B7")]
    public async Task Get_IdWithMarks_StaysWithinItsPlaceInThePath(string id, string path)
    {
        await _shop.GetAsync(id);

        Assert.Equal(path, _merchant.Seen[0].Path);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a b")]
    public async Task Get_IdThatIsNone_Throws(string id)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _shop.GetAsync(id));
        Assert.Empty(_merchant.Seen);
    }

    [Fact]
    public async Task Complete_AfterOpen_SendsOneRequestWithTheToken()
    {
        _merchant.Answer = (request, _) => Answer.Json((request.Path.EndsWith("/complete", StringComparison.Ordinal) ? Sessions.Completed() : Sessions.Session()).ToJsonString());
        await _shop.OpenAsync();

        var session = (await _shop.CompleteAsync()).Value!;

        Assert.Equal(2, _merchant.Seen.Count);
        var seen = _merchant.Seen[1];
        Assert.Equal(("POST", $"/acp/checkout_sessions/{Sessions.Id}/complete", "key-complete"), (seen.Method, seen.Path, seen.Headers["Idempotency-Key"]));
        Assert.Equal(
            """{"payment_data":{"handler_id":"h_card","instrument":{"type":"card","credential":{"type":"spt","token":"vt_planted_token"}}}}""",
            seen.Body);
        Assert.Equal(CheckoutState.Completed, session.State);
        Assert.Equal((Sessions.OrderId, "A-17", OrderProgress.Placed, new Money(1590, "EUR")), (session.Order!.OrderId, session.Order.Number, session.Order.Progress, session.Order.Charged));
    }

    [Fact]
    public async Task Complete_AfterARestart_ReadsTheSessionForItsHandler()
    {
        _merchant.Answer = (request, _) => Answer.Json((request.Path.EndsWith("/complete", StringComparison.Ordinal) ? Sessions.Completed() : Sessions.Session()).ToJsonString());

        Assert.Equal(CheckoutState.Completed, (await _shop.CompleteAsync()).Value!.State);

        Assert.Equal(["GET", "POST"], _merchant.Seen.Select(seen => seen.Method));
    }

    [Theory]
    [InlineData("completed", CheckoutState.Completed)]
    [InlineData("complete_in_progress", CheckoutState.Completing)]
    [InlineData("canceled", CheckoutState.Canceled)]
    [InlineData("expired", CheckoutState.Expired)]
    public async Task Complete_AfterARestartOfASessionThatIsOver_TellsThatAndSendsNothing(string status, CheckoutState state)
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session(status).ToJsonString());

        var answer = await _shop.CompleteAsync();

        Assert.Equal((CommerceOutcome.Done, state), (answer.Outcome, answer.Value!.State));
        Assert.DoesNotContain(_merchant.Seen, seen => seen.Method == "POST");
    }

    [Fact]
    public async Task Complete_AfterARestartWithTheMerchantInTrouble_HasNotSentIt()
    {
        _merchant.Answer = (_, _) => Answer.Error(500, "internal");

        var answer = await _shop.CompleteAsync();

        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.NoAnswer), (answer.Outcome, answer.Reason));
    }

    [Fact]
    public async Task Complete_Declined_IsDoneWithTheRemark()
    {
        var declined = Sessions.Session().With("messages", new JsonArray(new JsonObject
        {
            ["type"] = "error",
            ["code"] = "payment_declined",
            ["resolution"] = "recoverable",
            ["content_type"] = "markdown",
            ["content"] = "**Card** declined, see [help](https://x.example/y)\n\nbye",
        }));
        _merchant.Answer = (_, _) => Answer.Json(declined.ToJsonString());
        await _shop.GetAsync();

        var answer = await _shop.CompleteAsync();

        Assert.Equal((CommerceOutcome.Done, CheckoutState.Ready), (answer.Outcome, answer.Value!.State));
        Assert.Equal([new CheckoutRemark("payment_declined", true, false, "Card declined, see help bye")], answer.Value.Remarks);
    }

    [Fact]
    public async Task Complete_UpdateNamedNoHandlers_UsesThoseOfTheBeginning()
    {
        var handlerless = Sessions.Session().With("capabilities", JsonNode.Parse("""{"payment":{"handlers":[]}}"""));
        _merchant.Answer = (request, before) => Answer.Json((before == 0 ? Sessions.Session() : handlerless).ToJsonString());
        await _shop.OpenAsync();
        await _shop.GetAsync();

        await _shop.CompleteAsync();

        Assert.Equal(("POST", 3), (_merchant.Seen[^1].Method, _merchant.Seen.Count));
    }

    [Fact]
    public async Task Complete_SeveralHandlers_TakesTheFirstThatIsKnownAndDelegated()
    {
        var session = Sessions.Session();
        session["capabilities"]!["payment"]!["handlers"] = new JsonArray(
            Sessions.Handler("h_other", "com.example.wallet"),
            Sessions.Handler("h_direct", delegated: false),
            Sessions.Handler("h_second"),
            Sessions.Handler("h_third"));
        _merchant.Answer = (_, _) => Answer.Json(session.ToJsonString());
        await _shop.OpenAsync();

        await _shop.CompleteAsync();

        Assert.Equal("h_second", (string)_merchant.Seen[^1].Json["payment_data"]!["handler_id"]!);
    }

    [Fact]
    public async Task Complete_NoHandlerThatIsKnown_IsRefusedAndNotSent()
    {
        var session = Sessions.Session();
        session["capabilities"]!["payment"]!["handlers"] = new JsonArray(Sessions.Handler("h", "com.example.wallet"));
        _merchant.Answer = (_, _) => Answer.Json(session.ToJsonString());
        await _shop.OpenAsync();

        var answer = await _shop.CompleteAsync();

        Assert.Equal((CommerceOutcome.Refused, AdapterReasons.PaymentNotSupported), (answer.Outcome, answer.Reason));
        Assert.Single(_merchant.Seen);
    }

    [Fact]
    public async Task Complete_MerchantNamesNoOrder_TheSessionStandsForIt()
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session("completed").ToJsonString());

        var session = (await _shop.GetAsync()).Value!;

        Assert.Equal((Sessions.Id, Sessions.Id, OrderProgress.Placed, new Money(1590, "EUR")), (session.Order!.OrderId, session.Order.Number, session.Order.Progress, session.Order.Charged));
        Assert.Contains(_shop.Logs.Lines, line => line.Id == 2205);
    }

    [Fact]
    public async Task Cancel_OpenSession_SendsAnEmptyObject()
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session("canceled").ToJsonString());

        Assert.Equal(CheckoutState.Canceled, (await _shop.CancelAsync()).Value!.State);

        var seen = Assert.Single(_merchant.Seen);
        Assert.Equal(("POST", $"/acp/checkout_sessions/{Sessions.Id}/cancel", "{}"), (seen.Method, seen.Path, seen.Body));
    }

    [Theory]
    [InlineData("""[{"type":"total","amount":1590.0}]""", 1590L)]
    [InlineData("""[{"type":"total","amount":0}]""", 0L)]
    [InlineData("""[{"type":"subtotal","amount":1590}]""", null)]
    [InlineData("""[{"type":"total","amount":-5}]""", null)]
    [InlineData("""[{"type":"total","amount":1},{"type":"total","amount":2}]""", null)]
    [InlineData("""[{"type":"total","amount":7},{"type":"total","amount":7}]""", 7L)]
    public async Task Get_Total_IsKnownOnlyWhereItIsToldOnce(string totals, long? expected)
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session().With("totals", JsonNode.Parse(totals)).ToJsonString());

        Assert.Equal(expected is { } amount ? new Money(amount, "EUR") : null, (await _shop.GetAsync()).Value!.Total);
    }

    [Fact]
    public async Task Get_CurrencyThatIsNone_LeavesTheTotalUnknown()
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session().With("currency", "euros").ToJsonString());

        Assert.Null((await _shop.GetAsync()).Value!.Total);
    }

    [Fact]
    public async Task Get_LongAndDirtyTexts_AreMadeFitToBeShown()
    {
        var session = Sessions.Session();
        session["line_items"]![0]!["name"] = "Pizza\u202e\n\u0007 " + new string('é', 300);
        _merchant.Answer = (_, _) => Answer.Json(session.ToJsonString());

        var title = (await _shop.GetAsync()).Value!.Lines[0].Title;

        Assert.Equal("Pizza " + new string('é', 121) + "…", title);
    }

    [Fact]
    public async Task Log_WholePurchase_HoldsNothingPersonalAndNoToken()
    {
        _merchant.Answer = (request, _) => Answer.Json((request.Path.EndsWith("/complete", StringComparison.Ordinal) ? Sessions.Completed() : Sessions.Session()).ToJsonString());
        await _shop.OpenAsync(Shop.Order with { Place = DeliveryPlace.Home });
        await _shop.CompleteAsync();
        _merchant.Answer = (_, _) => Answer.Error(400, "bad");
        await _shop.CancelAsync();
        await _shop.GrantAsync();
        _merchant.Answer = (_, _) => Answer.Json("{\"id\":7}");
        await _shop.GetAsync();

        Assert.True(_shop.Logs.Lines.Count >= 6);
        string[] secrets = [RegistryFolder.Name, RegistryFolder.Email, RegistryFolder.Street, RegistryFolder.Token, RegistryFolder.ProviderToken,
            RegistryFolder.Instrument, "vt_planted_token", "pizza", "Pizza", Sessions.Id, Sessions.OrderId, "1590", "the-message-of-the-error"];
        Assert.All(_shop.Logs.Lines, line => Assert.All(secrets, secret => Assert.DoesNotContain(secret, line.Text, StringComparison.Ordinal)));
    }
}
