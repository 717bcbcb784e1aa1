using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Tests.Http;

/// <summary>What each whole answer that is not a success means.</summary>
public sealed class StatusTests : IAsyncLifetime
{
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

    [Theory]
    [InlineData(400, "invalid_item_id", CommerceOutcome.Refused, "invalid_item_id")]
    [InlineData(400, "requires_3ds", CommerceOutcome.Refused, "requires_3ds")]
    [InlineData(400, "idempotency_key_required", CommerceOutcome.Refused, "idempotency_key_required")]
    [InlineData(401, "invalid_token", CommerceOutcome.Refused, "invalid_token")]
    [InlineData(402, "payment_declined", CommerceOutcome.Refused, CommerceReasons.PaymentDeclined)]
    [InlineData(403, "Not Allowed!", CommerceOutcome.Refused, "not_allowed")]
    [InlineData(404, "not_found", CommerceOutcome.Refused, CommerceReasons.NotFound)]
    [InlineData(405, "method_not_allowed", CommerceOutcome.Refused, CommerceReasons.SessionClosed)]
    [InlineData(408, "timeout", CommerceOutcome.Unknown, CommerceReasons.NoAnswer)]
    [InlineData(409, "idempotency_in_flight", CommerceOutcome.Unknown, "idempotency_in_flight")]
    [InlineData(409, "out_of_stock", CommerceOutcome.Refused, CommerceReasons.OutOfStock)]
    [InlineData(422, "invalid", CommerceOutcome.Refused, "invalid")]
    [InlineData(429, "too_many_requests", CommerceOutcome.Refused, "too_many_requests")]
    [InlineData(500, "internal", CommerceOutcome.Unknown, CommerceReasons.NoAnswer)]
    [InlineData(502, "internal", CommerceOutcome.Unknown, CommerceReasons.NoAnswer)]
    [InlineData(503, "service_unavailable", CommerceOutcome.Unknown, CommerceReasons.NoAnswer)]
    [InlineData(504, "internal", CommerceOutcome.Unknown, CommerceReasons.NoAnswer)]
    public async Task Session_FlatError_IsItsOutcomeAndCode(int status, string code, CommerceOutcome outcome, string reason)
    {
        await KnowTheSessionAsync();
        _merchant.Answer = (_, _) => Answer.Error(status, code);
        var before = _merchant.Seen.Count;

        Assert.Equal((outcome, reason), Of(await _shop.CompleteAsync()));
        Assert.Equal((outcome, reason), Of(await _shop.CancelAsync()));
        Assert.Equal(before + 2, _merchant.Seen.Count);
    }

    [Theory]
    [InlineData(405, "too_late", CommerceReasons.NotCancelable)]
    [InlineData(409, "already_shipped", CommerceReasons.NotCancelable)]
    [InlineData(404, "no_such_order", CommerceReasons.NotFound)]
    [InlineData(400, "too_late_now", "too_late_now")]
    public async Task CancelOrder_FlatError_SaysWhetherItIsTooLate(int status, string code, string reason)
    {
        _merchant.Discovery = _ => Answer.Json(Sessions.Discovery("ecuagent.order_cancel").ToJsonString());
        _merchant.Answer = (_, _) => Answer.Error(status, code);

        Assert.Equal((CommerceOutcome.Refused, reason), Of(await _shop.CancelOrderAsync()));
    }

    [Theory]
    [InlineData(404, "feed_not_found")]
    [InlineData(400, "invalid_feed")]
    public async Task Search_FlatError_KeepsItsCode(int status, string code)
    {
        _merchant.Answer = (_, _) => Answer.Error(status, code);

        Assert.Equal((CommerceOutcome.Refused, code), Of(await _shop.SearchAsync()));
    }

    // An earlier request of the same purchase did arrive and may have been carried out: only reading the session tells.
    [Fact]
    public async Task Complete_IdempotencyConflict_IsUnknownAndOurMistake()
    {
        await KnowTheSessionAsync();
        _merchant.Answer = (_, _) => Answer.Error(422, "idempotency_conflict");

        Assert.Equal((CommerceOutcome.Unknown, "idempotency_conflict"), Of(await _shop.CompleteAsync()));
        Assert.Contains(_shop.Logs.Lines, line => line is { Level: LogLevel.Error, Id: 2202 } && line.Text.Contains("Complete at trattoria", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_WhileAnotherRuns_IsUnknownAndCancelIsRefused()
    {
        await KnowTheSessionAsync();
        _merchant.Answer = (_, _) => Answer.Error(409, "complete_in_progress").With("Retry-After", "1");

        Assert.Equal((CommerceOutcome.Unknown, "complete_in_progress"), Of(await _shop.CompleteAsync()));
        Assert.Equal((CommerceOutcome.Refused, "complete_in_progress"), Of(await _shop.CancelAsync()));
    }

    [Fact]
    public async Task Cancel_IdempotencyConflict_IsRefusedAndOurMistake()
    {
        _merchant.Answer = (_, _) => Answer.Error(422, "idempotency_conflict");

        Assert.Equal((CommerceOutcome.Refused, "idempotency_conflict"), Of(await _shop.CancelAsync()));
        Assert.Single(_shop.Logs.Lines, line => line is { Level: LogLevel.Error, Id: 2202 });
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task Session_Redirect_IsNeverFollowed(int status)
    {
        await KnowTheSessionAsync();
        await using var elsewhere = await MerchantServer.StartAsync();
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Completed().ToJsonString(), status).With("Location", new Uri(elsewhere.Address, "steal").ToString());

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.CompleteAsync()));
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.GetAsync()));
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.GrantAsync()));
        Assert.Empty(elsewhere.Seen);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(409)]
    [InlineData(422)]
    [InlineData(451)]
    public async Task Session_RefusalWithoutAFlatError_IsNoWordOfTheMerchants(int status)
    {
        await KnowTheSessionAsync();
        foreach (var answer in new[]
        {
            new Answer(status, "<html>nginx</html>", "text/html"),
            new Answer(status, "", null),
            Answer.Json("{}", status),
            Answer.Json("""{"error":{"type":"invalid_request","code":"nested","message":"m"}}""", status),
            Answer.Error(status, "code") with { ContentType = "text/plain" },
        })
        {
            _merchant.Answer = (_, _) => answer;
            Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.CompleteAsync()));
            Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.GetAsync()));
        }
    }

    [Fact]
    public async Task Session_UnauthorizedWithoutABody_IsRefused()
    {
        await KnowTheSessionAsync();
        _merchant.Answer = (_, _) => new Answer(401, "", null);

        Assert.Equal((CommerceOutcome.Refused, "unauthorized"), Of(await _shop.CompleteAsync()));
    }

    public static TheoryData<string, string?, int> Unreadable => new()
    {
        { "", "application/json", 200 },
        { "null", "application/json", 200 },
        { "[]", "application/json", 200 },
        { "7", "application/json", 200 },
        { "{}", "application/json", 200 },
        { Sessions.Completed().ToJsonString(), "text/html", 200 },
        { Sessions.Completed().ToJsonString(), null, 200 },
        { Sessions.Completed().ToJsonString(), "application/json; charset=utf-16", 200 },
        { Sessions.Completed().ToJsonString(), "application/json", 202 },
        { Sessions.Completed().ToJsonString(), "application/json", 206 },
        { "", null, 204 },
        { Sessions.Completed().ToJsonString() + "{}", "application/json", 200 },
        { Sessions.Completed().ToJsonString()[..^2], "application/json", 200 },
        { Sessions.Completed().With("id", "cs_other").ToJsonString(), "application/json", 200 },
        { Sessions.Completed().With("id", "").ToJsonString(), "application/json", 200 },
        { Sessions.Completed().With("status", null).ToJsonString(), "application/json", 200 },
        { Sessions.Completed().With("totals", null).ToJsonString(), "application/json", 200 },
        { Sessions.Completed().ToJsonString().Replace("1590", "15.9"), "application/json", 200 },
        { Sessions.Completed().ToJsonString().Replace("1590", "\"1590\""), "application/json", 200 },
        { Sessions.Completed().ToJsonString().Replace("1590", "99999999999999999999"), "application/json", 200 },
        { Sessions.Completed().ToJsonString().Replace("\"quantity\":1", "\"quantity\":0"), "application/json", 200 },
        { "{\"status\":\"canceled\"," + Sessions.Completed().ToJsonString()[1..], "application/json", 200 },
        { new string('[', 100) + new string(']', 100), "application/json", 200 },
        { Sessions.Completed().With("line_items", new System.Text.Json.Nodes.JsonArray((System.Text.Json.Nodes.JsonNode?)null)).ToJsonString(), "application/json", 200 },
    };

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task Session_AnswerThatIsNoneOfAcp_IsUnknown(string body, string? type, int status)
    {
        await KnowTheSessionAsync();
        _merchant.Answer = (_, _) => new Answer(status, body, type);

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.CompleteAsync()));
    }

    [Fact]
    public async Task Session_CompressedAnswer_IsUnknown()
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session().ToJsonString()).With("Content-Encoding", "gzip");

        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await _shop.GetAsync()));
    }

    [Fact]
    public async Task Session_FieldsAndWordsNobodyKnows_AreTolerated()
    {
        var session = Sessions.Session("hovering").With("drone", new System.Text.Json.Nodes.JsonObject { ["altitude_m"] = 30 });
        session["messages"] = new System.Text.Json.Nodes.JsonArray(
            new System.Text.Json.Nodes.JsonObject { ["type"] = "hint", ["resolution"] = "requires_dance", ["content_type"] = "song", ["content"] = "la" });
        session["expires_at"] = "soon";
        session["continue_url"] = "http://elsewhere.example/";
        _merchant.Answer = (_, _) => Answer.Json(session.ToJsonString());

        var read = (await _shop.GetAsync()).Value!;

        Assert.Equal(CheckoutState.Unknown, read.State);
        Assert.Equal([new CheckoutRemark("message", false, true, "la")], read.Remarks);
        Assert.Null(read.ExpiresAt);
        Assert.Null(read.ContinueAt);
    }

    private async Task KnowTheSessionAsync()
    {
        _merchant.Answer = (_, _) => Answer.Json(Sessions.Session().ToJsonString());
        Assert.True((await _shop.GetAsync()).IsDone);
    }

    private static (CommerceOutcome, string) Of<T>(CommerceAnswer<T> answer)
        where T : class
        => (answer.Outcome, answer.Reason);
}
