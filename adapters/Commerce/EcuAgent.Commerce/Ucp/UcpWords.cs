using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Ucp;

/// <summary>UCP's words and what they are in ours. A word that is not known is the least that can be said.</summary>
internal static class UcpWords
{
    /// <summary>The protocol's version that is spoken here.</summary>
    internal const string Version = "2026-01-11";

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
