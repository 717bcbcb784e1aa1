using System.Globalization;
using CsCheck;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce.Ranking;

/// <summary>What holds for any offers, wishes and weights: neutral, monotone, complete, and the same whatever the order of the input.</summary>
public sealed class OfferRankingPropertyTests
{
    private const int Merchants = 12;

    private static readonly DateTimeOffset Arrival = Shop.At("2026-03-02T21:40", 1);

    private static readonly OpeningHours?[] Hours = [null, Shop.Daily("Europe/Berlin", "00:00", "00:00"), Shop.Daily("Europe/Berlin", "11:00", "22:00"), Shop.Daily("Asia/Tokyo", "09:00", "17:00")];

    private static readonly string[] Titles = ["Pizza", "Pizza Margherita", "Soup"];

    // Few different values: ties are what goes wrong.
    private static readonly Gen<OfferCandidate> Candidates =
        from id in Gen.Int[0, 40]
        from price in Gen.OneOf(-1L, 0, 1, 500, 900, 901, 1000, 2500, long.MaxValue)
        from currency in Gen.OneOf("EUR", "EUR", "EUR", "USD")
        from northM in Gen.OneOf(double.NaN, 0, 1, 500, 3000, 3001, 90_000, 5_000_000)
        from rating in Gen.OneOf<double?>(null, 0, 3.5, 4, 4.001, 5, double.NaN)
        from title in Gen.OneOf(Titles)
        from hours in Gen.OneOf(Hours)
        from sponsored in Gen.Int[0, 3]
        from isVegan in Gen.Bool
        from more in Gen.Select(Gen.Bool, Gen.Int[0, 9])
        select New(id, price, currency, northM, rating, title, hours, sponsored, isVegan, more.Item1, more.Item2 > 0);

    private static readonly Gen<OfferCandidate[]> Lists = Candidates.Array[0, 12].Select(offers => OneProfileEach([.. offers.DistinctBy(offer => offer.Offer.OfferId)]));

    private static readonly Gen<RankingContext> Contexts =
        from text in Gen.OneOf("", "pizza", "margherita pizza")
        from near in Gen.Enum<PlaceNear>()
        from destination in Gen.OneOf<GeoPoint?>(null, RankingFixtures.North(3000), new GeoPoint(double.NaN, 0))
        from diet in Gen.OneOf(null, null, new DietWish("vegetarian"), new DietWish("vegetarian", IsStanding: true))
        from budget in Gen.OneOf<long?>(null, null, 1000)
        from named in Gen.OneOf(null, null, "Merchant")
        from currency in Gen.OneOf(null, "USD")
        from delivery in Gen.OneOf(DeliveryKind.Any, DeliveryKind.Pickup, DeliveryKind.Digital)
        from used in Gen.Int[0, Merchants - 1].Array[0, 5]
        select new RankingContext
        {
            Need = MerchantNeed.Food,
            Car = RankingFixtures.Car,
            Text = text,
            Near = near,
            Destination = destination,
            NamedMerchant = named,
            Diets = diet is null ? [] : [diet],
            Budgets = budget is { } most ? new Dictionary<string, long> { ["EUR"] = most } : new Dictionary<string, long>(),
            Currency = currency,
            Delivery = delivery,
            UsedMerchants = used.Select(id => "m-" + id.ToString(CultureInfo.InvariantCulture)).ToHashSet(),
        };

    // Small and odd weights give many ties after rounding.
    private static readonly Gen<RankingOptions> Options =
        Gen.OneOf(0, 1, 7, 200, 1000).Array[6].Select(weights => new RankingOptions
        {
            TextPoints = weights[0],
            DistancePoints = weights[1],
            PricePoints = weights[2],
            RatingPoints = weights[3],
            UsedBeforePoints = weights[4],
            OpenPoints = weights.Sum() == 0 ? 1 : weights[5],
        });

    private static readonly Gen<(OfferCandidate[] Offers, RankingContext Context, RankingOptions Options)> Cases = Gen.Select(Lists, Contexts, Options);

    [Fact]
    public void Rank_SponsoredFlagsRemovedAndNotAllowed_OrderAndScoresStay()
    {
        var sponsoredAndRanked = 0;
        Cases.Sample(
            (offers, context, options) =>
            {
                var with = new OfferRanking(options).Rank(offers, context);
                var without = new OfferRanking(options).Rank([.. offers.Select(NotSponsored)], context);

                Assert.Equal(
                    without.Offers.Select(offer => (offer.Candidate.Offer.OfferId, offer.Score)), with.Offers.Select(offer => (offer.Candidate.Offer.OfferId, offer.Score)));
                Assert.Equal(without.LeftOut.Select(offer => (offer.Candidate.Offer.OfferId, offer.Reason)), with.LeftOut.Select(offer => (offer.Candidate.Offer.OfferId, offer.Reason)));
                Interlocked.Add(ref sponsoredAndRanked, with.Offers.Count(offer => offer.IsSponsored));
            },
            iter: 4000);
        Assert.True(sponsoredAndRanked > 1000, $"only {sponsoredAndRanked}");
    }

    [Fact]
    public void Rank_SponsoredAndAllowed_MovesSomeAndLabelsAll()
    {
        var moved = 0;
        Cases.Sample(
            (offers, context, options) =>
            {
                var allowed = new OfferRanking(options).Rank(offers, context with { SponsoredMayRankHigher = true });
                var neutral = new OfferRanking(options).Rank(offers, context);
                foreach (var offer in allowed.Offers.Concat(neutral.Offers))
                {
                    var isPaid = offer.Candidate.Offer.IsSponsored || offer.Candidate.Merchant.IsSponsored;
                    Assert.Equal(isPaid, offer.IsSponsored);
                    Assert.Equal(isPaid, offer.Reasons.Any(reason => reason.Code == WhyCodes.Sponsored));
                }

                Assert.All(neutral.Offers.SelectMany(offer => offer.Reasons).Where(reason => reason.Code == WhyCodes.Sponsored), reason => Assert.Equal(0, reason.Points));
                Interlocked.Add(ref moved, RankingFixtures.Order(allowed) == RankingFixtures.Order(neutral) ? 0 : 1);
            },
            iter: 2000);
        Assert.True(moved > 50, $"only {moved} orders changed");
    }

    [Fact]
    public void Rank_InputShuffled_SaysTheSame() => Gen.Select(Cases, Gen.Int).Sample(
        (one, seed) =>
        {
            var shuffled = one.Offers.ToArray();
            new Random(seed).Shuffle(shuffled);
            var ranking = new OfferRanking(one.Options);

            Assert.Equal(RankingFixtures.Text(ranking.Rank(one.Offers, one.Context)), RankingFixtures.Text(ranking.Rank(shuffled, one.Context)));
        },
        iter: 3000);

    [Fact]
    public void Rank_DuplicatesShuffled_SaysTheSame() => Gen.Select(Candidates.Array[2, 12].Select(OneProfileEach), Contexts, Gen.Int).Sample(
        (offers, context, seed) =>
        {
            var shuffled = offers.ToArray();
            new Random(seed).Shuffle(shuffled);

            Assert.Equal(
                RankingFixtures.Text(RankingFixtures.Ranking.Rank(offers, context)), RankingFixtures.Text(RankingFixtures.Ranking.Rank(shuffled, context)));
        },
        iter: 2000);

    [Fact]
    public void Rank_AnyOffers_EachIsRankedOrLeftOutOnceAndThePointsSumUp() => Cases.Sample(
        (offers, context, options) =>
        {
            var ranked = new OfferRanking(options).Rank(offers, context);
            var seen = ranked.Offers.Select(offer => offer.Candidate.Offer.OfferId).Concat(ranked.LeftOut.Select(offer => offer.Candidate.Offer.OfferId));

            Assert.Equal(offers.Select(offer => offer.Offer.OfferId).Order(), seen.Order());
            Assert.Equal(Enumerable.Range(1, ranked.Offers.Count), ranked.Offers.Select(offer => offer.Rank));
            foreach (var offer in ranked.Offers)
            {
                Assert.Equal(offer.Score, offer.Reasons.Sum(reason => reason.Points));
                Assert.All(offer.Reasons, reason => Assert.True(reason.Points >= 0 && reason.Code.Length <= 48));
                Assert.Equal(offer.Reasons.Count, offer.Reasons.DistinctBy(reason => reason.Code).Count());
            }

            foreach (var group in ranked.Groups)
            {
                Assert.All(group.Offers, offer => Assert.True(offer.Candidate.Offer.Price is not { IsKnown: true } price || price.Currency == group.Currency));
            }
        },
        iter: 3000);

    [Fact]
    public void Rank_OneOfferGetsCheaperNearerOrBetterRated_NeverRanksLower()
    {
        var rose = 0;
        Gen.Select(Cases, Candidates, Gen.Int[0, 11], Gen.Int[0, 2]).Sample(
            (one, other, index, what) =>
            {
                var ranking = new OfferRanking(one.Options);
                var before = ranking.Rank(one.Offers, one.Context);
                if (before.Offers.Count == 0)
                {
                    return;
                }

                var old = before.Offers[index % before.Offers.Count];
                var better = what switch
                {
                    0 => old.Candidate with { Offer = old.Candidate.Offer with { Price = other.Offer.Price } },
                    1 => old.Candidate with { Merchant = old.Candidate.Merchant with { Position = other.Merchant.Position } },
                    _ => old.Candidate with { Merchant = old.Candidate.Merchant with { Rating = other.Merchant.Rating } },
                };
                var after = ranking.Rank([.. one.Offers.Where(offer => offer.Offer.OfferId != better.Offer.OfferId), better], one.Context);
                var found = after.Offers.SingleOrDefault(offer => offer.Candidate == better);
                if (found is null || !IsBetter(found, old, what))
                {
                    return;
                }

                Interlocked.Add(ref rose, found.Rank < old.Rank ? 1 : 0);
                Assert.True(found.Rank <= old.Rank, $"{old.Rank} to {found.Rank}\n{RankingFixtures.Text(before)}\n\n{RankingFixtures.Text(after)}");
            },
            iter: 20_000);
        Assert.True(rose > 200, $"only {rose} rose");
    }

    [Fact]
    public void Rank_TwinThatIsCheaperNearerOrBetterRated_ComesFirst()
    {
        var decided = 0;
        Gen.Select(Cases, Candidates, Gen.Int[0, 11], Gen.Int[0, 2]).Sample(
            (one, other, index, what) =>
            {
                if (one.Offers.Length == 0)
                {
                    return;
                }

                var twin = one.Offers[index % one.Offers.Length];
                twin = twin with { Offer = twin.Offer with { MerchantId = other.Merchant.Id + "t", OfferId = other.Offer.OfferId + "t" }, Merchant = twin.Merchant with { Id = other.Merchant.Id + "t" } };
                var better = what switch
                {
                    0 => twin with { Offer = twin.Offer with { Price = other.Offer.Price } },
                    1 => twin with { Merchant = twin.Merchant with { Position = other.Merchant.Position } },
                    _ => twin with { Merchant = twin.Merchant with { Rating = other.Merchant.Rating } },
                };

                // The better one has the worse id, so that ids cannot help it.
                better = better with { Offer = better.Offer with { MerchantId = better.Merchant.Id + "z" }, Merchant = better.Merchant with { Id = better.Merchant.Id + "z" } };
                var ranked = new OfferRanking(one.Options).Rank([.. one.Offers, twin, better], one.Context);
                var (first, second) = (ranked.Offers.SingleOrDefault(offer => offer.Candidate == better), ranked.Offers.SingleOrDefault(offer => offer.Candidate == twin));
                if (first is null || second is null || !IsBetter(first, second, what))
                {
                    return;
                }

                Interlocked.Increment(ref decided);
                Assert.True(first.Rank < second.Rank, RankingFixtures.Text(ranked));
            },
            iter: 20_000);
        Assert.True(decided > 500, $"only {decided} decided");
    }

    [Fact]
    public void Rank_OneCurrencyTenTimesInflated_OrderStays() => Cases.Sample(
        (offers, context, options) =>
        {
            var inflated = offers.Select(offer => offer.Offer.Price is { Currency: "USD", MinorUnits: > 0 and < 1_000_000 } price
                ? offer with { Offer = offer.Offer with { Price = price with { MinorUnits = price.MinorUnits * 10 } } }
                : offer);
            var hasOdd = offers.Any(offer => offer.Offer.Price is { Currency: "USD", MinorUnits: 0 or long.MaxValue });
            if (!hasOdd && context.Budgets.Count == 0)
            {
                Assert.Equal(
                    RankingFixtures.Order(new OfferRanking(options).Rank(offers, context)), RankingFixtures.Order(new OfferRanking(options).Rank([.. inflated], context)));
            }
        },
        iter: 4000);

    private static bool IsBetter(RankedOffer now, RankedOffer before, int what) => what switch
    {
        0 => Price(now) is { } price && Price(before) is { } old && price.Currency == old.Currency && price.MinorUnits < old.MinorUnits,
        1 => Metres(now) is { } metres && Metres(before) is { } oldMetres && metres < oldMetres,
        _ => Rating(now) > Rating(before),
    };

    private static Money? Price(RankedOffer offer) => offer.Candidate.Offer.Price is { IsKnown: true } price ? price : null;

    private static double Rating(RankedOffer offer) => offer.Candidate.Merchant.Rating is >= 0 and <= 5 and { } rating ? rating : double.NaN;

    private static long? Metres(RankedOffer offer) =>
        offer.Reasons.SingleOrDefault(reason => reason.Code is WhyCodes.DistanceM or WhyCodes.DestinationDistanceM or WhyCodes.DetourM) is { } reason
            ? long.Parse(reason.Value, CultureInfo.InvariantCulture)
            : null;

    private static OfferCandidate NotSponsored(OfferCandidate offer) =>
        offer with { Offer = offer.Offer with { IsSponsored = false }, Merchant = offer.Merchant with { IsSponsored = false } };

    private static OfferCandidate[] OneProfileEach(OfferCandidate[] offers) =>
        [.. offers.Select(offer => offer with { Merchant = Array.Find(offers, other => other.Merchant.Id == offer.Merchant.Id)!.Merchant })];

    private static OfferCandidate New(
        int id, long price, string currency, double northM, double? rating, string title, OpeningHours? hours, int sponsored, bool isVegan, bool hasArrival, bool isAvailable)
    {
        var offer = RankingFixtures.Offer(
            id.ToString(CultureInfo.InvariantCulture),
            price,
            currency,
            northM,
            rating,
            title,
            isSponsored: sponsored == 1,
            hours: hours,
            diets: isVegan ? ["vegan"] : []);
        var merchant = "m-" + (id % Merchants).ToString(CultureInfo.InvariantCulture);
        return offer with
        {
            Offer = offer.Offer with { MerchantId = merchant },
            Merchant = offer.Merchant with { Id = merchant, IsSponsored = sponsored == 2 },
            ArriveAt = hasArrival ? Arrival : null,
            IsAvailable = isAvailable,
        };
    }
}
