using System.Text.Json;
using System.Text.Json.Serialization;
using EcuAgent.Commerce.Json;

namespace EcuAgent.Commerce.Ucp.Wire;

// What is read of a merchant's answers, as leniently as in ACP: see there.

/// <summary>Schema <c>checkout</c> with the fulfilment extension.</summary>
internal sealed record WireCheckout
{
    public WireUcp? Ucp { get; init; }

    public required string Id { get; init; }

    public required string Status { get; init; }

    public required string Currency { get; init; }

    public required IReadOnlyList<WireLine> LineItems { get; init; }

    public required IReadOnlyList<WireTotal> Totals { get; init; }

    public IReadOnlyList<WireMessage>? Messages { get; init; }

    public WireFulfillment? Fulfillment { get; init; }

    public WirePayment? Payment { get; init; }

    public string? ContinueUrl { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? ExpiresAt { get; init; }

    public WireConfirmation? Order { get; init; }

    /// <summary>Where early merchants of this version name the order.</summary>
    public string? OrderId { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }
}

/// <summary>Schema <c>line_item</c>, of an answer.</summary>
internal sealed record WireLine
{
    public required string Id { get; init; }

    public required WireItem Item { get; init; }

    [JsonConverter(typeof(WholeNumberConverter))]
    public required long Quantity { get; init; }

    public IReadOnlyList<WireTotal>? Totals { get; init; }
}

/// <summary>Schema <c>item</c>, of an answer.</summary>
internal sealed record WireItem
{
    public required string Id { get; init; }

    public string? Title { get; init; }

    [JsonConverter(typeof(OptionalWholeNumberConverter))]
    public long? Price { get; init; }
}

/// <summary>Schema <c>message</c>.</summary>
internal sealed record WireMessage
{
    public required string Type { get; init; }

    public string? Code { get; init; }

    public string? Content { get; init; }

    public string? ContentType { get; init; }

    public string? Severity { get; init; }
}

/// <summary>Schema <c>fulfillment</c>, of an answer.</summary>
internal sealed record WireFulfillment
{
    public IReadOnlyList<WireMethod>? Methods { get; init; }
}

/// <summary>Schema <c>fulfillment_method</c>, of an answer.</summary>
internal sealed record WireMethod
{
    public string? Id { get; init; }

    public required string Type { get; init; }

    public IReadOnlyList<string>? LineItemIds { get; init; }

    public IReadOnlyList<WireDestination>? Destinations { get; init; }

    public string? SelectedDestinationId { get; init; }

    public IReadOnlyList<WireGroup>? Groups { get; init; }
}

/// <summary>Schema <c>fulfillment_destination</c>, of an answer.</summary>
internal sealed record WireDestination
{
    public required string Id { get; init; }
}

/// <summary>Schema <c>fulfillment_group</c>, of an answer.</summary>
internal sealed record WireGroup
{
    public string? Id { get; init; }

    public IReadOnlyList<string>? LineItemIds { get; init; }

    public IReadOnlyList<WireOption>? Options { get; init; }

    public string? SelectedOptionId { get; init; }
}

/// <summary>Schema <c>fulfillment_option</c>.</summary>
internal sealed record WireOption
{
    public required string Id { get; init; }

    public string? Title { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? EarliestFulfillmentTime { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? LatestFulfillmentTime { get; init; }
}

/// <summary>Schema <c>order_confirmation</c>.</summary>
internal sealed record WireConfirmation
{
    public string? Id { get; init; }

    /// <summary>What a person knows the order by, in later versions.</summary>
    public string? Label { get; init; }
}
