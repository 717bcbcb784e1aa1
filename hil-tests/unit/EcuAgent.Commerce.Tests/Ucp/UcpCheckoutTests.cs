using System.Text.Json.Nodes;
using EcuAgent.Commerce.Ucp;
using EcuAgent.MerchantSim.Tests.Ucp;

namespace EcuAgent.Commerce.Tests.Ucp;

/// <summary>What UCP's profiles, sessions and orders come to, and what is sent for them.</summary>
public sealed class UcpCheckoutTests : IAsyncLifetime
{
    private MerchantServer _merchant = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        _merchant.Discovery = _ => Dialect.Ucp.Discovery();
        _merchant.Answer = (_, _) => Json(UcpSessions.Session());
        _shop = new Shop(_merchant.Base, dialect: Dialect.Ucp);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _merchant.DisposeAsync();
    }

    public static TheoryData<string, string?> Profiles => new()
    {
        { """{"ucp":{"version":"2026-01-11","capabilities":[{"name":"dev.ucp.shopping.checkout","version":"2026-01-11"}]}}""", null },
        { """{"ucp":{"version":"2026-01-11","capabilities":{"dev.ucp.shopping.checkout":[{"version":"2026-01-11"}]}}}""", null },
        { """{"ucp":{"version":"2026-04-08","capabilities":{"dev.ucp.shopping.checkout":[{"version":"2026-04-08"},{"version":"2026-01-11"}]}}}""", null },
        { """{"ucp":{"version":"2026-04-08","capabilities":{"dev.ucp.shopping.checkout":[{"version":"2026-04-08"}]}}}""", null },
        { """{"ucp":{"version":"2026-08-25","capabilities":{"dev.ucp.shopping.checkout":[{"version":"2026-08-25"},{"version":"2026-04-08"}]}}}""", null },
        { """{"ucp":{"version":"2026-08-25","capabilities":{"dev.ucp.shopping.checkout":[{"version":"2026-08-25"}]}}}""", AdapterReasons.VersionNotSpoken },
        { """{"ucp":{"version":"2026-04-08","capabilities":{"dev.ucp.shopping.checkout":[{"version":"2026-08-25"}]}}}""", AdapterReasons.VersionNotSpoken },
        { """{"ucp":{"version":"2026-04-08","capabilities":{"dev.ucp.shopping.checkout":[{}]}}}""", null },
        { """{"ucp":{"version":"2025-10-01","capabilities":[{"name":"dev.ucp.shopping.checkout","version":"2025-10-01"}]}}""", AdapterReasons.VersionNotSpoken },
        { """{"ucp":{"version":"2026-01-11","capabilities":[{"name":"dev.ucp.shopping.order","version":"2026-01-11"}]}}""", AdapterReasons.CheckoutNotOffered },
        { """{"ucp":{"version":"2026-01-11"}}""", AdapterReasons.CheckoutNotOffered },
        { """{"ucp":{}}""", AdapterReasons.VersionNotSpoken },
    };

    [Theory]
    [MemberData(nameof(Profiles))]
    public async Task Open_Profile_IsNegotiatedBeforeAnythingIsSent(string profile, string? reason)
    {
        _merchant.Discovery = _ => Answer.Json(profile);

        var answer = await _shop.OpenAsync();

        Assert.Equal(reason is null ? (CommerceOutcome.Done, CommerceReasons.Done) : (CommerceOutcome.Refused, reason), (answer.Outcome, answer.Reason));
        Assert.Equal(reason is null ? 1 : 0, _merchant.Seen.Count);
        Assert.Equal(reason is null ? 0 : 1, _shop.Logs.Lines.Count(line => line.Id == 2208));
    }

    [Fact]
    public async Task Open_NewerProfileThatNamesOneOfOurVersion_ReadsThatOne()
    {
        _merchant.Discovery = path => Answer.Json(path.EndsWith("/old", StringComparison.Ordinal)
            ? UcpSessions.Profile().ToJsonString()
            : """{"ucp":{"version":"2026-08-25","capabilities":{},"supported_versions":{"2026-01-11":"/.well-known/ucp/old"}}}""");

        Assert.True((await _shop.OpenAsync()).IsDone);

        Assert.Equal(["/.well-known/ucp", "/.well-known/ucp/old"], _merchant.Discoveries.Select(seen => seen.Path));
    }

    [Theory]
    [InlineData("2026-01-11", """{"2026-04-08":"/.well-known/ucp/other"}""", 2)]
    [InlineData("2026-04-08", """{"2026-01-11":"/.well-known/ucp/other"}""", 1)]
    public async Task Open_ProfilesOfBothVersions_TheNewestIsSpoken(string version, string others, int read)
    {
        string Profile(string of) => $$$"""{"ucp":{"version":"{{{of}}}","capabilities":{"dev.ucp.shopping.checkout":[{"version":"{{{of}}}"}]},"supported_versions":{{{others}}} } }""";
        _merchant.Discovery = path => Answer.Json(Profile(path.EndsWith("/other", StringComparison.Ordinal) ? "2026-04-08" : version));

        Assert.True((await _shop.OpenAsync()).IsDone);

        Assert.Equal(read, _merchant.Discoveries.Count);
        Assert.Equal((null, null), (_merchant.Seen[0].Json["payment"], _merchant.Seen[0].Json["currency"]));
    }

    [Theory]
    [InlineData("2026-01-11", "2026-04-08", false)]
    [InlineData("2026-04-08", "2026-01-11", true)]
    [InlineData("2022-01-01", "2026-01-11", false)]
    [InlineData("2022-01-01", "2026-04-08", true)]
    public async Task Complete_Version_IsTheSessionsElseTheProfiles(string session, string profile, bool isInstruments)
    {
        _merchant.Discovery = _ => Answer.Json($$$"""{"ucp":{"version":"{{{profile}}}","capabilities":{"dev.ucp.shopping.checkout":[{"version":"{{{profile}}}"}]} } }""");
        _merchant.Answer = (_, _) => Json(UcpSessions.Session().With("ucp", new JsonObject { ["version"] = session }));
        Assert.True((await _shop.OpenAsync()).IsDone);

        Assert.True((await _shop.CompleteAsync()).IsDone);

        var body = _merchant.Seen[^1].Json;
        Assert.Equal((isInstruments, !isInstruments), (body.ContainsKey("payment"), body.ContainsKey("payment_data")));
    }

    [Fact]
    public async Task Complete_NewestVersion_NamesOneInstrumentThatPays()
    {
        _merchant.Answer = (_, _) => Json(UcpSessions.Session().With("ucp", new JsonObject { ["version"] = "2026-04-08" }));
        Assert.True((await _shop.GetAsync()).IsDone);

        Assert.True((await _shop.CompleteAsync()).IsDone);

        var expected = JsonNode.Parse("""
            {"payment":{"instruments":[{"id":"instrument_1","handler_id":"h_card","type":"card","selected":true,
            "display":{"brand":"visa","last_digits":"4242"},"credential":{"type":"token","token":"vt_planted_token"}}]}}
            """);
        Assert.True(JsonNode.DeepEquals(expected, _merchant.Seen[^1].Json), _merchant.Seen[^1].Body);
    }

    [Fact]
    public async Task Open_ProfileOfOurVersionAtAnotherServer_IsNotFollowed()
    {
        _merchant.Discovery = _ => Answer.Json("""{"ucp":{"version":"2026-08-25","capabilities":{},"supported_versions":{"2026-01-11":"https://elsewhere.example/ucp"}}}""");

        Assert.Equal(AdapterReasons.VersionNotSpoken, (await _shop.OpenAsync()).Reason);
    }

    [Fact]
    public async Task Profile_NotAtTheOrigin_IsReadBelowTheAddressAndKept()
    {
        _merchant.Discovery = path => path == "/acp/.well-known/ucp" ? Dialect.Ucp.Discovery() : new Answer(404, "<html/>", "text/html");

        Assert.True((await _shop.OpenAsync()).IsDone);
        Assert.True((await _shop.OpenAsync(key: "another")).IsDone);

        Assert.Equal(["/.well-known/ucp", "/acp/.well-known/ucp"], _merchant.Discoveries.Select(seen => seen.Path));
    }

    [Fact]
    public async Task Profile_NotToBeHad_NothingIsOrderedButWhatIsThereIsReadAndEnded()
    {
        _merchant.Discovery = _ => new Answer(404, "<html/>", "text/html");

        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.BadAnswer), await _shop.OpenAsync() is var open ? (open.Outcome, open.Reason) : default);
        Assert.Empty(_merchant.Seen);
        Assert.True((await _shop.GetAsync()).IsDone);
        Assert.True((await _shop.CompleteAsync()).IsDone);
        Assert.True((await _shop.CancelAsync()).IsDone);
    }

    [Theory]
    [InlineData("""{"rest":{"endpoint":"https://elsewhere.example/"}}""")]
    [InlineData("""[{"transport":"mcp","endpoint":"https://m.example/"},{"transport":"rest","endpoint":"https://elsewhere.example/"}]""")]
    public async Task Profile_AnotherEndpoint_IsLoggedAndNotFollowed(string service)
    {
        var profile = UcpSessions.Profile();
        profile["ucp"]!["services"] = new JsonObject { ["dev.ucp.shopping"] = JsonNode.Parse(service) };
        _merchant.Discovery = _ => Json(profile);

        Assert.True((await _shop.OpenAsync()).IsDone);

        Assert.Single(_merchant.Seen);
        Assert.Single(_shop.Logs.Lines, line => line.Id == 2209);
    }

    [Theory]
    [InlineData("requires_escalation", CheckoutState.NeedsPerson)]
    [InlineData("ready_for_complete", CheckoutState.Ready)]
    [InlineData("complete_in_progress", CheckoutState.Completing)]
    [InlineData("completed", CheckoutState.Completed)]
    [InlineData("canceled", CheckoutState.Canceled)]
    [InlineData("hovering", CheckoutState.Unknown)]
    public async Task Session_Status_IsOurState(string status, CheckoutState state)
    {
        _merchant.Answer = (_, _) => Json(UcpSessions.Session(status));

        Assert.Equal(state, (await _shop.GetAsync()).Value!.State);
    }

    public static TheoryData<string, CheckoutState> Incomplete => new()
    {
        { "nothing is missing", CheckoutState.Ready },
        { "a warning", CheckoutState.Ready },
        { "several methods", CheckoutState.Ready },
        { "fetched at one place", CheckoutState.Ready },
        { "an error", CheckoutState.Incomplete },
        { "a person is needed", CheckoutState.Incomplete },
        { "no total", CheckoutState.Incomplete },
        { "a negative total", CheckoutState.Incomplete },
        { "no option selected", CheckoutState.Incomplete },
        { "an option that is none", CheckoutState.Incomplete },
        { "one of two groups", CheckoutState.Incomplete },
        { "no destination selected", CheckoutState.Incomplete },
        { "a destination that is none", CheckoutState.Incomplete },
        { "one of two methods", CheckoutState.Incomplete },
        { "a method with nothing in it", CheckoutState.Incomplete },
    };

    // Some merchants call every session incomplete until it is completed.
    [Theory]
    [MemberData(nameof(Incomplete))]
    public async Task Session_Incomplete_IsReadyWhereNothingIsNamedThatIsMissing(string what, CheckoutState state)
    {
        static JsonObject Group(string? selected) => UcpSessions.Group(selected, UcpSessions.Option("o"));
        var whole = UcpSessions.Method("shipping", "d", Group("o"));
        var session = UcpSessions.Session("incomplete", what == "a negative total" ? -1 : 1590, what switch
        {
            "several methods" => [whole, UcpSessions.Method("pickup", "p", Group("o"), Group("o"))],
            "fetched at one place" => [UcpSessions.Method("pickup", "p")],
            "no option selected" => [UcpSessions.Method("shipping", "d", Group(null))],
            "an option that is none" => [UcpSessions.Method("shipping", "d", Group("x"))],
            "one of two groups" => [UcpSessions.Method("shipping", "d", Group("o"), Group(null))],
            "no destination selected" => [whole.With("selected_destination_id", null)],
            "a destination that is none" => [whole.With("selected_destination_id", "x")],
            "one of two methods" => [whole, UcpSessions.Method("pickup", null, Group(null))],
            "a method with nothing in it" => [UcpSessions.Method("pickup")],
            _ => [whole],
        });
        if (what == "no total")
        {
            session["totals"] = new JsonArray(UcpSessions.Total("subtotal", 1390));
        }

        session["messages"] = what switch
        {
            "a warning" => new JsonArray(new JsonObject { ["type"] = "warning", ["code"] = "late" }),
            "an error" => new JsonArray(new JsonObject { ["type"] = "error", ["code"] = "missing", ["severity"] = "recoverable" }),
            "a person is needed" => new JsonArray(new JsonObject { ["type"] = "info", ["severity"] = "requires_buyer_review" }),
            _ => new JsonArray(),
        };
        _merchant.Answer = (_, _) => Json(session);

        Assert.Equal(state, (await _shop.GetAsync()).Value!.State);
    }

    [Theory]
    [InlineData(true, DeliveryKind.Shipping, CheckoutState.Incomplete)]
    [InlineData(true, DeliveryKind.Digital, CheckoutState.Ready)]
    [InlineData(true, null, CheckoutState.Incomplete)]
    [InlineData(false, DeliveryKind.Digital, CheckoutState.Ready)]
    [InlineData(false, null, CheckoutState.Ready)]
    public async Task Session_IncompleteWithoutAMethod_IsReadyWhereNoneIsNeeded(bool isDeclared, DeliveryKind? delivery, CheckoutState state)
    {
        _merchant.Discovery = _ => isDeclared ? Dialect.Ucp.Discovery("dev.ucp.shopping.fulfillment") : Dialect.Ucp.Discovery();
        _merchant.Answer = (_, _) => Json(UcpSessions.Session("incomplete"));
        if (delivery is { } kind)
        {
            Assert.Equal(state, (await _shop.OpenAsync(Shop.Order with { Delivery = kind, Place = DeliveryPlace.Home })).Value!.State);
        }

        Assert.Equal(state, (await _shop.GetAsync()).Value!.State);
    }

    [Theory]
    [InlineData("https://merchant.example/continue/1", true)]
    [InlineData("http://127.0.0.1:8080/continue/1", true)]
    [InlineData("http://merchant.example/continue/1", false)]
    [InlineData("/continue/1", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData(null, false)]
    public async Task Session_ContinueUrl_IsShownWhereItIsSafe(string? url, bool isShown)
    {
        _merchant.Answer = (_, _) => Json(UcpSessions.Session("requires_escalation").With("continue_url", url));

        Assert.Equal(isShown ? url : null, (await _shop.GetAsync()).Value!.ContinueAt?.AbsoluteUri);
    }

    [Theory]
    [InlineData("error", "recoverable", true, false)]
    [InlineData("error", "unrecoverable", true, false)]
    [InlineData("error", "requires_buyer_input", true, true)]
    [InlineData("error", "requires_buyer_review", true, true)]
    [InlineData("error", "requires_dance", true, true)]
    [InlineData("warning", null, false, false)]
    [InlineData("info", null, false, false)]
    public async Task Message_Severity_IsWhetherAPersonIsNeeded(string type, string? severity, bool isError, bool needsPerson)
    {
        var message = new JsonObject { ["type"] = type, ["code"] = "Some Code", ["content"] = "two\nlines" };
        if (severity is not null)
        {
            message["severity"] = severity;
        }

        _merchant.Answer = (_, _) => Json(UcpSessions.Session().With("messages", new JsonArray(message)));

        Assert.Equal(new CheckoutRemark("some_code", isError, needsPerson, "two lines"), Assert.Single((await _shop.GetAsync()).Value!.Remarks));
    }

    [Fact]
    public async Task Session_MembersNobodyKnows_AreTolerated()
    {
        var session = UcpSessions.Session().With("drone", new JsonObject()).With("expires_at", "soon");
        session["messages"] = new JsonArray((JsonNode?)null, new JsonObject { ["type"] = "rumour" });
        session["fulfillment"] = new JsonObject { ["methods"] = new JsonArray((JsonNode?)null, new JsonObject { ["type"] = "catapult", ["groups"] = null }) };
        _merchant.Answer = (_, _) => Json(session);

        var read = (await _shop.GetAsync()).Value!;

        Assert.Equal((null, null), (read.ExpiresAt, read.Delivery));
        Assert.Equal([new CheckoutRemark("message", false, false, "")], read.Remarks);
    }

    [Fact]
    public async Task Open_SeveralOptions_TakesTheOneInTimeWithOnePut()
    {
        var arrival = new DateTimeOffset(2026, 5, 4, 20, 0, 0, TimeSpan.Zero);
        var group = UcpSessions.Group("late", UcpSessions.Option("late", "2026-05-04T22:00:00Z", "2026-05-04T23:00:00Z"), UcpSessions.Option("right", "2026-05-04T19:30:00Z", "2026-05-04T20:30:00Z"));
        _merchant.Answer = (request, _) => Json(UcpSessions.Session(methods: UcpSessions.Method(
            "shipping", "dest_9", request.Method == "PUT" ? UcpSessions.Group("right", [.. group["options"]!.AsArray().Select(o => o!.DeepClone().AsObject())]) : group.DeepClone().AsObject())));

        var session = (await _shop.OpenAsync(Shop.Order with { Delivery = DeliveryKind.LocalDelivery, Place = DeliveryPlace.Home, ArriveAt = arrival })).Value!;

        Assert.Equal("title of right", session.Delivery!.Title);
        Assert.Empty(session.Remarks);
        Assert.Equal([("POST", "key-open"), ("PUT", "key-open:option1")], _merchant.Seen.Select(seen => (seen.Method, seen.Headers["Idempotency-Key"])));
        var method = _merchant.Seen[1].Json["fulfillment"]!["methods"]![0]!;
        Assert.Equal(("dest_9", "dest_9", "right"), ((string?)method["selected_destination_id"], (string?)method["destinations"]![0]!["id"], (string?)method["groups"]![0]!["selected_option_id"]));
        Assert.Equal("li_1", (string?)_merchant.Seen[1].Json["line_items"]![0]!["id"]);
    }

    [Fact]
    public async Task Open_DestinationNotSelectedYet_IsSelectedFirst()
    {
        _merchant.Answer = (_, before) => Json(UcpSessions.Session("incomplete", 1590, before switch
        {
            0 => UcpSessions.Method("shipping", "given_1").With("selected_destination_id", null),
            1 => UcpSessions.Method("shipping", "given_1", UcpSessions.Group(null, UcpSessions.Option("only"))),
            _ => UcpSessions.Method("shipping", "given_1", UcpSessions.Group("only", UcpSessions.Option("only"))),
        }));

        var session = (await _shop.OpenAsync(Shop.Order with { Delivery = DeliveryKind.Shipping, Place = DeliveryPlace.Home })).Value!;

        Assert.Equal(3, _merchant.Seen.Count);
        Assert.Equal("title of only", session.Delivery!.Title);
        Assert.Empty(session.Remarks);
    }

    [Fact]
    public async Task Open_ChoiceRefused_KeepsTheSessionWithARemark()
    {
        _merchant.Answer = (request, _) => request.Method == "PUT"
            ? Dialect.Ucp.Error(400, "option_gone")
            : Json(UcpSessions.Session(methods: UcpSessions.Method("pickup", null, UcpSessions.Group(null, UcpSessions.Option("o")))));

        var session = (await _shop.OpenAsync(Shop.Order with { Delivery = DeliveryKind.Pickup })).Value!;

        Assert.Equal(AdapterReasons.DeliveryNotOffered, Assert.Single(session.Remarks).Code);
        Assert.Equal(2, _merchant.Seen.Count);
    }

    [Fact]
    public async Task Order_Events_AreItsProgress()
    {
        _merchant.Answer = (request, _) => Json(request.Path.Contains("/orders/", StringComparison.Ordinal)
            ? UcpSessions.Order(1, 0, UcpSessions.Event("processing", "2026-05-04T16:00:00Z"), UcpSessions.Event("in_transit", "2026-05-04T17:00:00Z"))
            : UcpSessions.Completed());

        var order = (await _shop.GetAsync()).Value!.Order!;

        Assert.Equal((Sessions.OrderId, OrderProgress.OnTheWay, new Money(1590, "EUR")), (order.OrderId, order.Progress, order.Charged));
        Assert.Equal(new Parcel("exp_1", OrderProgress.OnTheWay, "Pizza", "Van", new DateTimeOffset(2026, 5, 4, 18, 0, 0, TimeSpan.Zero)), Assert.Single(order.Parcels));
    }

    [Theory]
    [InlineData(1, 1, OrderProgress.Fulfilled)]
    [InlineData(0, 0, OrderProgress.Canceled)]
    [InlineData(2, 1, OrderProgress.Placed)]
    public async Task Order_Quantities_SayWhetherItIsOver(long total, long fulfilled, OrderProgress progress)
    {
        _merchant.Answer = (request, _) => Json(request.Path.Contains("/orders/", StringComparison.Ordinal) ? UcpSessions.Order(total, fulfilled) : UcpSessions.Completed());

        Assert.Equal(progress, (await _shop.GetAsync()).Value!.Order!.Progress);
    }

    [Theory]
    [InlineData("""{"id":"ord_2","checkout_id":"cs_1"}""", 200)]
    [InlineData("""{"id":"ord_1","checkout_id":"cs_2"}""", 200)]
    [InlineData("{}", 404)]
    public async Task Order_NotToBeHad_IsPlacedAllTheSame(string body, int status)
    {
        _merchant.Answer = (request, _) => request.Path.Contains("/orders/", StringComparison.Ordinal) ? Answer.Json(body, status) : Json(UcpSessions.Completed());

        var session = (await _shop.GetAsync()).Value!;

        Assert.Equal((CheckoutState.Completed, OrderProgress.Placed, Sessions.OrderId), (session.State, session.Order!.Progress, session.Order.OrderId));
    }

    [Fact]
    public async Task Complete_HandlerKnownByNameOrSpecification_IsUsed()
    {
        foreach (var (handlers, id) in new (JsonArray, string?)[]
        {
            (new JsonArray(UcpSessions.Handler("other", "com.other.pay", "https://other.example/"), UcpSessions.Handler("mine")), "mine"),
            (new JsonArray(UcpSessions.Handler("by-spec", "com.other.pay", "com.example.card")), "by-spec"),
            (new JsonArray(UcpSessions.Handler("other", "com.other.pay", "https://other.example/")), null),
        })
        {
            using var shop = new Shop(_merchant.Base, dialect: Dialect.Ucp);
            var session = UcpSessions.Session().With("payment", new JsonObject { ["handlers"] = handlers });
            _merchant.Answer = (_, _) => Json(session);
            Assert.True((await shop.GetAsync()).IsDone);
            var before = _merchant.Seen.Count;

            var answer = await shop.CompleteAsync();

            Assert.Equal(id is null ? (CommerceOutcome.Refused, AdapterReasons.PaymentNotSupported) : (CommerceOutcome.Done, CommerceReasons.Done), (answer.Outcome, answer.Reason));
            Assert.Equal(id is null ? 0 : 1, _merchant.Seen.Count - before);
            if (id is not null)
            {
                var data = _merchant.Seen[^1].Json["payment_data"]!;
                Assert.Equal(("visa", "4242"), ((string?)data["brand"], (string?)data["last_digits"]));
                Assert.Equal((id, "card", "token", "vt_planted_token"), ((string?)data["handler_id"], (string?)data["type"], (string?)data["credential"]!["type"], (string?)data["credential"]!["token"]));
            }
        }
    }

    // The first edition of this version names the order beside the session and no handler in it.
    [Fact]
    public async Task Complete_SessionOfTheFirstEdition_TakesTheProfilesHandlerAndItsOrder()
    {
        var session = UcpSessions.Session("incomplete");
        session.Remove("payment");
        var done = UcpSessions.Session("completed").With("order_id", "ord_first");
        _merchant.Answer = (request, _) => Json(request.Path.EndsWith("/complete", StringComparison.Ordinal) ? done : session);
        Assert.True((await _shop.OpenAsync()).IsDone);

        var answer = await _shop.CompleteAsync();

        Assert.Equal((CheckoutState.Completed, "ord_first"), (answer.Value!.State, answer.Value.Order!.OrderId));
        Assert.Equal(["POST", "GET", "POST"], _merchant.Seen.Select(seen => seen.Method));
        Assert.Equal("h_card", (string?)_merchant.Seen[2].Json["payment_data"]!["handler_id"]);
    }

    [Fact]
    public async Task CancelOrder_NotDeclared_IsNotSent()
    {
        var answer = await _shop.CancelOrderAsync();

        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.NotCancelable), (answer.Outcome, answer.Reason));
        Assert.Empty(_merchant.Seen);
    }

    [Fact]
    public async Task Requests_OfAWholePurchase_AreValidByTheSdkAndHoldNoNull()
    {
        _merchant.Answer = (request, _) => Json(request.Path.Contains("/orders/", StringComparison.Ordinal) ? UcpSessions.Order()
            : UcpSessions.Session(methods: UcpSessions.Method("shipping", "d", UcpSessions.Group(null, UcpSessions.Option("o")))));
        foreach (var (kind, place) in Enum.GetValues<DeliveryKind>().SelectMany(kind => Enum.GetValues<DeliveryPlace>().Select(place => (kind, place))))
        {
            var order = Shop.Order with
            {
                Delivery = kind,
                Place = place,
                Lines = [new OrderLine("pizza", "Pizza", 2), new OrderLine("wine", "Wine", 1), new OrderLine("pizza", "Pizza", 1)],
                ArriveAt = new DateTimeOffset(2026, 5, 4, 19, 30, 0, TimeSpan.FromHours(-3.5)),
                Day = new DateOnly(2026, 5, 4),
                Nights = 1,
                People = 4,
            };
            await _shop.OpenAsync(order, $"o{kind}{place}");
            await _shop.UpdateAsync(order, $"u{kind}{place}");
        }

        await _shop.CompleteAsync();
        SeenRequest[] sent = [.. _merchant.Seen.Where(seen => seen.Body.Length > 0)];
        var faults = UcpSdk.Judge([.. sent.Select(seen => (
            seen.Path.EndsWith("/complete", StringComparison.Ordinal) ? "PaymentDataSchema" : seen.Method == "PUT" ? "CheckoutWithFulfillmentUpdateRequestSchema" : "CheckoutWithFulfillmentCreateRequestSchema",
            System.Text.Json.JsonDocument.Parse(seen.Body).RootElement))]);

        Assert.All(faults, Assert.Null);
        Assert.DoesNotContain(sent, seen => seen.Body.Contains(":null", StringComparison.Ordinal));
        Assert.All(sent, seen => Assert.Equal(seen.Method == "PUT" ? Sessions.Id : null, (string?)seen.Json["id"]));
        Assert.Equal([3, 1], sent[0].Json["line_items"]!.AsArray().Select(line => (int)line!["quantity"]!));
    }

    // The answers of these tests too, so that they are not of our making alone.
    [Fact]
    public void Answers_OfTheseTests_AreValidByTheSdk()
    {
        (string, JsonObject)[] bodies =
        [
            ("CheckoutWithFulfillmentResponseSchema", UcpSessions.Session(methods: UcpSessions.Method("shipping", "d", UcpSessions.Group("o", UcpSessions.Option("o", "2026-05-04T18:00:00Z"))))),
            ("CheckoutWithFulfillmentResponseSchema", UcpSessions.Completed()),
            ("OrderSchema", UcpSessions.Order(1, 0, UcpSessions.Event("shipped", "2026-05-04T18:00:00Z"))),
        ];

        Assert.All(UcpSdk.Judge([.. bodies.Select(body => (body.Item1, System.Text.Json.JsonDocument.Parse(body.Item2.ToJsonString()).RootElement))]), Assert.Null);
    }

    [Fact]
    public void OwnProfile_OfTheFirstVersion_HasThePublicKeyAloneAndIsValidByTheSdk()
    {
        using var folder = new RegistryFolder();
        var registry = RegistryFolder.Registry();
        Dialect.Ucp.Speak(registry);
        folder.WriteRegistry(registry);

        var profile = JsonNode.Parse(UcpProfile.FirstOf(folder.File))!;

        var key = profile["signing_keys"]![0]!.AsObject();
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.Select(member => member.Key).Order());
        var order = profile["ucp"]!["capabilities"]!.AsArray().Single(capability => (string?)capability!["name"] == "dev.ucp.shopping.order")!;
        Assert.Equal("https://car.example/events/ucp", (string?)order["config"]!["webhook_url"]);
        Assert.All(UcpSdk.Judge([("UcpDiscoveryProfileSchema", System.Text.Json.JsonDocument.Parse(profile.ToJsonString()).RootElement)]), Assert.Null);

        folder.WriteRegistry(RegistryFolder.Registry());
        Assert.Contains("has no ucp", Assert.Throws<InvalidOperationException>(() => UcpProfile.Of(folder.File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void OwnProfile_OfTheNewestVersion_NamesBothVersionsHandlersAndTheKey()
    {
        using var folder = new RegistryFolder();
        var registry = RegistryFolder.Registry();
        Dialect.Ucp.Speak(registry);
        registry["payment"]!["ucpHandlers"] = new JsonArray("dev.ucp.mock_payment", "https://psp.example/ucp");
        folder.WriteRegistry(registry);

        var profile = JsonNode.Parse(UcpProfile.Of(folder.File))!;

        Assert.Equal("2026-04-08", (string?)profile["ucp"]!["version"]);
        Assert.Equal(["dev.ucp.mock_payment"], profile["ucp"]!["payment_handlers"]!.AsObject().Select(handler => handler.Key));
        Assert.Equal("rest", (string?)profile["ucp"]!["services"]!["dev.ucp.shopping"]![0]!["transport"]);
        Assert.All(profile["ucp"]!["capabilities"]!.AsObject(), capability =>
            Assert.Equal(["2026-04-08", "2026-01-11"], capability.Value!.AsArray().Select(one => (string?)one!["version"])));
        Assert.Equal("https://car.example/events/ucp", (string?)profile["ucp"]!["capabilities"]!["dev.ucp.shopping.order"]![0]!["config"]!["webhook_url"]);
        Assert.Equal("dev.ucp.shopping.checkout", (string?)profile["ucp"]!["capabilities"]!["dev.ucp.shopping.fulfillment"]![0]!["extends"]);
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], profile["signing_keys"]![0]!.AsObject().Select(member => member.Key).Order());
    }

    [Theory]
    [InlineData("""{"type":"refund","status":"completed","amount":500}""", 500L)]
    [InlineData("""{"type":"refund","status":"completed","totals":[{"type":"subtotal","amount":-300},{"type":"total","amount":-500}]}""", 500L)]
    [InlineData("""{"type":"refund","status":"pending","totals":[{"type":"total","amount":-500}]}""", null)]
    [InlineData("""{"type":"refund","status":"completed"}""", null)]
    public async Task Order_Refund_IsReadInBothForms(string adjustment, long? refunded)
    {
        var order = UcpSessions.Order().With("adjustments", new JsonArray(JsonNode.Parse(adjustment))).With("label", "R-17");
        _merchant.Answer = (request, _) => Json(request.Path.Contains("/orders/", StringComparison.Ordinal) ? order : UcpSessions.Completed());

        var placed = (await _shop.GetAsync()).Value!.Order!;

        Assert.Equal((refunded, Sessions.OrderId, "R-17"), (placed.Refunded?.MinorUnits, placed.OrderId, placed.Number));
    }

    private static Answer Json(JsonObject body) => Answer.Json(body.ToJsonString());
}
