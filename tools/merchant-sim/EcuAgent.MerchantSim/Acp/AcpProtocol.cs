using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Idempotency;

namespace EcuAgent.MerchantSim.Acp;

/// <summary>Names of the protocol, and of what this merchant adds to it.</summary>
internal static class AcpProtocol
{
    /// <summary>The only version that is spoken.</summary>
    public const string Version = "2026-04-17";

    /// <summary>Taking back a placed order.</summary>
    public const string OrderCancelExtension = "ecuagent.order_cancel";

    /// <summary><c>quantity</c> of an item in a request.</summary>
    public const string ItemQuantityExtension = "ecuagent.item_quantity";

    /// <summary>Arrival, stay and visit in <c>metadata</c>, which an update may bring as well.</summary>
    public const string TripDataExtension = "ecuagent.trip_data";

    public const string HandlerId = "card_tokenized";

    public const string RequestIdHeader = "Request-Id";

    /// <summary>Section 6 of the checkout's text; delegated payment has the same.</summary>
    /// <param name="malformed">What is answered to a body that is not JSON.</param>
    public static IdempotencyWords Words(Func<string, Answer> malformed) => new(
        IsKeyRequired: true,
        () => Invalid(400, "idempotency_key_required", $"{IdempotentRunner.KeyHeader} header is required, with at most {IdempotentRunner.MaxKeyLength} characters"),
        malformed,
        () => Invalid(422, "idempotency_conflict", $"{IdempotentRunner.KeyHeader} has already been used with a different request body"),
        () => Invalid(409, "idempotency_in_flight", $"A request with this {IdempotentRunner.KeyHeader} is currently being processed"),
        () => Answer.Error(503, "service_unavailable", "idempotency_store_full", "No further keys can be kept."));

    public static Answer Invalid(int status, string code, string message, string? param = null) =>
        Answer.Error(status, "invalid_request", code, message, param);
}
