using EcuAgent.Commerce.Mapping;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Ucp;

/// <summary>UCP's words and what they are in ours. A word that is not known is the least that can be said.</summary>
internal static class UcpWords
{
    /// <summary>The version whose lists are arrays and whose payment is <c>payment_data</c>.</summary>
    internal const string First = "2026-01-11";

    /// <summary>The version whose lists are records by name and whose payment is a list of instruments.</summary>
    internal const string Newest = "2026-04-08";

    internal const string AgentHeader = "UCP-Agent";

    internal const string ShoppingService = "dev.ucp.shopping";
    internal const string Checkout = "dev.ucp.shopping.checkout";
    internal const string Fulfillment = "dev.ucp.shopping.fulfillment";
    internal const string Order = "dev.ucp.shopping.order";

    /// <summary>A placed order can be taken back: <c>POST {base}/orders/{id}/cancel</c>.</summary>
    internal const string OrderCancel = "ecuagent.order_cancel";

    /// <summary>Requests may have <c>metadata</c> with what an order says that UCP has no field for.</summary>
    internal const string TripData = "ecuagent.trip_data";

    internal const string Pickup = "pickup";
    internal const string Shipping = "shipping";

    /// <summary>What is spoken here, the newest first.</summary>
    internal static readonly IReadOnlyList<string> Versions = [Newest, First];

    /// <summary>
    /// The version that a session is spoken about in: the one that it says it was made in, where that is one of ours; else the negotiated one; else
    /// the nearest. Dates are compared as text.
    /// </summary>
    internal static string VersionOf(string? ofSession, string? negotiated) =>
        ofSession is not null && Versions.Contains(ofSession) ? ofSession
        : negotiated ?? (string.CompareOrdinal(ofSession, Newest) < 0 && ofSession is not null ? First : Newest);

    /// <summary>A merchant's code as a reason; the protocol's own word for a declined payment is ours.</summary>
    internal static string ReasonOf(string code) => ReasonWords.Of(code) is var reason && reason == "payment_failed" ? CommerceReasons.PaymentDeclined : reason;

    internal static CheckoutState StateOf(string status) => status switch
    {
        "incomplete" => CheckoutState.Incomplete,
        "requires_escalation" => CheckoutState.NeedsPerson,
        "ready_for_complete" => CheckoutState.Ready,
        "complete_in_progress" => CheckoutState.Completing,
        "completed" => CheckoutState.Completed,
        "canceled" => CheckoutState.Canceled,
        _ => CheckoutState.Unknown,
    };

    internal static DeliveryKind KindOf(string type) => type switch
    {
        Pickup => DeliveryKind.Pickup,
        Shipping => DeliveryKind.Shipping,
        _ => DeliveryKind.Any,
    };

    /// <summary>The method of fulfilment that an order asks for; null where it asks for none. There is none for what is brought from nearby.</summary>
    internal static string? MethodOf(CheckoutOrder order) => order.Delivery switch
    {
        DeliveryKind.Pickup => Pickup,
        DeliveryKind.LocalDelivery or DeliveryKind.Shipping => Shipping,
        DeliveryKind.Digital => null,
        _ => order.Place == DeliveryPlace.None ? null : Shipping,
    };

    /// <summary>True for a severity that only a person can settle; a word that is not known counts as one.</summary>
    internal static bool NeedsPerson(string? severity) => severity is not (null or "recoverable" or "unrecoverable");
}
