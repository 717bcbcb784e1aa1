using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Acp;

/// <summary>Which way of delivery is chosen, and how it is put to the merchant.</summary>
public sealed class FulfillmentTests : IAsyncLifetime
{
    private static readonly DateTimeOffset At1900 = new(2026, 5, 4, 19, 0, 0, TimeSpan.Zero);

    private MerchantServer _merchant = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        _shop = new Shop(_merchant.Base);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _merchant.DisposeAsync();
    }

    private static readonly Dictionary<string, JsonObject[]> Menus = new()
    {
        ["mixed"] = [Sessions.Option("shipping", "s1"), Sessions.Pickup("p1"), Sessions.Delivery("l1"), Sessions.Pickup("p2"), Sessions.Option("digital", "d1")],
        ["windows"] =
        [
            Sessions.Delivery("early", "2026-05-04T18:00:00Z", "2026-05-04T18:30:00Z"),
            Sessions.Delivery("fits wide", "2026-05-04T18:50:00Z", "2026-05-04T20:00:00Z"),
            Sessions.Delivery("fits", "2026-05-04T18:45:00Z", "2026-05-04T19:15:00Z"),
            Sessions.Delivery("late", "2026-05-04T19:30:00Z", "2026-05-04T20:00:00Z"),
        ],
        ["late or early"] =
        [
            Sessions.Delivery("early", "2026-05-04T18:00:00Z", "2026-05-04T18:59:00Z"),
            Sessions.Delivery("later", "2026-05-04T21:00:00Z", "2026-05-04T21:30:00Z"),
            Sessions.Delivery("late", "2026-05-04T19:30:00Z", "2026-05-04T20:00:00Z"),
        ],
        ["only early"] =
        [
            Sessions.Delivery("very early", "2026-05-04T16:00:00Z", "2026-05-04T17:00:00Z"),
            Sessions.Delivery("early", "2026-05-04T18:00:00Z", "2026-05-04T18:59:00Z"),
        ],
        ["untimed or late"] = [Sessions.Delivery("late", "2026-05-04T19:01:00Z", "2026-05-04T20:00:00Z"), Sessions.Delivery("untimed")],
        ["pickups"] =
        [
            Sessions.Pickup("cold", "2026-05-04T17:00:00Z"),
            Sessions.Pickup("closed", "2026-05-04T18:00:00Z", "2026-05-04T18:30:00Z"),
            Sessions.Pickup("fresh", "2026-05-04T18:50:00Z", "2026-05-04T22:00:00Z"),
            Sessions.Pickup("late", "2026-05-04T19:10:00Z"),
        ],
    };

    [Theory]
    [InlineData("mixed", DeliveryKind.Pickup, DeliveryPlace.None, false, "p1")]
    [InlineData("mixed", DeliveryKind.LocalDelivery, DeliveryPlace.Home, false, "l1")]
    [InlineData("mixed", DeliveryKind.Digital, DeliveryPlace.None, false, "d1")]
    [InlineData("mixed", DeliveryKind.Shipping, DeliveryPlace.Home, true, "s1")]
    [InlineData("mixed", DeliveryKind.Any, DeliveryPlace.None, false, "s1")]
    [InlineData("mixed", DeliveryKind.Any, DeliveryPlace.Home, false, "l1")]
    [InlineData("windows", DeliveryKind.LocalDelivery, DeliveryPlace.Home, true, "fits")]
    [InlineData("windows", DeliveryKind.LocalDelivery, DeliveryPlace.Home, false, "early")]
    [InlineData("windows", DeliveryKind.Any, DeliveryPlace.None, true, "fits")]
    [InlineData("late or early", DeliveryKind.LocalDelivery, DeliveryPlace.Home, true, "late")]
    [InlineData("only early", DeliveryKind.LocalDelivery, DeliveryPlace.Home, true, "early")]
    [InlineData("untimed or late", DeliveryKind.LocalDelivery, DeliveryPlace.Home, true, "untimed")]
    [InlineData("pickups", DeliveryKind.Pickup, DeliveryPlace.None, true, "fresh")]
    public async Task Open_Options_TheOneThatFitsIsSelectedByOneUpdate(string menu, DeliveryKind kind, DeliveryPlace place, bool isTimed, string chosen)
    {
        AnswerWith(Sessions.Session("not_ready_for_payment", 1590, Copy(menu)));

        var answer = await _shop.OpenAsync(Shop.Order with { Delivery = kind, Place = place, ArriveAt = isTimed ? At1900 : null });

        Assert.Equal(2, _merchant.Seen.Count);
        var seen = _merchant.Seen[1];
        Assert.Equal(("POST", $"/acp/checkout_sessions/{Sessions.Id}", "key-open:option"), (seen.Method, seen.Path, seen.Headers["Idempotency-Key"]));
        var selected = Assert.Single(seen.Json["selected_fulfillment_options"]!.AsArray())!;
        Assert.Equal((chosen, """["pizza"]"""), ((string)selected["option_id"]!, selected["item_ids"]!.ToJsonString()));
        Assert.Single(seen.Json);
        Assert.Equal($"title of {chosen}", answer.Value!.Delivery!.Title);
        Assert.Empty(answer.Value.Remarks);
    }

    [Fact]
    public async Task Open_OptionSelectedAlreadyThatIsAsGood_IsLeftAlone()
    {
        AnswerWith(Sessions.Session("ready_for_payment", 1590, Copy("mixed")).Selecting("pickup", "p2", "pizza"));

        var answer = await _shop.OpenAsync(Shop.Order with { Delivery = DeliveryKind.Pickup });

        Assert.Single(_merchant.Seen);
        Assert.Equal((DeliveryKind.Pickup, "title of p2"), (answer.Value!.Delivery!.Kind, answer.Value.Delivery.Title));
    }

    [Fact]
    public async Task Open_OptionSelectedAlreadyThatFitsWorse_IsChanged()
    {
        AnswerWith(Sessions.Session("ready_for_payment", 1590, Copy("windows")).Selecting("local_delivery", "late", "pizza"));

        var answer = await _shop.OpenAsync(Shop.Order with { Delivery = DeliveryKind.LocalDelivery, Place = DeliveryPlace.Home, ArriveAt = At1900 });

        Assert.Equal(2, _merchant.Seen.Count);
        Assert.Equal(
            new CheckoutDelivery(DeliveryKind.LocalDelivery, "title of fits", new(2026, 5, 4, 18, 45, 0, TimeSpan.Zero), new(2026, 5, 4, 19, 15, 0, TimeSpan.Zero)),
            answer.Value!.Delivery);
    }

    // The schema says line items, the published examples say items: a merchant that shows its meaning is followed.
    [Theory]
    [InlineData("li_1", """["li_1"]""")]
    [InlineData("pizza", """["pizza"]""")]
    public async Task Open_MerchantShowsWhichIdsItMeans_IsAnsweredInThose(string shown, string sent)
    {
        AnswerWith(Sessions.Session("ready_for_payment", 1590, Copy("mixed")).Selecting("shipping", "s1", shown));

        await _shop.OpenAsync(Shop.Order with { Delivery = DeliveryKind.Pickup });

        Assert.Equal(sent, _merchant.Seen[1].Json["selected_fulfillment_options"]![0]!["item_ids"]!.ToJsonString());
    }

    [Theory]
    [InlineData(DeliveryKind.Pickup)]
    [InlineData(DeliveryKind.LocalDelivery)]
    [InlineData(DeliveryKind.Digital)]
    public async Task Open_WayThatIsNotOffered_IsAnErrorInTheRemarks(DeliveryKind kind)
    {
        AnswerWith(Sessions.Session("ready_for_payment", 1590, Sessions.Option("shipping", "s1")).Selecting("shipping", "s1", "pizza"));

        var answer = await _shop.OpenAsync(Shop.Order with { Delivery = kind });

        Assert.Single(_merchant.Seen);
        Assert.Equal((CommerceOutcome.Done, AdapterReasons.DeliveryNotOffered, true), (answer.Outcome, answer.Value!.Remarks[0].Code, answer.Value.Remarks[0].IsError));
        Assert.Equal(DeliveryKind.Shipping, answer.Value.Delivery!.Kind);
    }

    [Theory]
    [InlineData(DeliveryKind.Any)]
    [InlineData(DeliveryKind.Digital)]
    public async Task Open_NothingToChoose_IsAllRightWhereNothingIsBrought(DeliveryKind kind)
    {
        AnswerWith(Sessions.Session());

        var answer = await _shop.OpenAsync(Shop.Order with { Delivery = kind });

        Assert.Single(_merchant.Seen);
        Assert.Empty(answer.Value!.Remarks);
        Assert.Null(answer.Value.Delivery);
    }

    [Fact]
    public async Task Open_SelectionRefused_ShowsTheSessionAndSaysSo()
    {
        _merchant.Answer = (_, before) => before == 0
            ? Answer.Json(Sessions.Session("not_ready_for_payment", 1590, Copy("mixed")).ToJsonString(), 201)
            : Answer.Error(400, "invalid_option");

        var answer = await _shop.OpenAsync(Shop.Order with { Delivery = DeliveryKind.Pickup });

        Assert.Equal(CheckoutState.Incomplete, answer.Value!.State);
        Assert.Equal(AdapterReasons.DeliveryNotOffered, Assert.Single(answer.Value.Remarks).Code);
    }

    [Fact]
    public async Task Open_SelectionWithoutEffect_SaysSo()
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session("ready_for_payment", 1590, Copy("mixed")).Selecting("shipping", "s1", "pizza").ToJsonString());

        var answer = await _shop.OpenAsync(Shop.Order with { Delivery = DeliveryKind.Pickup });

        Assert.Equal((2, DeliveryKind.Shipping), (_merchant.Seen.Count, answer.Value!.Delivery!.Kind));
        Assert.Equal(AdapterReasons.DeliveryNotOffered, Assert.Single(answer.Value.Remarks).Code);
    }

    [Fact]
    public async Task Open_SelectionUnanswered_IsUnknownSoThatTheSameCallIsRepeated()
    {
        _merchant.Answer = (_, before) => before == 0
            ? Answer.Json(Sessions.Session("not_ready_for_payment", 1590, Copy("mixed")).ToJsonString(), 201)
            : Answer.Error(500, "internal");

        var answer = await _shop.OpenAsync(Shop.Order with { Delivery = DeliveryKind.Pickup });

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.NoAnswer), (answer.Outcome, answer.Reason));
    }

    [Fact]
    public async Task Open_CalledAgain_SendsTheSameBytesWithTheSameKeys()
    {
        AnswerWith(Sessions.Session("not_ready_for_payment", 1590, Copy("windows")));
        var order = Shop.Order with { Delivery = DeliveryKind.LocalDelivery, Place = DeliveryPlace.Home, ArriveAt = At1900 };

        await _shop.OpenAsync(order);
        await _shop.OpenAsync(order);

        var sent = _merchant.Seen.Select(seen => (seen.Path, seen.Headers["Idempotency-Key"], seen.Body)).ToArray();
        Assert.Equal(sent[..2], sent[2..]);
    }

    [Fact]
    public async Task Update_ChangedQuantity_SendsItemsAndChoosesAnew()
    {
        AnswerWith(Sessions.Session("ready_for_payment", 1590, Copy("mixed")).Selecting("pickup", "p1", "pizza"));

        var answer = await _shop.UpdateAsync(Shop.Order with { Delivery = DeliveryKind.Pickup });

        Assert.True(answer.IsDone);
        Assert.Equal(["GET", "POST"], _merchant.Seen.Select(seen => seen.Method));
        var seen = _merchant.Seen[1];
        Assert.Equal(($"/acp/checkout_sessions/{Sessions.Id}", "key-update"), (seen.Path, seen.Headers["Idempotency-Key"]));
        Assert.Equal(["buyer", "line_items"], seen.Json.Select(member => member.Key).Order());
    }

    // An update request has no metadata: what stands there cannot be changed in an open session.
    [Theory]
    [InlineData("""{"ecuagent_nights":2,"ecuagent_check_in":"2026-05-06"}""", true)]
    [InlineData("""{"ecuagent_nights":"2","ecuagent_check_in":"2026-05-06"}""", true)]
    [InlineData("""{"ecuagent_nights":1,"ecuagent_check_in":"2026-05-06"}""", false)]
    [InlineData("""{"ecuagent_nights":2}""", false)]
    [InlineData("{}", false)]
    public async Task Update_ContextOfTheOrder_MustBeInTheSessionAlready(string metadata, bool isCarried)
    {
        AnswerWith(Sessions.Session().With("metadata", JsonNode.Parse(metadata)));

        var answer = await _shop.UpdateAsync(Shop.Order with { Need = MerchantNeed.Hotel, Nights = 2, Day = new DateOnly(2026, 5, 6) });

        Assert.Equal(isCarried ? CommerceReasons.Done : CommerceReasons.NewSessionNeeded, answer.Reason);
        Assert.Equal(isCarried, _merchant.Seen.Any(seen => seen.Method == "POST"));
    }

    [Fact]
    public async Task Update_ContextAsItWasOpenedWith_IsRememberedWhereTheMerchantDoesNotTell()
    {
        AnswerWith(Sessions.Session());
        var order = Shop.Order with { Need = MerchantNeed.Hotel, Nights = 2 };
        await _shop.OpenAsync(order);

        Assert.True((await _shop.UpdateAsync(order)).IsDone);
        Assert.Equal(CommerceReasons.NewSessionNeeded, (await _shop.UpdateAsync(order with { Nights = 3 })).Reason);
    }

    [Fact]
    public async Task Update_SessionThatTakesMetadata_GetsTheNewContext()
    {
        var session = Sessions.Session().With("metadata", JsonNode.Parse("""{"ecuagent_nights":1}"""));
        session["capabilities"]!["extensions"] = new JsonArray(new JsonObject { ["name"] = "ecuagent.trip_data" });
        AnswerWith(session);

        Assert.True((await _shop.UpdateAsync(Shop.Order with { Need = MerchantNeed.Hotel, Nights = 3, Day = new DateOnly(2026, 5, 6) })).IsDone);

        Assert.Equal("""{"ecuagent_check_in":"2026-05-06","ecuagent_nights":3}""", _merchant.Seen[1].Json["metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Update_OtherArrival_IsCarriedByAnOptionWithATime()
    {
        AnswerWith(Sessions.Session("ready_for_payment", 1590, Copy("windows")).Selecting("local_delivery", "early", "pizza"));

        var answer = await _shop.UpdateAsync(Shop.Order with { Delivery = DeliveryKind.LocalDelivery, Place = DeliveryPlace.Home, ArriveAt = At1900 });

        Assert.Equal("title of fits", answer.Value!.Delivery!.Title);
        Assert.Equal(["GET", "POST", "POST"], _merchant.Seen.Select(seen => seen.Method));
    }

    [Fact]
    public async Task Update_OfASessionThatIsOver_IsSessionClosed()
    {
        _merchant.Answer = (request, _) => request.Method == "GET" ? Answer.Json(Sessions.Completed().ToJsonString()) : Answer.Error(405, "method_not_allowed");

        var answer = await _shop.UpdateAsync();

        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.SessionClosed), (answer.Outcome, answer.Reason));
    }

    /// <summary>Answers every request with the session; a selection takes effect, and creating gives the original, as a replay does.</summary>
    private void AnswerWith(JsonObject original)
    {
        var present = original;
        _merchant.Answer = (request, _) =>
        {
            if (request.Path.EndsWith("/checkout_sessions", StringComparison.Ordinal))
            {
                present = original;
            }
            else if (request.Body.Length > 0 && request.Json["selected_fulfillment_options"] is { } selected)
            {
                present = present.DeepClone().AsObject().With("selected_fulfillment_options", selected.DeepClone()).With("status", "ready_for_payment");
            }

            return Answer.Json(present.ToJsonString());
        };
    }

    private static JsonObject[] Copy(string menu) => [.. Menus[menu].Select(option => option.DeepClone().AsObject())];
}
