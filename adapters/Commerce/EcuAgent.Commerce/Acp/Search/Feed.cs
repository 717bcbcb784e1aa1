using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Acp.Search;

/// <summary>A merchant's product feed as it was last read. Immutable.</summary>
internal sealed class Feed
{
    private const int MostFound = 50;

    private readonly FeedOffer[] _offers;

    internal Feed(WireProducts products) =>
        _offers = [.. WireReader.Solid(products.Products)
            .SelectMany(product => WireReader.Solid(product.Variants).Select(variant => FeedOffer.Of(product, variant)))
            .OfType<FeedOffer>()];

    /// <summary>
    /// What fits, best first, at most 50. Offers that have all of the text; where there are none, those that have the most of it, and half at least.
    /// </summary>
    internal IReadOnlyList<FeedOffer> Find(OfferQuery query)
    {
        var text = new SoughtText(query.Text);
        FeedOffer[] fitting = [.. _offers.Where(offer => offer.IsFor(query))];
        if (text.IsAnything)
        {
            return [.. fitting.Take(MostFound)];
        }

        var found = fitting.Where(offer => offer.HasWhole(text)).Select(offer => (Offer: offer, Score: offer.ScoreOf(text))).ToList();
        if (found.Count == 0)
        {
            found = [.. fitting.Select(offer => (Offer: offer, Score: offer.ScoreOf(text))).Where(scored => scored.Score > 0)];
            var most = found.Count > 0 ? found.Max(scored => scored.Score) : 0;
            found.RemoveAll(scored => scored.Score < most);
        }

        return [.. found.OrderByDescending(scored => scored.Score).Select(scored => scored.Offer).Take(MostFound)];
    }
}
