using System.Text;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Webhooks;

namespace EcuAgent.Commerce.Tests.Webhooks;

/// <summary>Order events of UCP: forged, changed, repeated, late.</summary>
public sealed class UcpWebhookTests : IAsyncLifetime
{
    private static readonly Uri Receiver = new("https://car.example/events/ucp");

    private readonly MerchantSigner _signer = new();
    private MerchantServer _merchant = null!;
    private Shop _shop = null!;

    private long Now => _shop.Time.GetUtcNow().ToUnixTimeSeconds();

    private string ProfileUrl => new Uri(_merchant.Address, "/.well-known/ucp").AbsoluteUri;

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        var profile = UcpSessions.Profile();
        profile["signing_keys"] = new JsonArray(_signer.Jwk);
        _merchant.Discovery = _ => Answer.Json(profile.ToJsonString());
        _shop = new Shop(_merchant.Base, ownClock: true, dialect: Dialect.Ucp);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        _signer.Dispose();
        await _merchant.DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Event_Genuine_BringsTheOrder(bool isMerchantNamed)
    {
        var body = Event("evt_1", "2026-05-04T15:30:00Z");

        var result = await ReceiveAsync(body, Signed(body), isMerchantNamed ? Shop.Merchant : null);

        Assert.Equal((WebhookVerdict.Accepted, 200), (result.Verdict, result.StatusCode));
        Assert.Equal((Shop.Merchant, Sessions.Id, Sessions.OrderId, OrderProgress.OnTheWay), (result.Update!.MerchantId, result.Update.SessionId, result.Update.Order.OrderId, result.Update.Order.Progress));
        Assert.Equal(new DateTimeOffset(2026, 5, 4, 15, 30, 0, TimeSpan.Zero), result.Update.HappenedAt);
    }

    [Theory]
    [InlineData("body", "digest_mismatch")]
    [InlineData("digest", "digest_mismatch")]
    [InlineData("digest and body", "signature_invalid")]
    [InlineData("agent", "signature_invalid")]
    [InlineData("signature missing", "signature_missing")]
    [InlineData("agent not covered", "signature_covers_too_little")]
    [InlineData("another receiver", "signature_invalid")]
    [InlineData("no time", "signature_undated")]
    [InlineData("too old", "signature_out_of_time")]
    [InlineData("of the future", "signature_out_of_time")]
    [InlineData("expired", "signature_out_of_time")]
    [InlineData("another signer", "signature_invalid")]
    [InlineData("unknown key", "key_not_found")]
    public async Task Event_Changed_IsNotGenuine(string what, string reason)
    {
        var body = Event("evt_1", "2026-05-04T15:30:00Z");
        using var other = new MerchantSigner(what == "another signer" ? "merchant-1" : "merchant-2");
        var headers = what switch
        {
            "no time" => Signed(body, ""),
            "too old" => Signed(body, $";created={Now - 301}"),
            "of the future" => Signed(body, $";created={Now + 301}"),
            "expired" => Signed(body, $";created={Now};expires={Now}"),
            "another receiver" => _signer.SignEvent(body, new Uri("https://car.example/events/other"), ProfileUrl, $";created={Now}"),
            "another signer" or "unknown key" => other.SignEvent(body, Receiver, ProfileUrl, $";created={Now}"),
            _ => Signed(body),
        };
        switch (what)
        {
            case "body":
                body += " ";
                break;
            case "digest":
                headers["Content-Digest"] = MerchantSigner.Digest("{}");
                break;
            case "digest and body":
                body += " ";
                headers["Content-Digest"] = MerchantSigner.Digest(body);
                break;
            case "agent":
                headers["UCP-Agent"] += ", x=1";
                break;
            case "signature missing":
                headers.Remove("Signature");
                headers.Remove("Signature-Input");
                break;
            case "agent not covered":
                headers["Signature-Input"] = headers["Signature-Input"].Replace(" \"ucp-agent\"", "", StringComparison.Ordinal);
                break;
        }

        var result = await ReceiveAsync(body, headers, Shop.Merchant);

        Assert.Equal((WebhookVerdict.NotGenuine, reason, 401, null), (result.Verdict, result.Reason, result.StatusCode, result.Update));
    }

    [Fact]
    public async Task Event_AgainOrLate_BringsNothing()
    {
        var first = Event("evt_1", "2026-05-04T15:30:00Z");
        Assert.Equal(WebhookVerdict.Accepted, (await ReceiveAsync(first, Signed(first))).Verdict);

        // Sent again it is signed anew, and has the same id.
        _shop.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(WebhookVerdict.Duplicate, (await ReceiveAsync(first, Signed(first))).Verdict);
        var late = Event("evt_0", "2026-05-04T15:00:00Z");
        Assert.Equal(WebhookVerdict.Late, (await ReceiveAsync(late, Signed(late))).Verdict);
        var next = Event("evt_2", "2026-05-04T16:00:00Z");
        Assert.Equal(WebhookVerdict.Accepted, (await ReceiveAsync(next, Signed(next))).Verdict);
        Assert.Single(_merchant.Discoveries);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"id":"..","checkout_id":"cs_1"}""")]
    [InlineData("""{"id":"ord_1"}""")]
    public async Task Body_SignedButNoOrder_IsNotUnderstood(string body) =>
        Assert.Equal((WebhookVerdict.NotUnderstood, 400), await ReceiveAsync(body, Signed(body)) is var result ? (result.Verdict, result.StatusCode) : default);

    [Fact]
    public async Task Sender_NobodyKnowsOrNoReceiverSetUp_IsNotGenuine()
    {
        var body = Event("evt_1", "2026-05-04T15:30:00Z");
        var stranger = _signer.SignEvent(body, Receiver, "https://stranger.example/.well-known/ucp", $";created={Now}");
        Assert.Equal("merchant_sends_no_events", (await ReceiveAsync(body, stranger, null)).Reason);
        Assert.Equal("signature_missing", (await ReceiveAsync(body, new() { ["Merchant-Signature"] = "t=1,v1=00" })).Reason);
        Assert.Equal((true, true, 1), (_shop.Adapter.Webhooks.Knows(null), _shop.Adapter.Webhooks.Knows(Shop.Merchant), _shop.Adapter.Webhooks.Senders));

        using var silent = new Shop(_merchant.Base, ownClock: true, change: registry => registry["ucp"]!.AsObject().Remove("webhookUrl"), dialect: Dialect.Ucp);
        Assert.Equal("merchant_sends_no_events", (await ReceiveAsync(body, Signed(body), Shop.Merchant, at: silent)).Reason);
        Assert.Equal((false, false, 0), (silent.Adapter.Webhooks.Knows(null), silent.Adapter.Webhooks.Knows(Shop.Merchant), silent.Adapter.Webhooks.Senders));
    }

    [Fact]
    public async Task Profile_NotToBeHad_SaysSo()
    {
        _merchant.Discovery = _ => new Answer(404, "<html/>", "text/html");
        var body = Event("evt_1", "2026-05-04T15:30:00Z");

        Assert.Equal((WebhookVerdict.NotGenuine, "profile_merchant_bad_answer"), await ReceiveAsync(body, Signed(body)) is var result ? (result.Verdict, result.Reason) : default);
    }

    [Fact]
    public async Task Event_OfAcpThatNamesNobody_IsNotGenuine()
    {
        using var shop = new Shop("http://127.0.0.1:9/acp", ownClock: true);

        Assert.Equal("merchant_sends_no_events", (await ReceiveAsync("{}", [], null, at: shop)).Reason);
        Assert.False(shop.Adapter.Webhooks.Knows(null));
    }

    [Fact]
    public async Task Event_NoRoomForIt_MayBeSentAgain()
    {
        var body = Event("evt_1", "2026-05-04T15:30:00Z");

        Assert.Equal(503, (await ReceiveAsync(body, Signed(body), hasRoom: false)).StatusCode);
        Assert.Equal(WebhookVerdict.Accepted, (await ReceiveAsync(body, Signed(body))).Verdict);
    }

    private static string Event(string id, string happenedAt) =>
        UcpSessions.Order(1, 0, UcpSessions.Event("in_transit", happenedAt)).With("event_id", id).ToJsonString();

    private Dictionary<string, string> Signed(string body, string? parameters = null) => _signer.SignEvent(body, Receiver, ProfileUrl, parameters ?? $";created={Now}");

    private Task<WebhookResult> ReceiveAsync(
        string body, Dictionary<string, string> headers, string? merchant = Shop.Merchant, bool hasRoom = true, Shop? at = null) =>
        (at ?? _shop).Adapter.Webhooks.ReceiveAsync(
            merchant, new WebhookRequest("POST", [.. headers], Encoding.UTF8.GetBytes(body)), _ => hasRoom, CancellationToken.None);
}
