using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce.Ranking;

namespace EcuAgent.Core.Agent;

/// <summary>Offers from which the person may pick by saying "the second one" or "the cheapest".</summary>
/// <param name="Tool">Name of the tool that searched.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Offers">In the order in which they were spoken.</param>
/// <param name="Told">Monotonic time stamp.</param>
internal sealed record OfferChoice(string Tool, ToolArguments Arguments, IReadOnlyList<RankedOffer> Offers, long Told)
{
    /// <summary>The offer that a word of <c>choose_option</c> means; null when the word does not decide.</summary>
    public RankedOffer? Pick(string which) => which switch
    {
        "first" => At(0),
        "second" => At(1),
        "third" => At(2),
        "last" => At(Offers.Count - 1),
        "cheapest" => Best(offer => offer.Candidate.Offer.Price?.MinorUnits, isLeast: true),
        "best_rated" => Best(offer => offer.Candidate.Merchant.Rating is { } rating ? (long)(rating * 1000) : null, isLeast: false),
        _ => null,
    };

    private RankedOffer? At(int index) => index >= 0 && index < Offers.Count ? Offers[index] : null;

    // One that is not known could be the best, and prices of two currencies cannot be compared.
    private RankedOffer? Best(Func<RankedOffer, long?> figure, bool isLeast) =>
        Offers.Any(offer => figure(offer) is null) || Offers.Select(offer => offer.Candidate.Offer.Price?.Currency).Distinct(StringComparer.Ordinal).Count() > 1
            ? null
            : isLeast ? Offers.MinBy(figure) : Offers.MaxBy(figure);
}
