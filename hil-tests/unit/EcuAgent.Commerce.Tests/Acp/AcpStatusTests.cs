using EcuAgent.Commerce.Tests.Http;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Tests.Acp;

/// <summary>What ACP's flat errors and codes mean.</summary>
public sealed class AcpStatusTests() : StatusTests(Dialect.Acp)
{
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
        Merchant.Answer = (_, _) => Answer.Error(status, code);
        var before = Merchant.Seen.Count;

        Assert.Equal((outcome, reason), Of(await Shop.CompleteAsync()));
        Assert.Equal((outcome, reason), Of(await Shop.CancelAsync()));
        Assert.Equal(before + 2, Merchant.Seen.Count);
    }

    [Theory]
    [InlineData(405, "too_late", CommerceReasons.NotCancelable)]
    [InlineData(409, "already_shipped", CommerceReasons.NotCancelable)]
    [InlineData(404, "no_such_order", CommerceReasons.NotFound)]
    [InlineData(400, "too_late_now", "too_late_now")]
    public async Task CancelOrder_FlatError_SaysWhetherItIsTooLate(int status, string code, string reason)
    {
        Merchant.Discovery = _ => Answer.Json(Sessions.Discovery("ecuagent.order_cancel").ToJsonString());
        Merchant.Answer = (_, _) => Answer.Error(status, code);

        Assert.Equal((CommerceOutcome.Refused, reason), Of(await Shop.CancelOrderAsync()));
    }

    // An earlier request of the same purchase did arrive and may have been carried out: only reading the session tells.
    [Fact]
    public async Task Complete_IdempotencyConflict_IsUnknownAndOurMistake()
    {
        await KnowTheSessionAsync();
        Merchant.Answer = (_, _) => Answer.Error(422, "idempotency_conflict");

        Assert.Equal((CommerceOutcome.Unknown, "idempotency_conflict"), Of(await Shop.CompleteAsync()));
        Assert.Contains(Shop.Logs.Lines, line => line is { Level: LogLevel.Error, Id: 2202 } && line.Text.Contains("Complete at trattoria", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Complete_WhileAnotherRuns_IsUnknownAndCancelIsRefused()
    {
        await KnowTheSessionAsync();
        Merchant.Answer = (_, _) => Answer.Error(409, "complete_in_progress").With("Retry-After", "1");

        Assert.Equal((CommerceOutcome.Unknown, "complete_in_progress"), Of(await Shop.CompleteAsync()));
        Assert.Equal((CommerceOutcome.Refused, "complete_in_progress"), Of(await Shop.CancelAsync()));
    }

    [Fact]
    public async Task Cancel_IdempotencyConflict_IsRefusedAndOurMistake()
    {
        Merchant.Answer = (_, _) => Answer.Error(422, "idempotency_conflict");

        Assert.Equal((CommerceOutcome.Refused, "idempotency_conflict"), Of(await Shop.CancelAsync()));
        Assert.Single(Shop.Logs.Lines, line => line is { Level: LogLevel.Error, Id: 2202 });
    }

    [Fact]
    public async Task Session_FieldsAndWordsNobodyKnows_AreTolerated()
    {
        var session = Sessions.Session("hovering").With("drone", new System.Text.Json.Nodes.JsonObject { ["altitude_m"] = 30 });
        session["messages"] = new System.Text.Json.Nodes.JsonArray(
            new System.Text.Json.Nodes.JsonObject { ["type"] = "hint", ["resolution"] = "requires_dance", ["content_type"] = "song", ["content"] = "la" });
        session["expires_at"] = "soon";
        session["continue_url"] = "http://elsewhere.example/";
        Merchant.Answer = (_, _) => Answer.Json(session.ToJsonString());

        var read = (await Shop.GetAsync()).Value!;

        Assert.Equal(CheckoutState.Unknown, read.State);
        Assert.Equal([new CheckoutRemark("message", false, true, "la")], read.Remarks);
        Assert.Null(read.ExpiresAt);
        Assert.Null(read.ContinueAt);
    }
}
