using System.Text;
using System.Text.Json.Nodes;
using EcuAgent.Commerce.Webhooks;

namespace EcuAgent.Commerce.Tests.Webhooks;

/// <summary>Order events of UCP: forged, changed, repeated, late; and those that the simulated merchants send.</summary>
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
        Assert.Equal("merchant_sends_no_events", _shop.Adapter.Webhooks.Receive(Shop.Merchant, "t=1,v1=00", Encoding.UTF8.GetBytes(body)).Reason);

        using var silent = new Shop(_merchant.Base, ownClock: true, change: registry => registry["ucp"]!.AsObject().Remove("webhookUrl"), dialect: Dialect.Ucp);
        var request = new WebhookRequest { MerchantId = Shop.Merchant, Headers = Signed(body), Body = Encoding.UTF8.GetBytes(body) };
        Assert.Equal("merchant_sends_no_events", (await silent.Adapter.Webhooks.ReceiveAsync(request, CancellationToken.None)).Reason);
    }

    [Fact]
    public async Task Profile_NotToBeHad_SaysSo()
    {
        _merchant.Discovery = _ => new Answer(404, "<html/>", "text/html");
        var body = Event("evt_1", "2026-05-04T15:30:00Z");

        Assert.Equal((WebhookVerdict.NotGenuine, "profile_merchant_bad_answer"), await ReceiveAsync(body, Signed(body)) is var result ? (result.Verdict, result.Reason) : default);
    }

    [Fact]
    public async Task Event_OfAcp_IsTakenTheSameWay()
    {
        using var shop = new Shop("http://127.0.0.1:9/acp", ownClock: true);
        var body = Encoding.UTF8.GetBytes(new JsonObject { ["type"] = "order_create", ["data"] = Sessions.Order() }.ToJsonString());
        var time = shop.Time.GetUtcNow().ToUnixTimeSeconds();
        var signature = Convert.ToHexString(System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(RegistryFolder.WebhookSecret), Encoding.ASCII.GetBytes($"{time}.").Concat(body).ToArray()));
        var request = new WebhookRequest { MerchantId = Shop.Merchant, Headers = new Dictionary<string, string> { ["merchant-signature"] = $"t={time},v1={signature}" }, Body = body };

        Assert.Equal(WebhookVerdict.Accepted, (await shop.Adapter.Webhooks.ReceiveAsync(request, CancellationToken.None)).Verdict);
        Assert.Equal(WebhookVerdict.NotGenuine, (await shop.Adapter.Webhooks.ReceiveAsync(request with { MerchantId = null }, CancellationToken.None)).Verdict);
    }

    [Fact]
    public async Task Events_OfTheSimulatedMerchants_AreTaken()
    {
        await using var receiver = await MerchantServer.StartAsync();
        receiver.Answer = (_, _) => new Answer(200, "", null);
        await using var shop = await SimShop.StartAsync(options => options with { WebhookUrl = receiver.Base });
        var opened = (await shop.OpenAsync(SimShop.Order("tiramisu"))).Value!;
        Assert.True((await shop.PayAsync(opened)).IsDone);
        shop.Time.Advance(TimeSpan.FromSeconds(1));
        shop.World.Advance();
        await shop.World.WebhooksSettledAsync();

        var verdicts = new List<(WebhookVerdict, OrderProgress?)>();
        foreach (var seen in receiver.Seen.Concat(receiver.Seen))
        {
            var request = new WebhookRequest { Headers = seen.Headers, Body = Encoding.UTF8.GetBytes(seen.Body) };
            var result = await shop.Adapter.Webhooks.ReceiveAsync(request, CancellationToken.None);
            verdicts.Add((result.Verdict, result.Update?.Order.Progress));
        }

        Assert.Equal([(WebhookVerdict.Accepted, OrderProgress.Placed), (WebhookVerdict.Accepted, OrderProgress.Preparing), (WebhookVerdict.Duplicate, null), (WebhookVerdict.Duplicate, null)], verdicts);
    }

    private static string Event(string id, string happenedAt) =>
        UcpSessions.Order(1, 0, UcpSessions.Event("in_transit", happenedAt)).With("event_id", id).ToJsonString();

    private Dictionary<string, string> Signed(string body, string? parameters = null) => _signer.SignEvent(body, Receiver, ProfileUrl, parameters ?? $";created={Now}");

    private Task<WebhookResult> ReceiveAsync(string body, Dictionary<string, string> headers, string? merchant = Shop.Merchant) =>
        _shop.Adapter.Webhooks.ReceiveAsync(new WebhookRequest { MerchantId = merchant, Headers = headers, Body = Encoding.UTF8.GetBytes(body) }, CancellationToken.None);
}
