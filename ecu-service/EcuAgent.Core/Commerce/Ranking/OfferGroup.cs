namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>Offers whose prices were compared with each other, best first.</summary>
/// <param name="Currency">Currency of the prices; null when none has a price.</param>
/// <param name="Offers">The offers, at least one. Those without a price stand in the first group.</param>
public sealed record OfferGroup(string? Currency, IReadOnlyList<RankedOffer> Offers);
