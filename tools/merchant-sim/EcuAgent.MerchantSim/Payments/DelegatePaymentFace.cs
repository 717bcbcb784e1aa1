using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Payments;

/// <summary>
/// <c>POST /agentic_commerce/delegate_payment</c>: a network token and an allowance become a delegated token. Card numbers are refused.
/// The protocol's error object has one code for whatever is wrong with the request: <c>invalid_card</c>; <c>param</c> says what.
/// </summary>
internal sealed class DelegatePaymentFace(PaymentProvider provider, TimeProvider time)
{
    private const string InvalidCard = "invalid_card";

    /// <summary>Works on a request whose headers and key were checked.</summary>
    public Answer Work(JsonElement body, string key)
    {
        if (DelegateShapes.Request.Check(body, "$") is { } fault)
        {
            return Invalid(400, fault.Message, fault.Path);
        }

        if (WhyRefused(body, out var expiresAt) is { } refusal)
        {
            return refusal;
        }

        var now = time.GetUtcNow();
        var allowance = body.GetProperty("allowance");
        var token = new DelegatedToken
        {
            Id = $"vt_{Guid.CreateVersion7(now):N}",
            Instrument = JsonRead.Text(body, "payment_method", "number")!,
            MaxAmount = JsonRead.Integer(allowance, "max_amount")!.Value,
            Currency = JsonRead.Text(allowance, "currency")!,
            CheckoutSessionId = JsonRead.Text(allowance, "checkout_session_id")!,
            MerchantId = JsonRead.Text(allowance, "merchant_id")!,
            ExpiresAt = expiresAt,
        };
        return provider.TryKeep(token)
            ? Answer.Json(201, new JsonObject { ["id"] = token.Id, ["created"] = JsonRead.Time(now), ["metadata"] = Metadata(body, token, key) })
            : Answer.Error(429, "rate_limit_exceeded", "too_many_requests", "Too many tokens are waiting to be used.").With("Retry-After", "60");
    }

    public static Answer Malformed(string reason) => Invalid(400, $"The body is {reason}.", "$");

    private Answer? WhyRefused(JsonElement body, out DateTimeOffset expiresAt)
    {
        expiresAt = default;
        var card = body.GetProperty("payment_method");
        if (JsonRead.Text(card, "card_number_type") is not "network_token")
        {
            return Invalid(422, "Card numbers are not taken; only network tokens are.", "$.payment_method.card_number_type");
        }

        if (!TestInstruments.IsKnown(JsonRead.Text(card, "number")!))
        {
            return Invalid(422, "The network token is not known.", "$.payment_method.number");
        }

        if (WhyExpired(card) is { } param)
        {
            return Invalid(422, "The card has expired, or its expiry is not a month and a year.", param);
        }

        if (body.GetProperty("risk_signals").EnumerateArray().Any(s => JsonRead.Text(s, "action") is "blocked"))
        {
            return Invalid(422, "A risk signal blocks this payment.", "$.risk_signals");
        }

        return WhyNotAllowed(body.GetProperty("allowance"), out expiresAt);
    }

    private Answer? WhyNotAllowed(JsonElement allowance, out DateTimeOffset expiresAt)
    {
        if (!JsonRead.TryTime(JsonRead.Text(allowance, "expires_at")!, out expiresAt))
        {
            return Invalid(400, "expires_at is not an RFC 3339 time with an offset.", "$.allowance.expires_at");
        }

        if (expiresAt <= time.GetUtcNow())
        {
            return Invalid(422, "expires_at has passed.", "$.allowance.expires_at");
        }

        return JsonRead.Integer(allowance, "max_amount") > 0 ? null : Invalid(422, "max_amount is not above zero.", "$.allowance.max_amount");
    }

    private string? WhyExpired(JsonElement card)
    {
        var month = JsonRead.Text(card, "exp_month");
        var year = JsonRead.Text(card, "exp_year");
        if (month is not null && !(int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var m) && m is >= 1 and <= 12))
        {
            return "$.payment_method.exp_month";
        }

        if (year is null)
        {
            return null;
        }

        if (year.Length != 4 || !int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var y))
        {
            return "$.payment_method.exp_year";
        }

        var now = time.GetUtcNow();
        var last = month is null ? 12 : int.Parse(month, CultureInfo.InvariantCulture);
        return (y * 12) + last < (now.Year * 12) + now.Month ? "$.payment_method.exp_year" : null;
    }

    private static JsonObject Metadata(JsonElement body, DelegatedToken token, string key)
    {
        var metadata = JsonObject.Create(body.GetProperty("metadata"))!;
        metadata["source"] = metadata["source"]?.DeepClone() ?? "agent_checkout";
        metadata["merchant_id"] = token.MerchantId;
        metadata["idempotency_key"] = key;
        return metadata;
    }

    private static Answer Invalid(int status, string message, string param) => Answer.Error(status, "invalid_request", InvalidCard, message, param);
}
