namespace EcuAgent.Commerce.Acp.Wire;

/// <summary>Schema <c>DelegatePaymentRequest</c>.</summary>
internal sealed record WireDelegateRequest
{
    public required WireCard PaymentMethod { get; init; }

    public required WireAllowance Allowance { get; init; }

    public required IReadOnlyList<string> RiskSignals { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>Schema <c>PaymentMethodCard</c>.</summary>
internal sealed record WireCard
{
    public required string Type { get; init; }

    public required string CardNumberType { get; init; }

    /// <summary>The provider's reference; no card number.</summary>
    public required string Number { get; init; }

    public required string DisplayCardFundingType { get; init; }

    public required IReadOnlyDictionary<string, string> Metadata { get; init; }
}

/// <summary>Schema <c>Allowance</c>.</summary>
internal sealed record WireAllowance
{
    public required string Reason { get; init; }

    public required long MaxAmount { get; init; }

    public required string Currency { get; init; }

    public required string CheckoutSessionId { get; init; }

    public required string MerchantId { get; init; }

    public required string ExpiresAt { get; init; }
}

/// <summary>Schema <c>DelegatePaymentResponse</c>.</summary>
internal sealed record WireDelegateResponse
{
    public required string Id { get; init; }
}
