using System.Text.Json.Serialization;
using EcuAgent.Commerce.Json;

namespace EcuAgent.Commerce.Ucp.Wire;

/// <summary>Schema <c>order</c>, and the body of an order event.</summary>
internal sealed record WireOrder
{
    public required string Id { get; init; }

    public required string CheckoutId { get; init; }

    /// <summary>What a person knows it by, in later versions.</summary>
    public string? Label { get; init; }

    public string? Currency { get; init; }

    public IReadOnlyList<WireOrderLine>? LineItems { get; init; }

    public WireProgress? Fulfillment { get; init; }

    public IReadOnlyList<WireAdjustment>? Adjustments { get; init; }

    public IReadOnlyList<WireTotal>? Totals { get; init; }

    /// <summary>Of an event; null where it has none.</summary>
    public string? EventId { get; init; }

    /// <summary>Of an event; null where it has none.</summary>
    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? CreatedTime { get; init; }
}

/// <summary>Schema <c>order_line_item</c>.</summary>
internal sealed record WireOrderLine
{
    public required string Id { get; init; }

    public WireOrderItem? Item { get; init; }

    public WireOrderQuantity? Quantity { get; init; }

    public string? Status { get; init; }
}

/// <summary>Schema <c>item</c>, of an order.</summary>
internal sealed record WireOrderItem
{
    public string? Title { get; init; }
}

/// <summary>How many of a line.</summary>
internal sealed record WireOrderQuantity
{
    [JsonConverter(typeof(OptionalWholeNumberConverter))]
    public long? Total { get; init; }

    [JsonConverter(typeof(OptionalWholeNumberConverter))]
    public long? Fulfilled { get; init; }
}

/// <summary>What is expected and what happened.</summary>
internal sealed record WireProgress
{
    public IReadOnlyList<WireExpectation>? Expectations { get; init; }

    public IReadOnlyList<WireEvent>? Events { get; init; }
}

/// <summary>Schema <c>expectation</c>.</summary>
internal sealed record WireExpectation
{
    public required string Id { get; init; }

    public IReadOnlyList<WireLineReference>? LineItems { get; init; }

    public string? Description { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? FulfillableOn { get; init; }
}

/// <summary>Schema <c>fulfillment_event</c>.</summary>
internal sealed record WireEvent
{
    public string? Type { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? OccurredAt { get; init; }

    public IReadOnlyList<WireLineReference>? LineItems { get; init; }

    public string? Carrier { get; init; }
}

/// <summary>A line that something is about.</summary>
internal sealed record WireLineReference
{
    public required string Id { get; init; }
}

/// <summary>Schema <c>adjustment</c>.</summary>
internal sealed record WireAdjustment
{
    public string? Type { get; init; }

    public string? Status { get; init; }

    /// <summary>Of the first version.</summary>
    [JsonConverter(typeof(OptionalWholeNumberConverter))]
    public long? Amount { get; init; }

    /// <summary>Of later ones; what is given back is negative.</summary>
    public IReadOnlyList<WireTotal>? Totals { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? OccurredAt { get; init; }
}
