using System.Text.Json.Serialization;
using EcuAgent.Commerce.Json;

namespace EcuAgent.Commerce.Acp.Wire;

/// <summary>Schema <c>Order</c>.</summary>
internal sealed record WireOrder
{
    /// <summary>Required by the schema; the published webhook examples leave it out.</summary>
    public string? Id { get; init; }

    public string? CheckoutSessionId { get; init; }

    public string? OrderNumber { get; init; }

    public string? Status { get; init; }

    public WireEstimate? EstimatedDelivery { get; init; }

    public IReadOnlyList<WireOrderLine>? LineItems { get; init; }

    public IReadOnlyList<WireFulfillment>? Fulfillments { get; init; }

    public IReadOnlyList<WireAdjustment>? Adjustments { get; init; }

    public IReadOnlyList<WireTotal>? Totals { get; init; }
}

/// <summary>Schema <c>EstimatedDelivery</c>.</summary>
internal sealed record WireEstimate
{
    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? Latest { get; init; }
}

/// <summary>Schema <c>OrderLineItem</c>.</summary>
internal sealed record WireOrderLine
{
    public required string Id { get; init; }

    public string? Title { get; init; }

    public WireOrderQuantity? Quantity { get; init; }
}

/// <summary>Schema <c>OrderLineItemQuantity</c>.</summary>
internal sealed record WireOrderQuantity
{
    [JsonConverter(typeof(OptionalWholeNumberConverter))]
    public long? Current { get; init; }

    [JsonConverter(typeof(OptionalWholeNumberConverter))]
    public long? Fulfilled { get; init; }
}

/// <summary>Schema <c>Fulfillment</c>.</summary>
internal sealed record WireFulfillment
{
    public required string Id { get; init; }

    public string? Status { get; init; }

    public IReadOnlyList<WireLineReference>? LineItems { get; init; }

    public string? Carrier { get; init; }

    public WireEstimate? EstimatedDelivery { get; init; }

    public string? Description { get; init; }

    public IReadOnlyList<WireEvent>? Events { get; init; }
}

/// <summary>Schema <c>LineItemReference</c>.</summary>
internal sealed record WireLineReference
{
    public required string Id { get; init; }
}

/// <summary>Schema <c>FulfillmentEvent</c>.</summary>
internal sealed record WireEvent
{
    public string? Type { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? OccurredAt { get; init; }
}

/// <summary>Schema <c>Adjustment</c>.</summary>
internal sealed record WireAdjustment
{
    public string? Type { get; init; }

    public string? Status { get; init; }

    [JsonConverter(typeof(OptionalWholeNumberConverter))]
    public long? Amount { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? OccurredAt { get; init; }
}
