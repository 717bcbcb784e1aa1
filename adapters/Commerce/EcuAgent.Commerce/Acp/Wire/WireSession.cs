using System.Text.Json;
using System.Text.Json.Serialization;
using EcuAgent.Commerce.Json;

namespace EcuAgent.Commerce.Acp.Wire;

// What is read of a merchant's answers. Members that are missing, null or new are all right where the car can do without them; a member that
// is there with another type is not, because then the body is not what it says it is. Times are read leniently: they inform, they do not bind.

/// <summary>Schema <c>CheckoutSessionBase</c>.</summary>
internal sealed record WireSession
{
    public required string Id { get; init; }

    public required string Status { get; init; }

    public required string Currency { get; init; }

    public required IReadOnlyList<WireLine> LineItems { get; init; }

    public required IReadOnlyList<WireTotal> Totals { get; init; }

    public IReadOnlyList<WireOption>? FulfillmentOptions { get; init; }

    public IReadOnlyList<WireSelectedOption>? SelectedFulfillmentOptions { get; init; }

    public IReadOnlyList<WireMessage>? Messages { get; init; }

    public WireCapabilities? Capabilities { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? ExpiresAt { get; init; }

    public string? ContinueUrl { get; init; }

    public IReadOnlyDictionary<string, JsonElement>? Metadata { get; init; }

    public WireOrder? Order { get; init; }
}

/// <summary>Schema <c>LineItem</c>.</summary>
internal sealed record WireLine
{
    public required string Id { get; init; }

    public required WireItem Item { get; init; }

    [JsonConverter(typeof(WholeNumberConverter))]
    public required long Quantity { get; init; }

    public string? Name { get; init; }

    [JsonConverter(typeof(OptionalWholeNumberConverter))]
    public long? UnitAmount { get; init; }

    public IReadOnlyList<WireTotal>? Totals { get; init; }
}

/// <summary>Schema <c>Item</c>; also what a request orders, one for each piece, because a request has no quantity.</summary>
internal sealed record WireItem
{
    public required string Id { get; init; }

    public string? Name { get; init; }
}

/// <summary>Schemas <c>FulfillmentOption...</c>, all four in one.</summary>
internal sealed record WireOption
{
    public required string Type { get; init; }

    public required string Id { get; init; }

    public string? Title { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? EarliestDeliveryTime { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? LatestDeliveryTime { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? ReadyBy { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? PickupBy { get; init; }

    public WireWindow? DeliveryWindow { get; init; }
}

/// <summary>A delivery window.</summary>
internal sealed record WireWindow
{
    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? Start { get; init; }

    [JsonConverter(typeof(LenientTimeConverter))]
    public DateTimeOffset? End { get; init; }
}

/// <summary>Schema <c>SelectedFulfillmentOption</c>; read and written.</summary>
internal sealed record WireSelectedOption
{
    public string? Type { get; init; }

    public required string OptionId { get; init; }

    public IReadOnlyList<string>? ItemIds { get; init; }
}

/// <summary>Schemas <c>MessageInfo</c>, <c>MessageWarning</c> and <c>MessageError</c>.</summary>
internal sealed record WireMessage
{
    public required string Type { get; init; }

    public string? Code { get; init; }

    public string? Resolution { get; init; }

    public string? ContentType { get; init; }

    public string? Content { get; init; }
}

/// <summary>Schema <c>Capabilities</c>, of an answer.</summary>
internal sealed record WireCapabilities
{
    public WirePayment? Payment { get; init; }

    [JsonConverter(typeof(ExtensionNamesConverter))]
    public IReadOnlyList<string>? Extensions { get; init; }
}

/// <summary>Schema <c>Payment</c>.</summary>
internal sealed record WirePayment
{
    public IReadOnlyList<WireHandler>? Handlers { get; init; }
}

/// <summary>Schema <c>PaymentHandler</c>.</summary>
internal sealed record WireHandler
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public bool? RequiresDelegatePayment { get; init; }
}
