using System.Globalization;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>Counts what speaks for an offer, the price apart.</summary>
internal sealed class OfferScorer(RankingOptions options, RankingContext context)
{
    private const double HighestRating = 5;
    private const int Thousand = 1000;

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly IReadOnlyList<string> _words = WordMatch.Words(context.Text);

    // Where it comes from makes no difference to what comes by wire or by parcel.
    private bool CountsDistance => context.Delivery is not (DeliveryKind.Digital or DeliveryKind.Shipping);

    public ScoredOffer Score(OfferCandidate candidate)
    {
        var distance = Distance(candidate.Merchant.Position, out var distanceCode);
        var rating = candidate.Merchant.Rating is >= 0 and <= HighestRating and { } known ? (long)Math.Round(known * Thousand) : -1;
        var price = candidate.Offer.Price is { IsKnown: true } amount ? amount : (Gate.Money?)null;
        var scored = new ScoredOffer
        {
            Candidate = candidate,
            Reasons = [],
            Currency = price?.Currency,
            PriceMinorUnits = price?.MinorUnits ?? long.MaxValue,
            DistanceM = CountsDistance && distance is { } metres ? metres : long.MaxValue,
            RatingThousandths = rating,
        };
        return scored with
        {
            Reasons =
            [
                .. Text(candidate), .. Nearness(distance, distanceCode), .. Price(price is not null), Rating(rating), .. UsedBefore(candidate),
                .. Open(candidate), .. Diets(), .. Budget(price), .. Sponsored(scored.IsSponsored),
            ],
        };
    }

    /// <summary>The reason of a price among prices of its currency.</summary>
    /// <param name="minorUnits">The price, 0 or more.</param>
    /// <param name="currency">Its currency.</param>
    /// <param name="middleMinorUnits">The middle price of those that are compared, 1 or more: it earns half of the points.</param>
    public WhyReason Price(long minorUnits, string currency, long middleMinorUnits)
    {
        // Falls with the price and rises with the middle one, and a lower price never moves the middle by more than itself: so getting cheaper
        // never costs a place, whatever the others do.
        var points = (int)((Int128)options.PricePoints * middleMinorUnits / ((Int128)middleMinorUnits + minorUnits));
        return new WhyReason(WhyCodes.PriceMinor, FormattableString.Invariant($"{minorUnits} {currency}"), points);
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static long? Metres(double? metres) => metres is { } known ? (long)Math.Round(known) : null;

    private static IEnumerable<WhyReason> Price(bool isKnown) => isKnown ? [] : [new WhyReason(WhyCodes.PriceUnknown)];

    private IEnumerable<WhyReason> Text(OfferCandidate candidate)
    {
        if (_words.Count == 0)
        {
            return [];
        }

        // "A coffee at the Blue Bottle": the name of the merchant may be among the words.
        var count = WordMatch.Count(_words, candidate.Offer.Title + "\n" + candidate.Merchant.Name);
        var points = options.TextPoints * count / _words.Count;
        if (count == 0)
        {
            return [new WhyReason(WhyCodes.OtherText)];
        }

        return [new WhyReason(WhyCodes.MatchesText, count == _words.Count ? "" : FormattableString.Invariant($"{count}/{_words.Count}"), points)];
    }

    private long? Distance(GeoPoint? merchant, out string code)
    {
        var fromCar = Metres(GreatCircle.MetresBetween(context.Car, merchant));
        var fromDestination = Metres(GreatCircle.MetresBetween(context.Destination, merchant));
        var direct = Metres(GreatCircle.MetresBetween(context.Car, context.Destination));
        var hasDestination = context.Destination is { } destination && GreatCircle.IsPlace(destination);
        var around = Metres(GreatCircle.MetresBetween(context.Around, merchant));
        (code, var distance) = context.Near switch
        {
            _ when context.Around is { } place && GreatCircle.IsPlace(place) => (WhyCodes.AroundDistanceM, around),
            PlaceNear.Destination when hasDestination => (WhyCodes.DestinationDistanceM, fromDestination),
            PlaceNear.Route when hasDestination => (WhyCodes.DetourM, fromCar + fromDestination - direct),
            _ => (WhyCodes.DistanceM, fromCar),
        };

        // Rounding may make an extra way of -1 m.
        return distance is { } known ? Math.Max(0, known) : null;
    }

    private IEnumerable<WhyReason> Nearness(long? distance, string code)
    {
        if (!CountsDistance)
        {
            return [];
        }

        return distance is { } metres
            ? [new WhyReason(code, Number(metres), (int)((long)options.DistancePoints * options.HalfDistanceM / (options.HalfDistanceM + metres)))]
            : [new WhyReason(WhyCodes.PlaceUnknown)];
    }

    private WhyReason Rating(long thousandths) => thousandths < 0
        ? new WhyReason(WhyCodes.RatingUnknown)
        : new WhyReason(
            WhyCodes.Rating,
            (thousandths / (decimal)Thousand).ToString("0.0", CultureInfo.InvariantCulture),
            (int)(options.RatingPoints * thousandths / (long)(HighestRating * Thousand)));

    private IEnumerable<WhyReason> UsedBefore(OfferCandidate candidate) =>
        context.UsedMerchants.Contains(candidate.Merchant.Id) ? [new WhyReason(WhyCodes.UsedBefore, "", options.UsedBeforePoints)] : [];

    private IEnumerable<WhyReason> Open(OfferCandidate candidate)
    {
        if (candidate.ArriveAt is not { } at)
        {
            return [];
        }

        if (candidate.Merchant.Hours is not { } hours)
        {
            return [new WhyReason(WhyCodes.HoursUnknown)];
        }

        var closes = OpeningTimes.Periods(hours, at, at + Day)[0].Until;
        var margin = closes - at < options.ComfortableMargin ? closes - at : options.ComfortableMargin;
        var points = (int)((Int128)options.OpenPoints * margin.Ticks / options.ComfortableMargin.Ticks);
        return [closes - at >= Day
            ? new WhyReason(WhyCodes.OpenAllDay, "", points)
            : new WhyReason(WhyCodes.OpenUntil, TimeZoneInfo.ConvertTime(closes, hours.Zone).ToString("HH:mm", CultureInfo.InvariantCulture), points)];
    }

    private IEnumerable<WhyReason> Diets() => context.Diets.Select(diet => new WhyReason(WhyCodes.DietPrefix + diet.Name, diet.IsStanding ? WhyReason.Preference : ""));

    private IEnumerable<WhyReason> Budget(Gate.Money? price)
    {
        if (context.Budgets.Count == 0)
        {
            return [];
        }

        return price is { Currency: { } currency } known && context.Budgets.TryGetValue(currency, out var most)
            ? [new WhyReason(known.MinorUnits > most ? WhyCodes.OverBudgetMinor : WhyCodes.WithinBudgetMinor, FormattableString.Invariant($"{most} {currency}"))]
            : [new WhyReason(WhyCodes.BudgetNotCompared)];
    }

    private IEnumerable<WhyReason> Sponsored(bool isSponsored) => isSponsored
        ? [new WhyReason(WhyCodes.Sponsored, "", context.SponsoredMayRankHigher ? options.SponsoredPoints : 0)]
        : [];
}
