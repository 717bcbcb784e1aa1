namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>Where the merchant is.</summary>
internal sealed record AddressEntry
{
    public required string LineOne { get; init; }

    public required string City { get; init; }

    public required string State { get; init; }

    public required string PostalCode { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string Country { get; init; }
}
