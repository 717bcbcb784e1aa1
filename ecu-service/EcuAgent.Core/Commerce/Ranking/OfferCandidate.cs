namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>An offer with what is known about getting it.</summary>
/// <param name="Offer">What is sold.</param>
/// <param name="Merchant">By whom; the id is that of the offer, and the profile the same with all offers of a merchant.</param>
public sealed record OfferCandidate(CatalogueOffer Offer, MerchantProfile Merchant)
{
    /// <summary>
    /// When the merchant has to be open: the arrival there, or the time of the order when it is brought. Null when not known; opening hours
    /// then count for nothing.
    /// </summary>
    public DateTimeOffset? ArriveAt { get; init; }

    /// <summary>False when the merchant says that it cannot be had now.</summary>
    public bool IsAvailable { get; init; } = true;
}
