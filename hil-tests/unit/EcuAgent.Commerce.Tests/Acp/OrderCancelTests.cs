using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Acp;

/// <summary>Taking an order back: only where the merchant declares it.</summary>
public sealed class OrderCancelTests : IAsyncLifetime
{
    private MerchantServer _merchant = null!;
    private Shop _shop = null!;

    public async ValueTask InitializeAsync()
    {
        _merchant = await MerchantServer.StartAsync();
        _shop = new Shop(_merchant.Base, ownClock: true);
    }

    public async ValueTask DisposeAsync()
    {
        _shop.Dispose();
        await _merchant.DisposeAsync();
    }

    [Theory]
    [InlineData("ecuagent.order_cancel")]
    [InlineData("ecuagent.order_cancel@2026-05-01")]
    public async Task CancelOrder_DeclaredByTheDocument_IsSent(string extension)
    {
        _merchant.Discovery = _ => Answer.Json(Sessions.Discovery("discount", extension).ToJsonString());
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Completed().With("order", Sessions.Order("canceled")).ToJsonString());

        var session = (await _shop.CancelOrderAsync()).Value!;

        var seen = Assert.Single(_merchant.Seen);
        Assert.Equal(("POST", $"/acp/orders/{Sessions.OrderId}/cancel", "{}", "key-cancel-order"), (seen.Method, seen.Path, seen.Body, seen.Headers["Idempotency-Key"]));
        Assert.Equal((CheckoutState.Completed, OrderProgress.Canceled, true), (session.State, session.Order!.Progress, session.IsCancelableLater));
        var asked = Assert.Single(_merchant.Discoveries);
        Assert.False(asked.Headers.ContainsKey("Authorization"));
    }

    [Fact]
    public async Task CancelOrder_AnsweredWithTheOrder_ReadsTheSession()
    {
        _merchant.Discovery = _ => Answer.Json(Sessions.Discovery("ecuagent.order_cancel").ToJsonString());
        _merchant.Answer = (request, _) => Answer.Json(
            (request.Method == "POST" ? Sessions.Order("canceled") : Sessions.Completed().With("order", Sessions.Order("canceled"))).ToJsonString());

        var answer = await _shop.CancelOrderAsync();

        Assert.Equal((CheckoutState.Completed, OrderProgress.Canceled), (answer.Value!.State, answer.Value.Order!.Progress));
        Assert.Equal(["POST", "GET"], _merchant.Seen.Select(seen => seen.Method));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(404)]
    public async Task CancelOrder_DoneAndTheSessionNotToBeRead_IsUnknown(int status)
    {
        _merchant.Discovery = _ => Answer.Json(Sessions.Discovery("ecuagent.order_cancel").ToJsonString());
        _merchant.Answer = (request, _) => request.Method == "POST" ? Answer.Json(Sessions.Order("canceled").ToJsonString()) : Answer.Error(status, "code");

        Assert.Equal(CommerceOutcome.Unknown, (await _shop.CancelOrderAsync()).Outcome);
    }

    [Theory]
    [InlineData("""[{"name":"ecuagent.order_cancel"}]""", true)]
    [InlineData("""["ecuagent.order_cancel"]""", true)]
    [InlineData("""[{"name":"ecuagent.order_cancellation"}]""", false)]
    [InlineData("""{"ecuagent.order_cancel":true}""", false)]
    [InlineData("""[7,null,{"label":"x"}]""", false)]
    public async Task CancelOrder_DeclaredByTheSession_IsSent(string extensions, bool isDeclared)
    {
        var session = Sessions.Completed();
        session["capabilities"]!["extensions"] = JsonNode.Parse(extensions);
        _merchant.Answer = (_, _) => Answer.Json(session.ToJsonString());

        Assert.Equal(isDeclared, (await _shop.GetAsync()).Value!.IsCancelableLater);
        var answer = await _shop.CancelOrderAsync();

        Assert.Equal(isDeclared ? CommerceReasons.Done : CommerceReasons.NotCancelable, answer.Reason);
        Assert.Equal(isDeclared, _merchant.Seen.Any(seen => seen.Path.Contains("/orders/", StringComparison.Ordinal)));
    }

    public static TheoryData<string> Documents => ["404 html", "404 flat", "empty", "other", "garbage"];

    [Theory]
    [MemberData(nameof(Documents))]
    public async Task CancelOrder_DeclaredNowhere_IsNotCancelableAndNotSent(string document)
    {
        _merchant.Discovery = _ => document switch
        {
            "404 html" => new Answer(404, "<html/>", "text/html"),
            "404 flat" => Answer.Error(404, "not_found"),
            "empty" => Answer.Json(Sessions.Discovery().ToJsonString()),
            "other" => Answer.Json(Sessions.Discovery("discount").ToJsonString()),
            _ => Answer.Json("{\"protocol\":1}"),
        };
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Completed().ToJsonString());

        var answer = await _shop.CancelOrderAsync();

        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.NotCancelable), (answer.Outcome, answer.Reason));
        Assert.DoesNotContain(_merchant.Seen, seen => seen.Method == "POST");
    }

    [Fact]
    public async Task CancelOrder_DocumentInTrouble_IsNotSentAndMayBeTriedAgain()
    {
        _merchant.Discovery = _ => Answer.Error(503, "busy");
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Completed().ToJsonString());

        var answer = await _shop.CancelOrderAsync();

        Assert.Equal((CommerceOutcome.NotSent, CommerceReasons.NoAnswer), (answer.Outcome, answer.Reason));
        Assert.DoesNotContain(_merchant.Seen, seen => seen.Method == "POST");
    }

    [Fact]
    public async Task Discovery_Document_IsAskedForOnceAnHourAndOnceAMinuteWhileMissing()
    {
        _merchant.Discovery = _ => Answer.Error(404, "not_found");
        await _shop.GetAsync();
        await _shop.GetAsync();
        Assert.Equal(["/.well-known/acp.json", "/acp/.well-known/acp.json"], _merchant.Discoveries.Select(asked => asked.Path));

        _shop.Time.Advance(TimeSpan.FromSeconds(61));
        _merchant.Discovery = _ => Answer.Json(Sessions.Discovery("ecuagent.order_cancel").ToJsonString());
        Assert.True((await _shop.GetAsync()).Value!.IsCancelableLater);
        _shop.Time.Advance(TimeSpan.FromMinutes(59));
        Assert.True((await _shop.GetAsync()).Value!.IsCancelableLater);
        Assert.Equal(3, _merchant.Discoveries.Count);

        _shop.Time.Advance(TimeSpan.FromMinutes(2));
        await _shop.GetAsync();
        Assert.Equal(4, _merchant.Discoveries.Count);
    }

    [Fact]
    public async Task Discovery_MerchantsShareAnOrigin_EachHasItsOwn()
    {
        _merchant.Discovery = path => path.StartsWith("/acp/", StringComparison.Ordinal)
            ? Answer.Json(Sessions.Discovery("ecuagent.order_cancel").ToJsonString())
            : Answer.Error(404, "not_found");

        Assert.True((await _shop.GetAsync()).Value!.IsCancelableLater);
    }

    [Fact]
    public async Task Discovery_OtherVersionsOnly_IsLogged()
    {
        var document = Sessions.Discovery();
        document["protocol"]!["supported_versions"] = new JsonArray("2025-09-29");
        _merchant.Discovery = _ => Answer.Json(document.ToJsonString());

        await _shop.GetAsync();

        Assert.Contains(_shop.Logs.Lines, line => line.Id == 2204 && line.Text.Contains("2026-04-17", StringComparison.Ordinal));
    }
}
