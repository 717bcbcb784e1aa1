using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Search;

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
    /// What fits, best first, at most 50. Offers that have all of the text; where there are none, those whose name is in it ("margherita with
    /// extra cheese"); where there are none, those that have the most of it, and half at least.
    /// </summary>
    internal IReadOnlyList<FeedOffer> Find(OfferQuery query)
    {
        var text = new SoughtText(query.Text);
        FeedOffer[] fitting = [.. _offers.Where(offer => offer.IsFor(query))];
        if (text.IsAnything)
        {
            return [.. fitting.Take(MostFound)];
        }

        FeedOffer[] found = [.. fitting.Where(offer => offer.HasWhole(text))];
        if (found.Length == 0)
        {
            found = [.. fitting.Where(offer => offer.IsNamedBy(text))];
        }

        if (found.Length == 0)
        {
            found = [.. fitting.Where(offer => offer.ScoreOf(text) > 0).GroupBy(offer => offer.ScoreOf(text)).MaxBy(group => group.Key) ?? Enumerable.Empty<FeedOffer>()];
        }

        return [.. found.OrderByDescending(offer => offer.ScoreOf(text)).Take(MostFound)];
    }
}
