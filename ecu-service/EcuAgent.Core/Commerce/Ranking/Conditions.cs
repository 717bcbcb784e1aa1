using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>What an offer must keep to be suggested at all; the budget apart, which depends on what else there is (<see cref="BudgetRule"/>).</summary>
internal sealed class Conditions
{
    private const string Vegan = "vegan";
    private const string Vegetarian = "vegetarian";

    private readonly RankingContext _context;

    // Null when no merchant was named.
    private readonly HashSet<string>? _named;

    public Conditions(RankingContext context, IEnumerable<MerchantProfile> merchants)
    {
        _context = context;
        _named = context.NamedMerchant is { } named && !string.IsNullOrWhiteSpace(named) ? Named(named, [.. merchants]) : null;
    }

    /// <summary>The first condition that is broken, or null.</summary>
    public string? Broken(OfferCandidate candidate)
    {
        if (_context.Need is { } need && !candidate.Merchant.Needs.Contains(need))
        {
            return LeftOutReasons.NotServed;
        }

        if (_named is not null && !_named.Contains(candidate.Merchant.Id))
        {
            return LeftOutReasons.AnotherMerchant;
        }

        if (IsTooFar(candidate.Merchant.Position))
        {
            return LeftOutReasons.TooFar;
        }

        if (!_context.Diets.All(diet => Keeps(candidate.Offer, diet.Name)))
        {
            return LeftOutReasons.DietNotKept;
        }

        if (!candidate.IsAvailable)
        {
            return LeftOutReasons.Unavailable;
        }

        if (IsClosed(candidate))
        {
            return LeftOutReasons.ClosedAtArrival;
        }

        return _context.Day is { } day && candidate.Merchant.Hours?.OpensOn(day) == false ? LeftOutReasons.ClosedOnDay : null;
    }

    /// <summary>True when the person named the merchant.</summary>
    public bool IsNamed(MerchantProfile merchant) => _named?.Contains(merchant.Id) == true;

    /// <summary>Those with exactly the spoken name; failing that, those whose name holds every word of it.</summary>
    private static HashSet<string> Named(string spoken, IReadOnlyList<MerchantProfile> merchants)
    {
        var words = WordMatch.Words(spoken);
        if (words.Count == 0)
        {
            return [];
        }

        var exact = merchants.Where(merchant => merchant.Id == spoken || WordMatch.AreEqual(merchant.Name, spoken)).ToList();
        var fitting = exact.Count > 0 ? exact : merchants.Where(merchant => WordMatch.Count(words, merchant.Name) == words.Count);
        return fitting.Select(merchant => merchant.Id).ToHashSet(StringComparer.Ordinal);
    }

    private bool IsTooFar(GeoPoint? merchant)
    {
        var centre = _context.Around ?? (_context.Near == PlaceNear.Destination ? _context.Destination : null);
        return GreatCircle.MetresBetween(centre, merchant) > _context.WithinM;
    }

    // Whatever is vegan is vegetarian, also where the merchant does not say so twice.
    private static bool Keeps(CatalogueOffer offer, string diet) => offer.Diets.Contains(diet) || (diet == Vegetarian && offer.Diets.Contains(Vegan));

    private static bool IsClosed(OfferCandidate candidate) =>
        candidate is { ArriveAt: { } at, Merchant.Hours: { } hours } && !hours.IsOpenAt(at);
}
