using EcuAgent.MerchantSim.Checkout;

namespace EcuAgent.MerchantSim.Orders;

/// <summary>A placed and paid order. Read and changed under the shop's lock only.</summary>
internal sealed class Order
{
    public required string Id { get; init; }

    public required string Number { get; init; }

    public required string SessionId { get; init; }

    public required Protocol Protocol { get; init; }

    public required string Currency { get; init; }

    public required DateTimeOffset PlacedAt { get; init; }

    /// <summary>What was asked for, as it stood when the order was placed.</summary>
    public required Cart Cart { get; init; }

    /// <summary>What was charged, and for what.</summary>
    public required Quote Quote { get; init; }

    public required IReadOnlyList<OrderLine> Lines { get; init; }

    public required Fulfillment Fulfillment { get; init; }

    public List<Adjustment> Adjustments { get; } = [];

    public bool IsCanceled { get; set; }

    /// <summary>Key of the request that canceled last, to recognise its repetition after a lost answer.</summary>
    public string? CancelKey { get; set; }

    public long Refunded => Adjustments.Sum(a => a.Amount);

    /// <summary>True when nothing happens to it any more.</summary>
    public bool IsFinal => IsCanceled || Fulfillment.NextDue is null;

    /// <summary>As ACP names it.</summary>
    public string Status => this switch
    {
        { IsCanceled: true } => "canceled",
        { Fulfillment.Status: "delivered" } => "completed",
        { Fulfillment.Status: "shipped" or "in_transit" or "out_for_delivery" } => "shipped",
        { Fulfillment.Events.Count: > 0 } => "processing",
        _ => "confirmed",
    };

    /// <summary>Lets the next thing happen: when it is due, or now.</summary>
    /// <returns>False when nothing happened.</returns>
    public bool Step(DateTimeOffset now, bool isPushed)
    {
        var happened = isPushed ? Fulfillment.Push(now) : Fulfillment.StepWhenDue(now);
        if (happened is null)
        {
            return false;
        }

        var isHandedOver = happened.Type is "delivered"
            || (Fulfillment.Offer.Mode is DeliveryMode.Shipping && happened.Type is "shipped")
            || (Fulfillment.Offer.Mode is DeliveryMode.LocalDelivery && happened.Type is "out_for_delivery");
        foreach (var line in isHandedOver ? Lines : [])
        {
            line.Fulfilled = line.Current;
        }

        return true;
    }
}
