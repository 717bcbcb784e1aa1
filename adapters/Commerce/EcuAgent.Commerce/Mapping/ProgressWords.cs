using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Mapping;

/// <summary>How far orders and their parts are.</summary>
internal static class ProgressWords
{
    /// <summary>Of a fulfillment's status, or of the type of its last event; the protocols share the words.</summary>
    internal static OrderProgress OfParcel(string? status) => status switch
    {
        "pending" => OrderProgress.Placed,
        "processing" => OrderProgress.Preparing,
        "shipped" or "in_transit" or "out_for_delivery" or "failed_attempt" => OrderProgress.OnTheWay,
        "ready_for_pickup" => OrderProgress.Ready,
        "delivered" => OrderProgress.Fulfilled,
        "failed" or "returned_to_sender" or "undeliverable" => OrderProgress.Failed,
        "canceled" => OrderProgress.Canceled,
        _ => OrderProgress.Unknown,
    };

    /// <summary>How far an order is that is not over by its own word: its parts may be further than it says.</summary>
    internal static OrderProgress Of(OrderProgress own, IReadOnlyList<OrderProgress> parts) =>
        parts.Count > 0 && parts.All(part => part == OrderProgress.Failed)
            ? OrderProgress.Failed
            : parts.Where(part => part is OrderProgress.Placed or OrderProgress.Preparing or OrderProgress.OnTheWay or OrderProgress.Ready)
                .Append(own)
                .MaxBy(part => (int)part);
}
