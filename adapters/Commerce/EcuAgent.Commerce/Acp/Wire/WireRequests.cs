using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Acp.Wire;

// What is written to merchants. A member that is null is left out: ACP keeps absent and null apart (its rules for equal bodies say so), and
// no request of ours has anything to say by null. So there is no way to write one, and a test looks for any.

/// <summary>Schema <c>CheckoutSessionCreateRequest</c>.</summary>
internal sealed record WireCreate
{
    public WireBuyer? Buyer { get; init; }

    public required IReadOnlyList<WireItem> LineItems { get; init; }

    public required string Currency { get; init; }

    public WireContact? FulfillmentDetails { get; init; }

    public required WireAgentCapabilities Capabilities { get; init; }

    public string? Locale { get; init; }

    public string? Timezone { get; init; }

    public JsonObject? Metadata { get; init; }
}

/// <summary>Schema <c>CheckoutSessionUpdateRequest</c>; <see cref="Metadata"/> only where the session declares <c>ecuagent.trip_data</c>.</summary>
internal sealed record WireUpdate
{
    public WireBuyer? Buyer { get; init; }

    public IReadOnlyList<WireItem>? LineItems { get; init; }

    public WireContact? FulfillmentDetails { get; init; }

    public IReadOnlyList<WireSelectedOption>? SelectedFulfillmentOptions { get; init; }

    public JsonObject? Metadata { get; init; }
}

/// <summary>Schema <c>CheckoutSessionCompleteRequest</c>.</summary>
internal sealed record WireComplete
{
    public required WirePaymentData PaymentData { get; init; }
}

/// <summary>Schema <c>CancelSessionRequest</c>, and the body of <c>ecuagent.order_cancel</c>: nothing is said.</summary>
internal sealed record WireNothing;

/// <summary>Schema <c>Capabilities</c>, of a request.</summary>
internal sealed record WireAgentCapabilities
{
    public required WireInterventions Interventions { get; init; }

    public required IReadOnlyList<string> Extensions { get; init; }
}

/// <summary>Schema <c>InterventionCapabilities</c>.</summary>
internal sealed record WireInterventions
{
    public required IReadOnlyList<string> Supported { get; init; }
}

/// <summary>Schema <c>Buyer</c>.</summary>
internal sealed record WireBuyer
{
    public string? FullName { get; init; }

    public required string Email { get; init; }

    public string? PhoneNumber { get; init; }
}

/// <summary>Schema <c>FulfillmentDetails</c>.</summary>
internal sealed record WireContact
{
    public string? Name { get; init; }

    public string? PhoneNumber { get; init; }

    public string? Email { get; init; }

    public WireAddress? Address { get; init; }
}

/// <summary>Schema <c>Address</c>.</summary>
internal sealed record WireAddress
{
    public required string Name { get; init; }

    public required string LineOne { get; init; }

    public string? LineTwo { get; init; }

    public required string City { get; init; }

    public required string State { get; init; }

    public required string Country { get; init; }

    public required string PostalCode { get; init; }
}

/// <summary>Schema <c>PaymentData</c>.</summary>
internal sealed record WirePaymentData
{
    public required string HandlerId { get; init; }

    public required WireInstrument Instrument { get; init; }
}

/// <summary>The instrument of <c>PaymentData</c>.</summary>
internal sealed record WireInstrument
{
    public required string Type { get; init; }

    public required WireCredential Credential { get; init; }
}

/// <summary>The credential of an instrument.</summary>
internal sealed record WireCredential
{
    public required string Type { get; init; }

    public required string Token { get; init; }
}
