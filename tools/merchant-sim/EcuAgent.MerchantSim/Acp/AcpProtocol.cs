using EcuAgent.MerchantSim.Http;

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

    public static Answer Invalid(int status, string code, string message, string? param = null) =>
        Answer.Error(status, "invalid_request", code, message, param);
}
