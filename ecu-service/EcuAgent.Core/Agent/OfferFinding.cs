using EcuAgent.Core.Commerce.Ranking;

namespace EcuAgent.Core.Agent;

/// <summary>What merchants offer for a wish.</summary>
/// <param name="Reason">Stable code; <see cref="Commerce.CommerceReasons.Done"/> when there are offers.</param>
/// <param name="Offers">Best first; empty unless done.</param>
internal sealed record OfferFinding(string Reason, IReadOnlyList<RankedOffer> Offers);
