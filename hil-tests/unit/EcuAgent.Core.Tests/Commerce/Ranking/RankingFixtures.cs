using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Tests.Commerce.Ranking;

/// <summary>Offers in a few words.</summary>
internal static class RankingFixtures
{
    public static GeoPoint Car { get; } = new(48.0, 11.0);

    public static RankingContext Context { get; } = new() { Need = MerchantNeed.Food, Car = Car, Text = "pizza" };

    public static OfferRanking Ranking { get; } = new(new RankingOptions());

    /// <summary>An offer; distance by latitude north of the car.</summary>
    public static OfferCandidate Offer(
        string id = "a",
        long? price = 1000,
        string currency = "EUR",
        double northM = 1000,
        double? rating = 4,
        string title = "Pizza",
        string merchant = "Merchant",
        bool isSponsored = false,
        OpeningHours? hours = null,
        params string[] diets) => new(
            new CatalogueOffer("m-" + id, "o-" + id, title, price is { } minor ? new Money(minor, currency) : null, isSponsored, diets.ToHashSet()),
            new MerchantProfile("m-" + id, merchant, new HashSet<MerchantNeed> { MerchantNeed.Food }, North(northM), hours, rating));

    public static GeoPoint North(double metres) => new(Car.LatitudeDeg + (metres / 111_195), Car.LongitudeDeg);

    /// <summary>Ids in their order, for example <c>"b a"</c>.</summary>
    public static string Order(RankedOffers ranked) => string.Join(' ', ranked.Offers.Select(offer => offer.Candidate.Offer.OfferId[2..]));

    /// <summary>Everything that a ranking says, to compare two of them.</summary>
    public static string Text(RankedOffers ranked) => string.Join(
        '\n',
        ranked.Groups.SelectMany(group => group.Offers.Select(offer =>
            $"{group.Currency} {offer.Rank} {offer.Candidate.Offer.OfferId} {offer.Score} {offer.IsSponsored} {string.Join("; ", offer.Explanation)}"))
            .Concat(ranked.LeftOut.Select(offer => $"{offer.Candidate.Offer.OfferId} {offer.Reason}")));

    public static WhyReason? Reason(RankedOffer offer, string code) => offer.Reasons.SingleOrDefault(reason => reason.Code == code);
}
