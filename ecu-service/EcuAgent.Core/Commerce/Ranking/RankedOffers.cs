namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>The outcome of a ranking.</summary>
/// <param name="Groups">One for each currency, in order; empty when nothing is left.</param>
/// <param name="LeftOut">What broke a condition, by merchant and offer id.</param>
public sealed record RankedOffers(IReadOnlyList<OfferGroup> Groups, IReadOnlyList<LeftOutOffer> LeftOut)
{
    /// <summary>All that are left, best first, group after group.</summary>
    public IReadOnlyList<RankedOffer> Offers { get; } = [.. Groups.SelectMany(group => group.Offers)];

    /// <summary>Why nothing is left: the condition that was the last between the person and an offer; null when there was no offer at all.</summary>
    public string? Hindrance => Offers.Count > 0 ? null : LeftOut.Select(offer => offer.Reason).MaxBy(LeftOutReasons.Order);

    /// <summary>False when there are prices of several currencies; then the groups' order says nothing about the price.</summary>
    public bool ArePricesCompared => Groups.Count <= 1;
}
