using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Ucp.Wire;

// What is written to merchants. A member that is null is left out.

/// <summary>Schemas <c>checkout.create_req</c> and <c>checkout.update_req</c>: an update puts the whole session in its place.</summary>
internal sealed record WireRequest
{
    /// <summary>Of the session, where there is one: the first version wants it in the body besides the path, later ones allow it.</summary>
    public string? Id { get; init; }

    public required IReadOnlyList<WireRequestLine> LineItems { get; init; }

    public WireBuyer? Buyer { get; init; }

    /// <summary>Of the first version; later ones have it in the context alone.</summary>
    public string? Currency { get; init; }

    public required WireContext Context { get; init; }

    public WireRequestFulfillment? Fulfillment { get; init; }

    /// <summary>The first version wants it; later ones want it when it is completed.</summary>
    public WireRequestPayment? Payment { get; init; }

    /// <summary>Extension <c>ecuagent.trip_data</c>.</summary>
    public JsonObject? Metadata { get; init; }
}

/// <summary>Schema <c>line_item</c>, of a request.</summary>
internal sealed record WireRequestLine
{
    public string? Id { get; init; }

    public required WireRequestItem Item { get; init; }

    public required int Quantity { get; init; }
}

/// <summary>Schema <c>item</c>, of a request.</summary>
internal sealed record WireRequestItem
{
    public required string Id { get; init; }
}

/// <summary>Schema <c>buyer</c>.</summary>
internal sealed record WireBuyer
{
    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public required string Email { get; init; }

    public string? PhoneNumber { get; init; }
}

/// <summary>Schema <c>context</c>.</summary>
internal sealed record WireContext
{
    public required string Language { get; init; }

    public required string Currency { get; init; }
}

/// <summary>Schema <c>payment</c>, of a request: which instruments there are is said when it is completed, and before that there is none.</summary>
internal sealed record WireRequestPayment
{
    public required IReadOnlyList<WireInstrument> Instruments { get; init; }
}

/// <summary>Schema <c>fulfillment</c>, of a request.</summary>
internal sealed record WireRequestFulfillment
{
    public required IReadOnlyList<WireRequestMethod> Methods { get; init; }
}

/// <summary>Schema <c>fulfillment_method</c>, of a request.</summary>
internal sealed record WireRequestMethod
{
    public string? Id { get; init; }

    public required string Type { get; init; }

    public IReadOnlyList<string>? LineItemIds { get; init; }

    public IReadOnlyList<WireRequestDestination>? Destinations { get; init; }

    public string? SelectedDestinationId { get; init; }

    public IReadOnlyList<WireRequestGroup>? Groups { get; init; }
}

/// <summary>Schema <c>fulfillment_group</c>, of a request.</summary>
internal sealed record WireRequestGroup
{
    public string? Id { get; init; }

    public IReadOnlyList<string>? LineItemIds { get; init; }

    public string? SelectedOptionId { get; init; }
}

/// <summary>Schema <c>shipping_destination</c>, of a request.</summary>
internal sealed record WireRequestDestination
{
    public required string Id { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public required string StreetAddress { get; init; }

    public string? ExtendedAddress { get; init; }

    public required string AddressLocality { get; init; }

    public required string AddressRegion { get; init; }

    public required string AddressCountry { get; init; }

    public required string PostalCode { get; init; }
}

/// <summary>The body that completes a session.</summary>
internal sealed record WireComplete
{
    /// <summary>Of the first version.</summary>
    public WireInstrument? PaymentData { get; init; }

    /// <summary>Of later ones.</summary>
    public WireRequestPayment? Payment { get; init; }
}

/// <summary>Schema <c>payment_instrument</c>.</summary>
internal sealed record WireInstrument
{
    public required string Id { get; init; }

    public required string HandlerId { get; init; }

    public required string Type { get; init; }

    /// <summary>Of later versions: the one of several that pays.</summary>
    public bool? Selected { get; init; }

    /// <summary>Merchants of the first version may want brand and last digits of a card.</summary>
    public string? Brand { get; init; }

    public string? LastDigits { get; init; }

    /// <summary>The same in later versions.</summary>
    public WireDisplay? Display { get; init; }

    public required WireCredential Credential { get; init; }
}

/// <summary>What a person knows a card by.</summary>
internal sealed record WireDisplay
{
    public required string Brand { get; init; }

    public required string LastDigits { get; init; }
}

/// <summary>Schema <c>payment_credential</c>, of a token.</summary>
internal sealed record WireCredential
{
    public required string Type { get; init; }

    public required string Token { get; init; }
}

/// <summary>An empty object: nothing is said.</summary>
internal sealed record WireNothing;
