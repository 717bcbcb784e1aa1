using System.Globalization;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce.Ranking;

public sealed class OfferRankingTests
{
    private static readonly DateTimeOffset Noon = Shop.At("2026-03-02T12:00", 1);

    [Fact]
    public void Rank_EverythingKnown_GivesEachReasonWithItsPoints()
    {
        var offer = RankingFixtures.Offer(
            price: 1250, northM: 3000, rating: 4.3, title: "Pizza Margherita", hours: Shop.Daily("Europe/Berlin", "11:00", "21:30"), diets: "vegan") with
        {
            ArriveAt = Noon,
        };
        var context = RankingFixtures.Context with { Diets = [new("vegan")], UsedMerchants = new HashSet<string> { "m-a" } };

        var ranked = Assert.Single(RankingFixtures.Ranking.Rank([offer], context).Offers);

        Assert.Equal(
            [
                "matches_text (+350)", "distance_m=3000 (+100)", "price_minor=1250 EUR (+100)", "used_before (+100)", "rating=4.3 (+86)",
                "open_until=21:30 (+50)", "diet_vegan",
            ],
            ranked.Explanation);
        Assert.Equal(786, ranked.Score);
        Assert.Equal("matches_text", ranked.Strongest!.Code);
        Assert.Equal(["matches_text", "distance_m=3000", "price_minor=1250 EUR", "used_before", "rating=4.3", "open_until=21:30", "diet_vegan"], ranked.Why);
    }

    [Fact]
    public void Rank_NothingKnown_SaysSoAndGivesNothing()
    {
        var offer = RankingFixtures.Offer(price: null, rating: double.NaN, northM: double.NaN, title: "Soup") with { ArriveAt = Noon };

        var ranked = Assert.Single(RankingFixtures.Ranking.Rank([offer], RankingFixtures.Context).Offers);

        Assert.Equal(["hours_unknown", "other_text", "place_unknown", "price_unknown", "rating_unknown"], ranked.Why);
        Assert.Equal(0, ranked.Score);
        Assert.Null(ranked.Strongest);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(5.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Rank_RatingOutOfRange_IsNotKnown(double rating) =>
        Assert.NotNull(RankingFixtures.Reason(RankingFixtures.Ranking.Rank([RankingFixtures.Offer(rating: rating)], RankingFixtures.Context).Offers[0], "rating_unknown"));

    [Fact]
    public void Rank_NoOffers_Nothing()
    {
        var ranked = RankingFixtures.Ranking.Rank([], RankingFixtures.Context);

        Assert.Empty(ranked.Groups);
        Assert.Empty(ranked.Offers);
        Assert.Empty(ranked.LeftOut);
        Assert.True(ranked.ArePricesCompared);
    }

    [Fact]
    public void Rank_WhatWasAskedFor_BeatsCheaperAndBetterRated()
    {
        var wanted = RankingFixtures.Offer("a", price: 1500, rating: 3.5);
        var other = RankingFixtures.Offer("b", price: 900, rating: 4.9, title: "Soup");

        Assert.Equal("a b", RankingFixtures.Order(RankingFixtures.Ranking.Rank([other, wanted], RankingFixtures.Context)));
    }

    [Fact]
    public void Rank_NameOfTheMerchantAmongTheWords_CountsAsAMatch()
    {
        var ranked = RankingFixtures.Ranking.Rank(
            [RankingFixtures.Offer(title: "Adult ticket", merchant: "Sea Life Aquarium")], RankingFixtures.Context with { Text = "aquarium" });

        Assert.NotNull(RankingFixtures.Reason(ranked.Offers[0], "matches_text"));
    }

    [Fact]
    public void Rank_SomeOfTheWords_EarnTheirShare()
    {
        var ranked = RankingFixtures.Ranking.Rank([RankingFixtures.Offer(title: "Pizza Funghi")], RankingFixtures.Context with { Text = "vegan pizza" });

        Assert.Equal(new WhyReason("matches_text", "1/2", 175), RankingFixtures.Reason(ranked.Offers[0], "matches_text"));
    }

    [Theory]
    [InlineData("diet", "diet_not_kept")]
    [InlineData("need", "not_served")]
    [InlineData("name", "another_merchant")]
    [InlineData("stock", "unavailable")]
    [InlineData("hours", "closed_at_arrival")]
    [InlineData("budget", "over_budget")]
    [InlineData("price", "price_unknown")]
    [InlineData("currency", "budget_in_other_currency")]
    public void Rank_BrokenCondition_IsLeftOutWithItsReason(string broken, string reason)
    {
        var kept = RankingFixtures.Offer("kept", price: 1000, merchant: "Mario", hours: Shop.Daily("Europe/Berlin", "11:00", "22:00"), diets: "halal") with { ArriveAt = Noon };
        var context = RankingFixtures.Context with { Diets = [new("halal")], NamedMerchant = broken == "name" ? "Mario" : null, Budgets = Euros(1000) };
        var bad = kept with { Offer = kept.Offer with { MerchantId = "m-bad", OfferId = "o-bad" }, Merchant = kept.Merchant with { Id = "m-bad" } };
        bad = broken switch
        {
            "diet" => bad with { Offer = bad.Offer with { Diets = new HashSet<string> { "vegan" } } },
            "need" => bad with { Merchant = bad.Merchant with { Needs = new HashSet<MerchantNeed> { MerchantNeed.Hotel } } },
            "name" => bad with { Merchant = bad.Merchant with { Name = "Luigi" } },
            "stock" => bad with { IsAvailable = false },
            "hours" => bad with { ArriveAt = Shop.At("2026-03-02T22:00", 1) },
            "budget" => bad with { Offer = bad.Offer with { Price = new Money(1001, "EUR") } },
            "price" => bad with { Offer = bad.Offer with { Price = new Money(-1, "EUR") } },
            _ => bad with { Offer = bad.Offer with { Price = new Money(1000, "USD") } },
        };

        var ranked = RankingFixtures.Ranking.Rank([bad, kept], context);

        Assert.Equal("kept", RankingFixtures.Order(ranked));
        Assert.Equal((bad, reason), (ranked.LeftOut.Single().Candidate, ranked.LeftOut.Single().Reason));
    }

    [Fact]
    public void Rank_SeveralBudgets_EachHoldsForItsCurrencyAndIsTold()
    {
        var context = RankingFixtures.Context with { Budgets = new Dictionary<string, long> { ["EUR"] = 1000, ["CHF"] = 1200 } };

        var ranked = RankingFixtures.Ranking.Rank(
            [
                RankingFixtures.Offer("a", price: 1000, title: "Pizza Funghi"), RankingFixtures.Offer("b", price: 1001, title: "Pizza Tonno"),
                RankingFixtures.Offer("c", price: 1200, currency: "CHF", title: "Pizza Rossa"), RankingFixtures.Offer("d", price: 1201, currency: "CHF", title: "Pizza Blu"),
            ],
            context);

        Assert.Equal(
            [("o-a", "1000 EUR"), ("o-c", "1200 CHF")],
            ranked.Offers.Select(offer => (offer.Candidate.Offer.OfferId, RankingFixtures.Reason(offer, "within_budget_minor")!.Value)).Order());
        Assert.Equal(["over_budget", "over_budget"], ranked.LeftOut.Select(offer => offer.Reason));
    }

    [Theory]
    [InlineData("pizza tonno", null, "Pizza Tonno", true)] // every word of its title
    [InlineData("pizza", "Mario", "Pizza Tonno", true)]
    [InlineData("tonno", null, "Pizza Tonno", false)]
    [InlineData("pizza", null, "Pizza Tonno", false)]
    [InlineData("pizza", null, "Pizza", true)] // as long as nothing else is called so
    [InlineData("mario", null, "Pizza Tonno", false)] // a word of a kitchen's name is a wish
    public void Rank_OverTheBudget_IsOnlyForWhoNamedIt(string text, string? merchant, string title, bool isKept)
    {
        var context = RankingFixtures.Context with { Text = text, NamedMerchant = merchant, Budgets = Euros(1000) };
        var dear = RankingFixtures.Offer("dear", price: 1001, title: title, merchant: "Mario");

        var alone = RankingFixtures.Ranking.Rank([dear], context);

        Assert.Equal(isKept ? "dear" : "", RankingFixtures.Order(alone));
        Assert.Equal(isKept ? null : "over_budget", alone.Hindrance);
        Assert.All(alone.Offers, offer => Assert.Equal("1000 EUR", RankingFixtures.Reason(offer, "over_budget_minor")!.Value));
        Assert.Single(RankingFixtures.Ranking.Rank([dear], context with { HoldsToBudget = false }).Offers);
    }

    [Fact]
    public void Rank_OverTheBudgetNamed_YieldsToWhatFitsTheWordsAsWell()
    {
        var context = RankingFixtures.Context with { NamedMerchant = "Mario", Budgets = Euros(1000) };
        OfferCandidate[] offers =
        [
            RankingFixtures.Offer("dear", price: 2000, title: "Pizza Tonno", merchant: "Mario", northM: 0, rating: 5),
            RankingFixtures.Offer("kept", price: 1000, title: "Pizza Funghi", merchant: "Mario", northM: 90_000, rating: 0),
        ];

        Assert.Equal("kept", RankingFixtures.Order(RankingFixtures.Ranking.Rank(offers, context)));
        Assert.Equal("dear kept", RankingFixtures.Order(RankingFixtures.Ranking.Rank(offers, context with { Text = "pizza tonno" })));
    }

    [Theory]
    [InlineData(MerchantNeed.Hotel, true)]
    [InlineData(MerchantNeed.Ticket, true)]
    [InlineData(MerchantNeed.Food, false)]
    public void Rank_HouseNamedOverTheBudget_IsKeptWhereHousesAreAskedFor(MerchantNeed need, bool isKept)
    {
        var offer = RankingFixtures.Offer(price: 1001, title: "Double room", merchant: "Hotel Adler");
        offer = offer with { Merchant = offer.Merchant with { Needs = new HashSet<MerchantNeed> { need } } };

        var ranked = RankingFixtures.Ranking.Rank([offer], RankingFixtures.Context with { Need = need, Text = "Adler", Budgets = Euros(1000) });

        Assert.Equal(isKept ? 1 : 0, ranked.Offers.Count);
    }

    [Fact]
    public void Rank_NamedWithoutAComparablePrice_SaysThatTheBudgetWasNotCompared()
    {
        var context = RankingFixtures.Context with { NamedMerchant = "Mario", Budgets = Euros(1000) };

        var ranked = RankingFixtures.Ranking.Rank([RankingFixtures.Offer(price: 900, currency: "USD", merchant: "Mario")], context);

        Assert.NotNull(RankingFixtures.Reason(ranked.Offers.Single(), "budget_not_compared"));
    }

    [Fact]
    public void Rank_SeveralDiets_AllAreKeptAndTheStandingOnesAreTold()
    {
        var context = RankingFixtures.Context with { Diets = [new("halal"), new("vegan", IsStanding: true)] };

        var ranked = RankingFixtures.Ranking.Rank(
            [RankingFixtures.Offer("a", diets: "halal"), RankingFixtures.Offer("b", diets: "vegan"), RankingFixtures.Offer("c", diets: ["halal", "vegan"])], context);

        Assert.Equal("c", RankingFixtures.Order(ranked));
        Assert.Equal(["diet_not_kept", "diet_not_kept"], ranked.LeftOut.Select(offer => offer.Reason));
        Assert.Contains("diet_halal", ranked.Offers[0].Why);
        Assert.Contains("diet_vegan=preference", ranked.Offers[0].Why);
    }

    [Fact]
    public void Hindrance_SeveralReasons_IsThatOfTheOfferThatCameClosest()
    {
        var context = RankingFixtures.Context with { Diets = [new("vegan")], Budgets = Euros(1000) };
        OfferCandidate[] offers = [RankingFixtures.Offer("a"), RankingFixtures.Offer("b", price: 1001, title: "Pizza Tonno", diets: "vegan"), RankingFixtures.Offer("c", diets: "halal")];

        Assert.Equal("over_budget", RankingFixtures.Ranking.Rank(offers, context).Hindrance);
        Assert.Null(RankingFixtures.Ranking.Rank(offers, context with { Budgets = Euros(1001) }).Hindrance);
        Assert.Null(RankingFixtures.Ranking.Rank([], context).Hindrance);
    }

    [Fact]
    public void Rank_VegetarianWished_TakesVeganToo()
    {
        var context = RankingFixtures.Context with { Diets = [new("vegetarian")] };

        Assert.Single(RankingFixtures.Ranking.Rank([RankingFixtures.Offer(diets: "vegan")], context).Offers);
        Assert.Empty(RankingFixtures.Ranking.Rank([RankingFixtures.Offer(diets: "vegetarian")], context with { Diets = [new("vegan")] }).Offers);
    }

    [Theory]
    [InlineData("burger king", "exact")]
    [InlineData("the burger king", "")]
    [InlineData("king", "drive exact")]
    [InlineData("m-drive", "drive")]
    [InlineData("!!!", "")]
    [InlineData("  ", "drive exact other")]
    [InlineData(null, "drive exact other")]
    public void Rank_NamedMerchant_ExactNameFirstThenThoseWithAllItsWords(string? named, string kept)
    {
        OfferCandidate[] offers =
        [
            RankingFixtures.Offer("exact", merchant: "Burger King"), RankingFixtures.Offer("drive", merchant: "Burger King Drive-in"),
            RankingFixtures.Offer("other", merchant: "Pizza Palace"),
        ];

        var ranked = RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context with { NamedMerchant = named });

        Assert.Equal(kept, RankingFixtures.Order(ranked));
    }

    [Fact]
    public void Rank_SeveralCurrencies_AreGroupedAndSaidSo()
    {
        OfferCandidate[] offers =
        [
            RankingFixtures.Offer("e1", price: 900), RankingFixtures.Offer("e2", price: 1100), RankingFixtures.Offer("u", price: 1, currency: "USD", northM: 500),
            RankingFixtures.Offer("n", price: null),
        ];

        var ranked = RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context);

        // The dollar group leads by its nearer offer, not by its price of one cent.
        Assert.Equal(["USD", "EUR"], ranked.Groups.Select(group => group.Currency));
        Assert.Equal("u n e1 e2", RankingFixtures.Order(ranked));
        Assert.Equal([1, 2, 3, 4], ranked.Offers.Select(offer => offer.Rank));
        Assert.False(ranked.ArePricesCompared);
        Assert.All(ranked.Offers.Where(offer => offer.Candidate.Offer.Price is not null), offer =>
            Assert.Equal(offer.Candidate.Offer.Price!.Value.Currency, RankingFixtures.Reason(offer, "prices_not_compared")!.Value));
        Assert.Equal("EUR", RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context with { Currency = "EUR" }).Groups[0].Currency);
    }

    [Fact]
    public void Rank_OneCurrency_SaysNothingAboutOthers() =>
        Assert.Null(RankingFixtures.Reason(RankingFixtures.Ranking.Rank([RankingFixtures.Offer()], RankingFixtures.Context).Offers[0], "prices_not_compared"));

    [Fact]
    public void Rank_NoPriceAtAll_OneGroupWithoutACurrency()
    {
        var group = Assert.Single(RankingFixtures.Ranking.Rank([RankingFixtures.Offer("a", price: null), RankingFixtures.Offer("b", price: null)], RankingFixtures.Context).Groups);

        Assert.Null(group.Currency);
        Assert.Equal(2, group.Offers.Count);
    }

    [Fact]
    public void Rank_Free_EarnsAllPoints()
    {
        var ranked = RankingFixtures.Ranking.Rank([RankingFixtures.Offer("a", price: 0), RankingFixtures.Offer("b", price: 0)], RankingFixtures.Context);

        Assert.All(ranked.Offers, offer => Assert.Equal(200, RankingFixtures.Reason(offer, "price_minor")!.Points));
    }

    [Fact]
    public void Rank_Sponsored_IsLabelledAndNotFirst()
    {
        OfferCandidate[] offers = [RankingFixtures.Offer("a"), RankingFixtures.Offer("b", price: 1001, isSponsored: true)];
        var merchant = offers[1] with { Offer = offers[1].Offer with { IsSponsored = false }, Merchant = offers[1].Merchant with { IsSponsored = true } };

        var byOffer = RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context);
        var byMerchant = RankingFixtures.Ranking.Rank([merchant, offers[0]], RankingFixtures.Context);

        Assert.Equal("a b", RankingFixtures.Order(byOffer));
        Assert.Equal(RankingFixtures.Text(byOffer), RankingFixtures.Text(byMerchant));
        Assert.Equal((false, true), (byOffer.Offers[0].IsSponsored, byOffer.Offers[1].IsSponsored));
        Assert.Equal(0, RankingFixtures.Reason(byOffer.Offers[1], "sponsored")!.Points);
    }

    [Fact]
    public void Rank_SponsoredAndAllowed_RanksHigherAndSaysBecauseOfWhat()
    {
        OfferCandidate[] offers = [RankingFixtures.Offer("a"), RankingFixtures.Offer("b", price: 1001, isSponsored: true)];

        var ranked = RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context with { SponsoredMayRankHigher = true });

        Assert.Equal("b a", RankingFixtures.Order(ranked));
        Assert.Equal(100, RankingFixtures.Reason(ranked.Offers[0], "sponsored")!.Points);
        Assert.NotEqual("sponsored", ranked.Offers[0].Strongest!.Code);
    }

    [Fact]
    public void Rank_OnlySponsorshipSpeaksForIt_HasNoStrongestReason()
    {
        var offer = RankingFixtures.Offer(price: null, rating: null, northM: double.NaN, title: "Soup", isSponsored: true);

        Assert.Null(RankingFixtures.Ranking.Rank([offer], RankingFixtures.Context with { SponsoredMayRankHigher = true }).Offers[0].Strongest);
    }

    [Theory]
    [InlineData(PlaceNear.Here, "distance_m=1000")]
    [InlineData(PlaceNear.Destination, "destination_distance_m=9000")]
    [InlineData(PlaceNear.Route, "detour_m=0")]
    public void Rank_Near_IsMeasuredFromWhatWasMeant(PlaceNear near, string reason)
    {
        var context = RankingFixtures.Context with { Near = near, Destination = RankingFixtures.North(10_000) };

        Assert.Contains(reason, RankingFixtures.Ranking.Rank([RankingFixtures.Offer(northM: 1000)], context).Offers[0].Why);
    }

    [Theory]
    [InlineData(PlaceNear.Destination)]
    [InlineData(PlaceNear.Route)]
    public void Rank_DestinationNotKnown_IsMeasuredFromTheCar(PlaceNear near)
    {
        var context = RankingFixtures.Context with { Near = near, Destination = new GeoPoint(double.NaN, 0) };

        Assert.Contains("distance_m=1000", RankingFixtures.Ranking.Rank([RankingFixtures.Offer(northM: 1000)], context).Offers[0].Why);
    }

    [Fact]
    public void Rank_BehindTheCarOnTheWay_CostsThereAndBack()
    {
        var context = RankingFixtures.Context with { Near = PlaceNear.Route, Destination = RankingFixtures.North(10_000) };

        Assert.Contains("detour_m=2000", RankingFixtures.Ranking.Rank([RankingFixtures.Offer(northM: -1000)], context).Offers[0].Why);
    }

    [Fact]
    public void Rank_AcrossTheDateLine_IsNear()
    {
        var offer = RankingFixtures.Offer();
        offer = offer with { Merchant = offer.Merchant with { Position = new GeoPoint(0, -179.999) } };

        Assert.Contains("distance_m=222", RankingFixtures.Ranking.Rank([offer], RankingFixtures.Context with { Car = new GeoPoint(0, 179.999) }).Offers[0].Why);
    }

    [Fact]
    public void Rank_AroundAPlace_NearMeansNearThatAndTheRestIsTooFar()
    {
        var context = RankingFixtures.Context with { Around = RankingFixtures.North(50_000), WithinM = 5000, Destination = RankingFixtures.North(1000), Near = PlaceNear.Destination };

        var ranked = RankingFixtures.Ranking.Rank(
            [
                RankingFixtures.Offer("a", northM: 1000), RankingFixtures.Offer("b", northM: 53_000), RankingFixtures.Offer("c", northM: 49_000),
                RankingFixtures.Offer("d", northM: double.NaN),
            ],
            context);

        Assert.Equal("c b d", RankingFixtures.Order(ranked));
        Assert.Equal(("o-a", "too_far"), Assert.Single(ranked.LeftOut) is var left ? (left.Candidate.Offer.OfferId, left.Reason) : default);
        Assert.Equal("1000", RankingFixtures.Reason(ranked.Offers[0], "around_distance_m")!.Value);
    }

    [Theory]
    [InlineData(PlaceNear.Destination, 1)]
    [InlineData(PlaceNear.Route, 0)]
    [InlineData(PlaceNear.Here, 0)]
    public void Rank_Within_CountsFromTheDestinationOnlyWhereThatIsMeant(PlaceNear near, int leftOut) => Assert.Equal(
        leftOut,
        RankingFixtures.Ranking.Rank(
            [RankingFixtures.Offer(northM: 1000)], RankingFixtures.Context with { Destination = RankingFixtures.North(90_000), Near = near, WithinM = 5000 }).LeftOut.Count);

    [Fact]
    public void Rank_CarNotKnown_StillRanksByTheRest()
    {
        OfferCandidate[] offers = [RankingFixtures.Offer("a", price: 1500, northM: 10), RankingFixtures.Offer("b", price: 900, northM: 9000)];

        Assert.Equal("b a", RankingFixtures.Order(RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context with { Car = new GeoPoint(double.NaN, double.NaN) })));
    }

    [Theory]
    [InlineData(DeliveryKind.Digital, false)]
    [InlineData(DeliveryKind.Shipping, false)]
    [InlineData(DeliveryKind.Pickup, true)]
    [InlineData(DeliveryKind.LocalDelivery, true)]
    [InlineData(DeliveryKind.Any, true)]
    public void Rank_Delivery_DistanceCountsOnlyWhereSomebodyDrives(DeliveryKind delivery, bool counts)
    {
        var ranked = RankingFixtures.Ranking.Rank(
            [RankingFixtures.Offer("b", northM: 10), RankingFixtures.Offer("a", northM: 90_000)], RankingFixtures.Context with { Delivery = delivery });

        Assert.Equal(counts ? "b a" : "a b", RankingFixtures.Order(ranked));
        Assert.Equal(counts, RankingFixtures.Reason(ranked.Offers[0], "distance_m") is not null);
    }

    [Theory]
    [InlineData("2026-03-02T21:30", "22:00", "open_until=22:00", 50)]
    [InlineData("2026-03-02T21:45", "22:00", "open_until=22:00", 25)]
    [InlineData("2026-03-02T21:59", "22:00", "open_until=22:00", 1)]
    [InlineData("2026-03-02T23:30", "02:00", "open_until=02:00", 50)]
    [InlineData("2026-03-02T12:00", "00:00", "open_until=00:00", 50)]
    public void Rank_OpenAtTheArrival_SaysUntilWhenInTheMerchantsZone(string arrival, string until, string reason, int points)
    {
        // The arrival is written in Berlin's time and given in UTC.
        var offer = RankingFixtures.Offer(hours: Shop.Daily("Europe/Berlin", "11:00", until)) with { ArriveAt = Shop.At(arrival, 1).ToUniversalTime() };

        var open = RankingFixtures.Ranking.Rank([offer], RankingFixtures.Context).Offers[0].Reasons.Single(found => found.Code == "open_until");

        Assert.Equal((reason, points), (open.ToString(), open.Points));
    }

    [Fact]
    public void Rank_OpenDayAndNight_SaysSo()
    {
        var offer = RankingFixtures.Offer(hours: Shop.Daily("Europe/Berlin", "00:00", "00:00")) with { ArriveAt = Noon };

        Assert.Contains("open_all_day", RankingFixtures.Ranking.Rank([offer], RankingFixtures.Context).Offers[0].Why);
    }

    [Fact]
    public void Rank_ArrivalNotKnown_HoursDoNotCount()
    {
        var ranked = RankingFixtures.Ranking.Rank([RankingFixtures.Offer(hours: Shop.Hours("UTC"))], RankingFixtures.Context);

        Assert.DoesNotContain(ranked.Offers[0].Why, why => why.StartsWith("open", StringComparison.Ordinal) || why == "hours_unknown");
    }

    [Fact]
    public void Rank_EverythingEqual_IsOrderedByIds()
    {
        OfferCandidate[] offers = [RankingFixtures.Offer("c"), RankingFixtures.Offer("a"), RankingFixtures.Offer("b")];

        Assert.Equal("a b c", RankingFixtures.Order(RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context)));

        // Of one merchant, too.
        OfferCandidate[] same = [.. offers.Select(offer => offer with { Offer = offer.Offer with { MerchantId = "m" }, Merchant = offers[0].Merchant with { Id = "m" } })];
        Assert.Equal("a b c", RankingFixtures.Order(RankingFixtures.Ranking.Rank(same, RankingFixtures.Context)));
    }

    [Fact]
    public void Rank_SameIdTwice_KeepsTheDearerAndItsLabel()
    {
        OfferCandidate[] offers = [RankingFixtures.Offer(price: 900, isSponsored: true), RankingFixtures.Offer(price: 1000)];

        var ranked = RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context);

        Assert.Equal(1000, ranked.Offers.Single().Candidate.Offer.Price!.Value.MinorUnits);
        Assert.True(ranked.Offers[0].IsSponsored);
        Assert.Equal("duplicate", ranked.LeftOut.Single().Reason);
    }

    [Fact]
    public void Rank_OfferOfAnotherMerchant_IsRefusedByName()
    {
        var offer = RankingFixtures.Offer();

        var fault = Assert.Throws<ArgumentException>(() =>
            RankingFixtures.Ranking.Rank([offer with { Merchant = offer.Merchant with { Id = "m-z" } }], RankingFixtures.Context));

        Assert.Contains("'m-z'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_MalformedContext_IsRefusedByName()
    {
        Refused(RankingFixtures.Context with { Budgets = Euros(-1) }, "Budgets -1 'EUR'");
        Refused(RankingFixtures.Context with { Budgets = new Dictionary<string, long> { ["euro"] = 1 } }, "Budgets 1 'euro'");
        Refused(RankingFixtures.Context with { Currency = "eur" }, "Currency");
        Refused(RankingFixtures.Context with { Diets = [new("vegan"), new("No Meat")] }, "Diets 'No Meat'");
        Refused(RankingFixtures.Context with { Diets = [new("")] }, "Diets ''");

        static void Refused(RankingContext context, string name) =>
            Assert.Contains(name, Assert.ThrowsAny<ArgumentException>(() => RankingFixtures.Ranking.Rank([], context)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("tr-TR")]
    public void Rank_AnyCulture_SaysTheSame(string culture)
    {
        OfferCandidate[] offers =
        [
            RankingFixtures.Offer("i", rating: 4.25, title: "PIZZA ISTANBUL", hours: Shop.Daily("UTC", "10:00", "21:30")) with { ArriveAt = Noon },
            RankingFixtures.Offer("I", price: 12345678, northM: 123456),
        ];
        var expected = RankingFixtures.Text(RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, RankingFixtures.Text(RankingFixtures.Ranking.Rank(offers, RankingFixtures.Context)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static Dictionary<string, long> Euros(long most) => new() { ["EUR"] = most };
}
