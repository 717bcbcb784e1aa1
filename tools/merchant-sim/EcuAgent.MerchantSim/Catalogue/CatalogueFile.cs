namespace EcuAgent.MerchantSim.Catalogue;

/// <summary>The file that says which merchants there are and what they sell.</summary>
internal sealed record CatalogueFile
{
    /// <summary>At least one.</summary>
    public required IReadOnlyList<MerchantEntry> Merchants { get; init; }
}
