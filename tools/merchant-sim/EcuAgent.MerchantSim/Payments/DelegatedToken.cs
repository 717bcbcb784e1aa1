namespace EcuAgent.MerchantSim.Payments;

/// <summary>A token and what it may be used for: once, within all of these bounds.</summary>
internal sealed class DelegatedToken
{
    public required string Id { get; init; }

    public required string Instrument { get; init; }

    public required long MaxAmount { get; init; }

    public required string Currency { get; init; }

    public required string CheckoutSessionId { get; init; }

    public required string MerchantId { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    public bool IsUsed { get; set; }
}
