using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Acp;

/// <summary>ACP's words and what they are in ours. A word that is not known is the least that can be said.</summary>
internal static class AcpWords
{
    /// <summary>The protocol's version that is spoken here.</summary>
    internal const string ApiVersion = "2026-04-17";

    internal const string Pickup = "pickup";
    internal const string LocalDelivery = "local_delivery";
    internal const string Digital = "digital";
    internal const string Shipping = "shipping";

    /// <summary>A placed order can be taken back: <c>POST {base}/orders/{id}/cancel</c>.</summary>
    internal const string OrderCancelExtension = "ecuagent.order_cancel";

    /// <summary>An update request may have <c>metadata</c>, which takes the place of that before.</summary>
    internal const string TripDataExtension = "ecuagent.trip_data";

    /// <summary>What every request says of the protocol.</summary>
    internal static readonly IReadOnlyList<KeyValuePair<string, string>> Headers = [new("API-Version", ApiVersion)];

    internal static CheckoutState StateOf(string status) => status switch
    {
        "incomplete" or "not_ready_for_payment" => CheckoutState.Incomplete,
        "requires_escalation" or "authentication_required" => CheckoutState.NeedsPerson,
        "ready_for_payment" => CheckoutState.Ready,

        // An order may still come of these without anybody asking again, so none may be begun beside them.
        "complete_in_progress" or "in_progress" or "pending_approval" => CheckoutState.Completing,
        "completed" => CheckoutState.Completed,
        "canceled" => CheckoutState.Canceled,
        "expired" => CheckoutState.Expired,
        _ => CheckoutState.Unknown,
    };

    internal static DeliveryKind KindOf(string? type) => type switch
    {
        Pickup => DeliveryKind.Pickup,
        LocalDelivery => DeliveryKind.LocalDelivery,
        Digital => DeliveryKind.Digital,
        Shipping => DeliveryKind.Shipping,
        _ => DeliveryKind.Any,
    };

    internal static string? TypeOf(DeliveryKind kind) => kind switch
    {
        DeliveryKind.Pickup => Pickup,
        DeliveryKind.LocalDelivery => LocalDelivery,
        DeliveryKind.Digital => Digital,
        DeliveryKind.Shipping => Shipping,
        _ => null,
    };

    internal static OrderProgress OrderProgressOf(string? status) => status switch
    {
        "created" or "confirmed" or "manual_review" => OrderProgress.Placed,
        "processing" => OrderProgress.Preparing,
        "shipped" => OrderProgress.OnTheWay,
        "completed" => OrderProgress.Fulfilled,
        "canceled" => OrderProgress.Canceled,
        _ => OrderProgress.Unknown,
    };

    /// <summary>True for a resolution that only a person can bring about; a word that is not known counts as one.</summary>
    internal static bool NeedsPerson(string? resolution, string? code) =>
        resolution is not (null or "recoverable")
        || code is "requires_sign_in" or "requires_3ds" or "age_verification_required" or "approval_required" or "intervention_required";
}
