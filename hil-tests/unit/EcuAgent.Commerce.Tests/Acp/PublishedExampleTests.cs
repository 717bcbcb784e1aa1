using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Acp;

/// <summary>The protocol's published examples, given by a real server, as the service gets them.</summary>
public sealed class PublishedExampleTests : IAsyncLifetime
{
    private const string Checkout = "examples.agentic_checkout.json";

    private MerchantServer _merchant = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        _shop = new Shop(_merchant.Base, change: registry => registry["merchants"]![0]!["currency"] = "usd");
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _merchant.DisposeAsync();
    }

    public static TheoryData<string, string, CheckoutState, long, string> Sessions => new()
    {
        { "get_checkout_session_response", "checkout_session_123", CheckoutState.Ready, 430, "item_123*1=330" },
        { "update_checkout_session_response", "checkout_session_123", CheckoutState.Ready, 830, "item_123*1=330" },
        { "cancel_checkout_session_response", "checkout_session_123", CheckoutState.Canceled, 830, "item_123*1=330" },
        { "complete_checkout_session_response", "checkout_session_123", CheckoutState.Completed, 830, "item_123*1=330" },
        { "checkout_session_authentication_required", "checkout_session_3ds_001", CheckoutState.NeedsPerson, 7875, "item_3ds_001*1=5375" },
        { "checkout_session_with_out_of_stock", "checkout_session_oos_001", CheckoutState.Incomplete, 330, "item_123*1=330" },
        { "checkout_session_with_payment_declined", "checkout_session_pd_001", CheckoutState.Ready, 430, "item_123*1=330" },
    };

    [Theory]
    [MemberData(nameof(Sessions))]
    public async Task Session_Example_IsReadAsItStands(string name, string id, CheckoutState state, long total, string lines)
    {
        var example = AcpData.Example(Checkout, name);
        Assert.Empty(AcpData.Objections("agentic-checkout", "CheckoutSession", example));
        _merchant.Answer = (_, _) => Answer.Json(example);

        var session = (await _shop.GetAsync(id)).Value!;

        Assert.Equal((Shop.Merchant, id, state, new Money(total, "USD")), (session.MerchantId, session.SessionId, session.State, session.Total));
        Assert.Equal(lines, string.Join(';', session.Lines.Select(line => $"{line.OfferId}*{line.Quantity}={line.AmountMinorUnits}")));
    }

    [Fact]
    public async Task Create_Example_HasItsDeliveryAndItsHandler()
    {
        var example = AcpData.Example(Checkout, "create_checkout_session_response");
        _merchant.Answer = (_, _) => Answer.Json(example, 201);

        var session = (await _shop.OpenAsync(Shop.Order with { Currency = "USD", Lines = [new OrderLine("item_123", "Jacket", 1)] })).Value!;
        await _shop.Adapter.CompleteAsync(Shop.Merchant, session.SessionId, new PaymentGrant("vt"), "key", CancellationToken.None);

        Assert.Equal(DeliveryKind.Shipping, session.Delivery!.Kind);
        Assert.NotNull(session.Delivery.Until);
        Assert.Equal("card_tokenized", (string)_merchant.Seen[^1].Json["payment_data"]!["handler_id"]!);
    }

    [Fact]
    public async Task Session_ExampleWithMessages_HasItsRemarks()
    {
        AcpData.Require();
        _merchant.Answer = (_, _) => Answer.Json(AcpData.Example(Checkout, "checkout_session_with_out_of_stock"));
        Assert.Contains((await _shop.GetAsync("checkout_session_oos_001")).Value!.Remarks, remark => remark is { Code: "out_of_stock", IsError: true, Text.Length: > 0 });

        _merchant.Answer = (_, _) => Answer.Json(AcpData.Example(Checkout, "checkout_session_with_payment_declined"));
        Assert.Contains((await _shop.GetAsync("checkout_session_pd_001")).Value!.Remarks, remark => remark is { Code: "payment_declined", IsError: true });
    }

    [Theory]
    [InlineData("error_400_invalid_item", 400, CommerceOutcome.Refused, "invalid_item_id")]
    [InlineData("error_400_requires_3ds", 400, CommerceOutcome.Refused, "requires_3ds")]
    [InlineData("error_400_idempotency_key_required", 400, CommerceOutcome.Refused, "idempotency_key_required")]
    [InlineData("error_422_idempotency_conflict", 422, CommerceOutcome.Refused, "idempotency_conflict")]
    [InlineData("error_409_idempotency_in_flight", 409, CommerceOutcome.Unknown, "idempotency_in_flight")]
    public async Task Error_Example_IsItsOutcome(string name, int status, CommerceOutcome outcome, string reason)
    {
        var example = AcpData.Example(Checkout, name);
        _merchant.Answer = (_, _) => Answer.Json(example, status);

        var answer = await _shop.CancelAsync();

        Assert.Equal((outcome, reason), (answer.Outcome, answer.Reason));
    }

    public static TheoryData<string, string, OrderProgress, long?, long?, string> Orders => new()
    {
        { "simple-order", "ord_minimal_123", OrderProgress.Placed, null, null, "" },
        { "shipped-order", "ORD-2026-00456", OrderProgress.Fulfilled, 277107, null, "ful_main=Fulfilled:MacBook Pro 16\", Laptop Sleeve:FedEx" },
        { "digital-fulfillment", "ORD-2026-00201", OrderProgress.Fulfilled, 10766, null, "ful_digital_1=Fulfilled:Pro Photo Editor - Annual License:" },
        { "refunded-order", "ORD-2026-00101", OrderProgress.Fulfilled, 67099, 32516, "ful_all=Fulfilled:Wireless Noise-Canceling Headphones, USB-C Charging Cable:USPS" },
    };

    [Theory]
    [MemberData(nameof(Orders))]
    public async Task Order_Example_IsReadAsItStands(string file, string number, OrderProgress progress, long? charged, long? refunded, string parcels)
    {
        var order = JsonNode.Parse(AcpData.Example($"orders/{file}.json"))!.AsObject();
        var session = Support.Sessions.Completed().With("id", (string)order["checkout_session_id"]!).With("currency", "usd").With("order", order);
        session["totals"] = new JsonArray();
        _merchant.Answer = (_, _) => Answer.Json(session.ToJsonString());

        var read = (await _shop.GetAsync((string)session["id"]!)).Value!.Order!;

        Assert.Equal((number, progress), (read.Number, read.Progress));
        Assert.Equal(charged is { } paid ? new Money(paid, "USD") : null, read.Charged);
        Assert.Equal(refunded is { } back ? new Money(back, "USD") : null, read.Refunded);
        Assert.Equal(parcels, string.Join(';', read.Parcels.Select(parcel => $"{parcel.Id}={parcel.Progress}:{parcel.Title}:{parcel.Carrier}")));
    }

    [Fact]
    public async Task PartialOrder_Example_HasTwoParcelsAtDifferentStages()
    {
        var order = JsonNode.Parse(AcpData.Example("orders/partial-fulfillment.json"))!.AsObject();
        var session = Support.Sessions.Completed().With("id", (string)order["checkout_session_id"]!).With("order", order);
        _merchant.Answer = (_, _) => Answer.Json(session.ToJsonString());

        var read = (await _shop.GetAsync((string)session["id"]!)).Value!.Order!;

        Assert.Equal(2, read.Parcels.Count);
        Assert.Equal([OrderProgress.Fulfilled, OrderProgress.Placed], read.Parcels.Select(parcel => parcel.Progress));
        Assert.NotEqual(OrderProgress.Fulfilled, read.Progress);
    }

    [Fact]
    public async Task Feed_Examples_AreFound()
    {
        AcpData.Require();
        _merchant.Answer = (_, _) => Answer.Json(AcpData.Example("examples.feed.json", "get_products_response"));
        Assert.Equal([("sku123-red-s", "Classic Tee - Red / Small")], (await _shop.SearchAsync("red tee")).Value!.Select(offer => (offer.OfferId, offer.Title)));

        // The other example is out of stock.
        using var other = new Shop(_merchant.Base);
        _merchant.Answer = (_, _) => Answer.Json(AcpData.Example("examples.feed.json", "upsert_products_request_single_product"));
        Assert.Empty((await other.SearchAsync("tee")).Value!);
    }

    [Theory]
    [InlineData("delegate_payment_success_response", 201, CommerceOutcome.Done, "done")]
    [InlineData("delegate_payment_error_invalid_card", 400, CommerceOutcome.Refused, "invalid_card")]
    [InlineData("delegate_payment_error_rate_limit", 429, CommerceOutcome.Refused, "too_many_requests")]
    [InlineData("delegate_payment_error_idempotency_conflict", 422, CommerceOutcome.Refused, "idempotency_conflict")]
    [InlineData("delegate_payment_error_idempotency_in_flight", 409, CommerceOutcome.Unknown, "idempotency_in_flight")]
    public async Task DelegatedPayment_Example_IsItsOutcome(string name, int status, CommerceOutcome outcome, string reason)
    {
        var example = AcpData.Example("examples.delegate_payment.json", name);
        _merchant.Answer = (_, _) => Answer.Json(example, status);

        var answer = await _shop.GrantAsync();

        Assert.Equal((outcome, reason), (answer.Outcome, answer.Reason));
        Assert.Equal(outcome == CommerceOutcome.Done ? "vt_01J8Z3WXYZ9ABC" : null, answer.Value?.Token);
    }

    [Theory]
    [InlineData("discovery_response_full")]
    [InlineData("discovery_response_minimal")]
    public async Task Discovery_Example_DeclaresNoOrderCancel(string name)
    {
        var example = AcpData.Example(Checkout, name);
        _merchant.Discovery = _ => Answer.Json(example);
        _merchant.Answer = (_, _) => Answer.Json(Support.Sessions.Completed().ToJsonString());

        Assert.False((await _shop.GetAsync()).Value!.IsCancelableLater);
        Assert.Equal(name == "discovery_response_minimal", _shop.Logs.Lines.Any(line => line.Id == 2204));
    }
}
