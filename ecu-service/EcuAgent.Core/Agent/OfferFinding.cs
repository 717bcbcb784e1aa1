using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Agent;

/// <summary>What merchants offer for a wish.</summary>
/// <param name="Reason">Stable code; <see cref="Commerce.CommerceReasons.Done"/> when there are offers.</param>
/// <param name="Offers">Best first; empty unless done.</param>
internal sealed record OfferFinding(string Reason, IReadOnlyList<RankedOffer> Offers)
{
    /// <summary>Nothing, and why.</summary>
    public static OfferFinding None(string reason) => new(reason, []);

    /// <summary>The diets that had to be kept.</summary>
    public IReadOnlyList<string> Diets { get; init; } = [];

    /// <summary>What one may cost, where only the budget left nothing; null otherwise.</summary>
    public Money? Budget { get; init; }

    /// <summary>What there is beyond the budget, best first, where only that left nothing.</summary>
    public IReadOnlyList<RankedOffer> Beyond { get; init; } = [];
}
