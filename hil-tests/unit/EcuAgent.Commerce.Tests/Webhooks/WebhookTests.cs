using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Webhooks;

namespace EcuAgent.Commerce.Tests.Webhooks;

/// <summary>Order events: forged, changed, repeated, late.</summary>
public sealed class WebhookTests : IDisposable
{
    private readonly Shop _shop = new("http://127.0.0.1:9/acp", ownClock: true, set: options => options with { WebhooksRemembered = 16 });

    private OrderWebhooks Webhooks => _shop.Adapter.Webhooks;

    private long Now => _shop.Time.GetUtcNow().ToUnixTimeSeconds();

    public void Dispose() => _shop.Dispose();

    [Fact]
    public void Event_Genuine_BringsTheOrder()
    {
        var order = Sessions.Order("shipped").With("totals", new JsonArray(Sessions.Total("total", 1590)));
        order["fulfillments"] = new JsonArray(Part("in_transit", "2026-05-04T15:30:00Z"));

        var result = Receive(Event(order));

        Assert.Equal((WebhookVerdict.Accepted, 200), (result.Verdict, result.StatusCode));
        Assert.Equal(("trattoria", Sessions.Id, Sessions.OrderId, OrderProgress.OnTheWay, new Money(1590, "EUR")), (result.Update!.MerchantId, result.Update.SessionId, result.Update.Order.OrderId, result.Update.Order.Progress, result.Update.Order.Charged));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 15, 30, 0, TimeSpan.Zero), result.Update.HappenedAt);
    }

    [Theory]
    [InlineData(null, "signature_missing")]
    [InlineData("", "signature_missing")]
    [InlineData("t=NOW", "signature_malformed")]
    [InlineData("v1=GOOD", "signature_malformed")]
    [InlineData("t=NOW,v1=abc", "signature_malformed")]
    [InlineData("t=NOW,v1=GOODff", "signature_malformed")]
    [InlineData("t=NOW,t=NOW,v1=GOOD", "signature_malformed")]
    [InlineData("t=soon,v1=GOOD", "signature_malformed")]
    [InlineData("t=-5,v1=GOOD", "signature_malformed")]
    [InlineData("t=9999999999999,v1=GOOD", "signature_malformed")]
    [InlineData("nonsense", "signature_malformed")]
    [InlineData("t=NOW,v1=BAD", "signature_wrong")]
    [InlineData("t=NOW,v0=GOOD,v1=BAD", "signature_wrong")]
    [InlineData("t=OTHER,v1=GOOD", "signature_wrong")]
    [InlineData("t=NOW,v1=GOOD", "accepted")]
    [InlineData("v1=GOOD,t=NOW", "accepted")]
    [InlineData("t=NOW, v1=GOOD", "accepted")]
    [InlineData("t=NOW,v1=UPPER", "accepted")]
    [InlineData("t=NOW,v1=BAD,v1=GOOD", "accepted")]
    [InlineData("t=NOW,v0=abc,v1=GOOD", "accepted")]
    public void Signature_Form_IsJudged(string? header, string reason)
    {
        var body = Event(Sessions.Order());
        var good = Hex(body, RegistryFolder.WebhookSecret, Now);
        var filled = header?
            .Replace("GOOD", good, StringComparison.Ordinal)
            .Replace("UPPER", good.ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("BAD", Hex(body, "another-secret", Now), StringComparison.Ordinal)
            .Replace("NOW", Now.ToString(), StringComparison.Ordinal)
            .Replace("OTHER", (Now - 1).ToString(), StringComparison.Ordinal);

        var result = Receive(Webhooks, Shop.Merchant, filled, body);

        Assert.Equal(reason, result.Reason);
        Assert.Equal(reason == "accepted" ? 200 : 401, result.StatusCode);
        Assert.Equal(reason == "accepted", result.Update is not null);
    }

    [Fact]
    public void Signature_NineOfThem_AreTooMany()
    {
        var body = Event(Sessions.Order());
        var header = $"t={Now}" + string.Concat(Enumerable.Repeat(",v1=" + Hex(body, RegistryFolder.WebhookSecret, Now), 9));

        Assert.Equal("signature_malformed", Receive(Webhooks, Shop.Merchant, header, body).Reason);
    }

    [Theory]
    [InlineData(-301, "signature_out_of_time")]
    [InlineData(-300, "accepted")]
    [InlineData(300, "accepted")]
    [InlineData(301, "signature_out_of_time")]
    public void Signature_Age_IsBoundedBothWays(int seconds, string reason) =>
        Assert.Equal(reason, Receive(Event(Sessions.Order()), signedAt: Now + seconds).Reason);

    [Fact]
    public void Body_ChangedByOneByte_IsNotGenuine()
    {
        var body = Event(Sessions.Order()).ToArray();
        var header = Signed(body, Now);
        for (var i = 0; i < body.Length; i++)
        {
            body[i] ^= 1;
            Assert.Equal("signature_wrong", Receive(Webhooks, Shop.Merchant, header, body).Reason);
            body[i] ^= 1;
        }

        Assert.Equal(WebhookVerdict.Accepted, Receive(Webhooks, Shop.Merchant, header, body).Verdict);
    }

    [Fact]
    public void Merchant_UnknownOrWithoutSecret_IsNotGenuine()
    {
        var body = Event(Sessions.Order());
        Assert.Equal((WebhookVerdict.NotGenuine, 401), Receive(Webhooks, "nobody", Signed(body, Now), body) is var result ? (result.Verdict, result.StatusCode) : default);
        Assert.Equal((true, false, 1), (Webhooks.Knows(Shop.Merchant), Webhooks.Knows("nobody"), Webhooks.Senders));
        Assert.DoesNotContain(_shop.Logs.Lines, line => line.Text.Contains("nobody", StringComparison.Ordinal));

        using var silent = new Shop("http://127.0.0.1:9/acp", ownClock: true, change: registry => registry["merchants"]![0]!.AsObject().Remove("webhookSecret"));
        Assert.Equal("merchant_sends_no_events", Receive(silent.Adapter.Webhooks, Shop.Merchant, Signed(body, Now), body).Reason);
    }

    [Fact]
    public void Event_NoRoomForIt_MayBeSentAgain()
    {
        var body = Event(Sessions.Order());
        Assert.Equal((WebhookVerdict.NoRoom, 503), Receive(Webhooks, Shop.Merchant, Signed(body, Now), body, hasRoom: false) is var full ? (full.Verdict, full.StatusCode) : default);
        Assert.Equal(401, Receive(Webhooks, Shop.Merchant, "t=1,v1=00", body, hasRoom: false).StatusCode);

        Assert.Equal(WebhookVerdict.Accepted, Receive(body).Verdict);
        Assert.Equal(WebhookVerdict.Duplicate, Receive(Webhooks, Shop.Merchant, Signed(body, Now), body, hasRoom: false).Verdict);
    }

    [Fact]
    public void Forgeries_Many_AreWarnedOfOnceAMinute()
    {
        var body = Event(Sessions.Order());
        for (var i = 0; i < 5; i++)
        {
            Receive(Webhooks, Shop.Merchant, "t=1,v1=00", body);
        }

        Assert.Equal(1, Warnings());
        _shop.Time.Advance(TimeSpan.FromMinutes(1));
        Receive(Webhooks, Shop.Merchant, "t=1,v1=00", body);
        Assert.Equal(2, Warnings());

        int Warnings() => _shop.Logs.Lines.Count(line => line is { Id: 2206, Level: Microsoft.Extensions.Logging.LogLevel.Warning });
    }

    [Fact]
    public void Signature_InTwoHeaders_IsMalformed()
    {
        var body = Event(Sessions.Order());
        var result = Receive(Webhooks, Shop.Merchant, [Signed(body, Now), Signed(body, Now)], body);

        Assert.Equal("signature_malformed", result.Reason);
    }

    [Theory]
    [InlineData("", WebhookVerdict.NotUnderstood)]
    [InlineData("[]", WebhookVerdict.NotUnderstood)]
    [InlineData("{\"type\":\"order_update\"}", WebhookVerdict.NotUnderstood)]
    [InlineData("{\"type\":\"order_update\",\"data\":{}}", WebhookVerdict.NotUnderstood)]
    [InlineData("{\"type\":\"order_update\",\"data\":{\"checkout_session_id\":\"..\"}}", WebhookVerdict.NotUnderstood)]
    [InlineData("{\"type\":\"order_update\",\"data\":{\"checkout_session_id\":7}}", WebhookVerdict.NotUnderstood)]
    [InlineData("{\"type\":\"order_dance\",\"data\":{\"checkout_session_id\":\"cs\"}}", WebhookVerdict.Ignored)]
    [InlineData("{\"type\":\"order_create\",\"data\":{\"checkout_session_id\":\"cs\"}}", WebhookVerdict.Accepted)]
    public void Body_SignedButNoOrderEvent_IsToldApart(string body, WebhookVerdict verdict)
    {
        var result = Receive(Encoding.UTF8.GetBytes(body));

        Assert.Equal((verdict, verdict == WebhookVerdict.NotUnderstood ? 400 : 200), (result.Verdict, result.StatusCode));
    }

    [Fact]
    public void Body_TooLarge_IsRefusedUnread()
    {
        var body = new byte[OrderWebhooks.MaxBodyBytes + 1];

        Assert.Equal("body_too_large", Receive(Webhooks, Shop.Merchant, "t=1,v1=00", body).Reason);
    }

    [Fact]
    public void Event_SentAgainAndSignedAnew_IsADuplicate()
    {
        var body = Event(Sessions.Order("processing"));
        Assert.Equal(WebhookVerdict.Accepted, Receive(body).Verdict);
        _shop.Time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal((WebhookVerdict.Duplicate, 200), Receive(body) is var result ? (result.Verdict, result.StatusCode) : default);
    }

    [Fact]
    public void Event_SameIdWithOtherContent_IsADuplicate()
    {
        Assert.Equal(WebhookVerdict.Accepted, Receive(Event(Sessions.Order("processing"), "evt_1")).Verdict);
        Assert.Equal(WebhookVerdict.Duplicate, Receive(Event(Sessions.Order("shipped"), "evt_1")).Verdict);
        Assert.Equal(WebhookVerdict.Accepted, Receive(Event(Sessions.Order("shipped"), "evt_2")).Verdict);
    }

    [Fact]
    public void Event_OlderThanTheLast_IsLateHoweverItIsSigned()
    {
        var shipped = Sessions.Order("shipped").With("fulfillments", new JsonArray(Part("in_transit", "2026-05-04T15:30:00Z")));
        var delivered = Sessions.Order("completed").With("fulfillments", new JsonArray(Part("delivered", "2026-05-04T15:50:00Z")));
        Assert.Equal(WebhookVerdict.Accepted, Receive(Event(delivered)).Verdict);

        Assert.Equal((WebhookVerdict.Late, 200), Receive(Event(shipped), signedAt: Now + 60) is var result ? (result.Verdict, result.StatusCode) : default);
        Assert.Equal(WebhookVerdict.Accepted, Receive(Event(shipped.DeepClone().AsObject().With("id", "ord_2"))).Verdict);
    }

    [Fact]
    public void Event_WithoutTimesOfItsOwn_IsOrderedByItsSignature()
    {
        Assert.Equal(WebhookVerdict.Accepted, Receive(Event(Sessions.Order("shipped")), signedAt: Now).Verdict);
        Assert.Equal(WebhookVerdict.Late, Receive(Event(Sessions.Order("processing")), signedAt: Now - 30).Verdict);
        Assert.Equal(WebhookVerdict.Accepted, Receive(Event(Sessions.Order("completed")), signedAt: Now + 1).Verdict);
    }

    [Fact]
    public void Event_Refund_IsNewerThanTheDeliveryBeforeIt()
    {
        var delivered = Sessions.Order("completed").With("fulfillments", new JsonArray(Part("delivered", "2026-05-04T15:50:00Z")));
        var refunded = delivered.DeepClone().AsObject().With("adjustments", new JsonArray(new JsonObject
        {
            ["id"] = "adj", ["type"] = "refund", ["status"] = "completed", ["amount"] = 590, ["currency"] = "eur", ["occurred_at"] = "2026-05-04T15:55:00Z",
        }));
        Assert.Equal(WebhookVerdict.Accepted, Receive(Event(refunded)).Verdict);

        Assert.Equal(WebhookVerdict.Late, Receive(Event(delivered)).Verdict);
    }

    [Fact]
    public void Window_Full_ForgetsTheEventThatWasUsedLongestAgo()
    {
        for (var i = 0; i < 17; i++)
        {
            Assert.Equal(WebhookVerdict.Accepted, Receive(Event(Sessions.Order().With("id", $"ord_{i}"), $"evt_{i}")).Verdict);
        }

        Assert.Equal(WebhookVerdict.Duplicate, Receive(Event(Sessions.Order().With("id", "ord_16"), "evt_16")).Verdict);
        Assert.Equal(WebhookVerdict.Duplicate, Receive(Event(Sessions.Order().With("id", "ord_1"), "evt_1")).Verdict);
        Assert.Equal(WebhookVerdict.Accepted, Receive(Event(Sessions.Order().With("id", "ord_0"), "evt_0")).Verdict);
    }

    [Theory]
    [InlineData("webhook_order_create_event", OrderProgress.Placed)]
    [InlineData("webhook_order_update_event", OrderProgress.OnTheWay)]
    public void Event_PublishedExample_BringsTheOrder(string name, OrderProgress progress)
    {
        var result = Receive(Encoding.UTF8.GetBytes(AcpData.Example("examples.agentic_checkout.json", name)));

        Assert.Equal((WebhookVerdict.Accepted, "checkout_session_123", progress), (result.Verdict, result.Update!.SessionId, result.Update.Order.Progress));
    }

    // A vector of the scheme, computed with openssl: printf '1709123456.{"a":1}' | openssl dgst -sha256 -hmac secret
    [Fact]
    public void Signature_KnownVector_IsGenuine()
    {
        var (reason, signedAt) = MerchantSignature.Check(
            "t=1709123456,v1=70846dafc8bec3032796fa2f7519e50624036b40798e41f7c3d2ee77acb1ee27", "{\"a\":1}"u8, "secret", DateTimeOffset.FromUnixTimeSeconds(1709123456), TimeSpan.FromSeconds(1));

        Assert.Equal((MerchantSignature.Genuine, 1709123456), (reason, signedAt.ToUnixTimeSeconds()));
    }

    private static JsonObject Part(string status, string occurredAt) => new()
    {
        ["id"] = "ful_1",
        ["type"] = "shipping",
        ["status"] = status,
        ["events"] = new JsonArray(new JsonObject { ["id"] = "e", ["type"] = status, ["occurred_at"] = occurredAt }),
    };

    private static ReadOnlyMemory<byte> Event(JsonObject order, string? id = null)
    {
        var json = new JsonObject { ["type"] = "order_update", ["data"] = order.DeepClone() };
        return Encoding.UTF8.GetBytes((id is null ? json : json.With("id", id)).ToJsonString());
    }

    private WebhookResult Receive(ReadOnlyMemory<byte> body, long? signedAt = null) =>
        Receive(Webhooks, Shop.Merchant, Signed(body, signedAt ?? Now), body);

    private static WebhookResult Receive(OrderWebhooks webhooks, string merchant, string? signature, ReadOnlyMemory<byte> body, bool hasRoom = true) =>
        Receive(webhooks, merchant, signature is null ? [] : [signature], body, hasRoom);

    private static WebhookResult Receive(OrderWebhooks webhooks, string merchant, string[] signatures, ReadOnlyMemory<byte> body, bool hasRoom = true)
    {
        var request = new WebhookRequest("POST", [new("Host", "127.0.0.1"), .. signatures.Select(one => KeyValuePair.Create("Merchant-Signature", one))], body);
        var result = webhooks.ReceiveAsync(merchant, request, _ => hasRoom, CancellationToken.None);

        // Nobody has to be asked about an event with a shared secret.
        Assert.True(result.IsCompletedSuccessfully);
        return result.Result;
    }

    private static string Signed(ReadOnlyMemory<byte> body, long time) => $"t={time},v1={Hex(body, RegistryFolder.WebhookSecret, time)}";

    private static string Hex(ReadOnlyMemory<byte> body, string secret, long time) =>
        Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.ASCII.GetBytes($"{time}."), .. body.Span]));
}
