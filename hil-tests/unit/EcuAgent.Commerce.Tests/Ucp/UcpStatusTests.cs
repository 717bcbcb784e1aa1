using EcuAgent.Commerce.Tests.Http;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Tests.Ucp;

/// <summary>What UCP's error bodies and codes mean.</summary>
public sealed class UcpStatusTests() : StatusTests(Dialect.Ucp)
{
    [Theory]
    [InlineData(400, "invalid_item_id", CommerceOutcome.Refused, "invalid_item_id")]
    [InlineData(401, "signature_invalid", CommerceOutcome.Refused, "signature_invalid")]
    [InlineData(402, "payment_declined", CommerceOutcome.Refused, CommerceReasons.PaymentDeclined)]
    [InlineData(402, "PAYMENT_FAILED", CommerceOutcome.Refused, CommerceReasons.PaymentDeclined)]
    [InlineData(403, "Not Allowed!", CommerceOutcome.Refused, "not_allowed")]
    [InlineData(404, "not_found", CommerceOutcome.Refused, CommerceReasons.NotFound)]
    [InlineData(408, "timeout", CommerceOutcome.Unknown, CommerceReasons.NoAnswer)]
    [InlineData(409, "idempotency_in_flight", CommerceOutcome.Unknown, "idempotency_in_flight")]
    [InlineData(422, "VERSION_UNSUPPORTED", CommerceOutcome.Refused, "version_unsupported")]
    [InlineData(429, "too_many_requests", CommerceOutcome.Refused, "too_many_requests")]
    [InlineData(500, "internal", CommerceOutcome.Unknown, CommerceReasons.NoAnswer)]
    [InlineData(503, "service_unavailable", CommerceOutcome.Unknown, CommerceReasons.NoAnswer)]
    public async Task Session_ErrorBody_IsItsOutcomeAndCode(int status, string code, CommerceOutcome outcome, string reason)
    {
        await KnowTheSessionAsync();
        Merchant.Answer = (_, _) => Dialect.Ucp.Error(status, code);
        var before = Merchant.Seen.Count;

        Assert.Equal((outcome, reason), Of(await Shop.CompleteAsync()));
        Assert.Equal((outcome, reason), Of(await Shop.CancelAsync()));
        Assert.Equal(before + 2, Merchant.Seen.Count);
    }

    // 409 is for a key with another body, for a completion that runs and for a session that is over: an order may have come of any of them.
    [Theory]
    [InlineData("idempotency_conflict")]
    [InlineData("complete_in_progress")]
    [InlineData("session_completed")]
    [InlineData("out_of_stock")]
    public async Task Complete_Conflict_IsUnknown(string code)
    {
        await KnowTheSessionAsync();
        Merchant.Answer = (_, _) => Dialect.Ucp.Error(409, code);

        Assert.Equal((CommerceOutcome.Unknown, code), Of(await Shop.CompleteAsync()));
        Assert.Equal(code == "idempotency_conflict", Shop.Logs.Lines.Any(line => line is { Level: LogLevel.Error, Id: 2202 }));
    }

    [Theory]
    [InlineData("idempotency_conflict", "idempotency_conflict")]
    [InlineData("complete_in_progress", "complete_in_progress")]
    [InlineData("session_completed", CommerceReasons.SessionClosed)]
    [InlineData("whatever", CommerceReasons.SessionClosed)]
    public async Task Cancel_Conflict_IsRefused(string code, string reason)
    {
        await KnowTheSessionAsync();
        Merchant.Answer = (_, _) => Dialect.Ucp.Error(409, code);

        Assert.Equal((CommerceOutcome.Refused, reason), Of(await Shop.CancelAsync()));
        Assert.Equal((CommerceOutcome.Refused, reason), Of(await Shop.UpdateAsync()));
    }

    // Whoever answered so, it proves nothing; it is only why, where the session turns out not to be ordered.
    [Theory]
    [InlineData(402, """{"detail":"Payment Failed"}""", CommerceReasons.PaymentDeclined)]
    [InlineData(402, "<html/>", CommerceReasons.PaymentDeclined)]
    [InlineData(403, """{"detail":"Fraud"}""", CommerceReasons.BadAnswer)]
    public async Task Complete_StatusWithoutUcpsBody_IsUnknown(int status, string body, string reason)
    {
        await KnowTheSessionAsync();
        Merchant.Answer = (_, _) => Answer.Json(body, status);

        Assert.Equal((CommerceOutcome.Unknown, reason), Of(await Shop.CompleteAsync()));
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await Shop.CancelAsync()));
    }

    [Theory]
    [InlineData(409, "already_shipped", CommerceReasons.NotCancelable)]
    [InlineData(404, "no_such_order", CommerceReasons.NotFound)]
    [InlineData(400, "too_late_now", "too_late_now")]
    public async Task CancelOrder_ErrorBody_SaysWhetherItIsTooLate(int status, string code, string reason)
    {
        Merchant.Discovery = _ => Dialect.Ucp.Discovery("ecuagent.order_cancel");
        Merchant.Answer = (_, _) => Dialect.Ucp.Error(status, code);

        Assert.Equal((CommerceOutcome.Refused, reason), Of(await Shop.CancelOrderAsync()));
    }

    [Theory]
    [InlineData("""{"code":"signature_invalid","content":"it does not hold"}""", "signature_invalid")]
    [InlineData("""{"ucp":{"version":"2026-01-23","status":"error"},"messages":[{"type":"info","code":"x"},{"type":"error","code":"Out Of Stock"}]}""", "out_of_stock")]
    [InlineData("""{"detail":"Checkout session not found"}""", null)]
    [InlineData("""{"type":"invalid_request","code":"flat","message":"m"}""", null)]
    [InlineData("""{"status":"incomplete","messages":[]}""", null)]
    [InlineData("""{"status":"incomplete","messages":[{"type":"error"}]}""", null)]
    [InlineData("""{"status":"incomplete","messages":[{"type":"warning","code":"x"}]}""", null)]
    [InlineData("""{"messages":[{"type":"error","code":"x"}]}""", null)]
    [InlineData("""{"status":"incomplete","messages":[{"type":"error","code":"x"}]}{}""", null)]
    public async Task Refusal_Body_IsOneOfUcpOrNone(string body, string? code)
    {
        await KnowTheSessionAsync();
        Merchant.Answer = (_, _) => Answer.Json(body, 400);

        Assert.Equal(
            code is null ? (CommerceOutcome.Unknown, CommerceReasons.BadAnswer) : (CommerceOutcome.Refused, code), Of(await Shop.CompleteAsync()));
    }

    [Fact]
    public async Task Open_SuccessWithAnErrorInPlaceOfASession_IsRefusedAndNothingElseIs()
    {
        await KnowTheSessionAsync();
        Merchant.Answer = (_, _) => Answer.Json("""{"ucp":{"version":"2026-01-11","status":"error"},"messages":[{"type":"error","code":"out_of_stock","content":"none left","severity":"unrecoverable"}]}""");

        Assert.Equal((CommerceOutcome.Refused, CommerceReasons.OutOfStock), Of(await Shop.OpenAsync()));
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await Shop.CompleteAsync()));
        Assert.Equal((CommerceOutcome.Unknown, CommerceReasons.BadAnswer), Of(await Shop.GetAsync()));
    }
}
