using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>
/// Orders offers of several merchants. A pure function: the same offers and wishes give the same order, however the offers came in. Who pays
/// for a place gains nothing by it unless the person allowed that. Cheaper, nearer or better rated never means a lower place.
/// </summary>
public sealed class OfferRanking
{
    private readonly RankingOptions _options;

    /// <summary>Makes a ranking with these weights.</summary>
    /// <exception cref="ArgumentException">The options are out of range; see <see cref="RankingOptions.Validate"/>.</exception>
    public OfferRanking(RankingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>Ranks what keeps all conditions, and tells what does not.</summary>
    /// <exception cref="ArgumentException">The context is malformed, or an offer stands with another's merchant; it is named.</exception>
    public RankedOffers Rank(IReadOnlyCollection<OfferCandidate> candidates, RankingContext context)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(context);
        context.Validate();
        foreach (var candidate in candidates)
        {
            CheckMerchant(candidate);
        }

        var leftOut = new List<LeftOutOffer>();
        var distinct = WithoutDuplicates(candidates, leftOut);
        var conditions = new Conditions(context, distinct.Select(candidate => candidate.Merchant));
        var sound = Kept(distinct, conditions.Broken, leftOut);
        var budget = new BudgetRule(context, conditions, sound);
        var scorer = new OfferScorer(_options, context);
        var scored = Kept(sound, budget.Broken, leftOut).ConvertAll(scorer.Score);
        return new RankedOffers(
            Numbered(Grouped(scored, scorer, context)),
            [.. leftOut.OrderBy(offer => offer.Candidate.Merchant.Id, StringComparer.Ordinal).ThenBy(offer => offer.Candidate.Offer.OfferId, StringComparer.Ordinal)]);
    }

    private static void CheckMerchant(OfferCandidate candidate)
    {
        if (candidate.Offer.MerchantId != candidate.Merchant.Id)
        {
            throw new ArgumentException(
                $"Offer '{candidate.Offer.OfferId}' of merchant '{candidate.Offer.MerchantId}' stands with merchant '{candidate.Merchant.Id}'.");
        }
    }

    private static List<OfferCandidate> Kept(IEnumerable<OfferCandidate> candidates, Func<OfferCandidate, string?> broken, List<LeftOutOffer> leftOut)
    {
        var kept = new List<OfferCandidate>();
        foreach (var candidate in candidates)
        {
            if (broken(candidate) is { } reason)
            {
                leftOut.Add(new LeftOutOffer(candidate, reason));
            }
            else
            {
                kept.Add(candidate);
            }
        }

        return kept;
    }

    /// <summary>One offer for each id. The worse one, so that nobody is told too much; labelled when any of them is sponsored.</summary>
    private static List<OfferCandidate> WithoutDuplicates(IEnumerable<OfferCandidate> candidates, List<LeftOutOffer> leftOut)
    {
        var kept = new List<OfferCandidate>();
        foreach (var same in candidates.GroupBy(candidate => (candidate.Merchant.Id, candidate.Offer.OfferId)))
        {
            var ordered = same
                .OrderBy(candidate => candidate.IsAvailable)
                .ThenByDescending(candidate => candidate.Offer.Price?.MinorUnits ?? -1)
                .ThenBy(candidate => candidate.Offer.Price?.Currency, StringComparer.Ordinal)
                .ThenBy(candidate => candidate.Offer.Title, StringComparer.Ordinal)
                .ThenBy(candidate => string.Join(',', candidate.Offer.Diets.Order(StringComparer.Ordinal)), StringComparer.Ordinal)
                .ThenBy(candidate => candidate.ArriveAt)
                .ToList();
            var isSponsored = ordered.Exists(candidate => candidate.Offer.IsSponsored || candidate.Merchant.IsSponsored);
            kept.Add(ordered[0] with { Offer = ordered[0].Offer with { IsSponsored = isSponsored } });
            leftOut.AddRange(ordered.Skip(1).Select(candidate => new LeftOutOffer(candidate, LeftOutReasons.Duplicate)));
        }

        return kept;
    }

    /// <summary>
    /// One group for each currency. The person's own currency comes first, then the group whose best offer has the highest score without its
    /// price. Offers without a price join the first group, where they earn nothing for it.
    /// </summary>
    private static List<(string? Currency, List<ScoredOffer> Offers)> Grouped(List<ScoredOffer> scored, OfferScorer scorer, RankingContext context)
    {
        var preferred = context.Currency ?? (context.Budgets.Count == 1 ? context.Budgets.Keys.Single() : null);
        var groups = scored.Where(offer => offer.Currency is not null)
            .GroupBy(offer => offer.Currency)
            .OrderByDescending(group => group.Key == preferred)
            .ThenByDescending(group => group.Max(offer => offer.Score))
            .ThenBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Currency: group.Key, Offers: group.ToList()))
            .ToList();
        var areSeveral = groups.Count > 1;
        groups = groups.ConvertAll(group => (group.Currency, Priced(group.Offers, scorer, areSeveral)));

        var withoutPrice = scored.FindAll(offer => offer.Currency is null);
        if (withoutPrice.Count > 0 && groups.Count == 0)
        {
            return [(null, withoutPrice)];
        }

        if (withoutPrice.Count > 0)
        {
            groups[0].Offers.AddRange(withoutPrice);
        }

        return groups;
    }

    private static List<ScoredOffer> Priced(List<ScoredOffer> offers, OfferScorer scorer, bool areSeveral)
    {
        var prices = offers.ConvertAll(offer => offer.PriceMinorUnits);
        prices.Sort();
        var middle = Math.Max(1, prices[(prices.Count - 1) / 2]);
        return offers.ConvertAll(offer => offer with
        {
            Reasons =
            [
                .. offer.Reasons, scorer.Price(offer.PriceMinorUnits, offer.Currency!, middle),
                .. areSeveral ? [new WhyReason(WhyCodes.PricesNotCompared, offer.Currency!)] : Array.Empty<WhyReason>(),
            ],
        });
    }

    private static List<OfferGroup> Numbered(List<(string? Currency, List<ScoredOffer> Offers)> groups)
    {
        var ranked = new List<OfferGroup>();
        var rank = 0;
        foreach (var (currency, offers) in groups)
        {
            ranked.Add(new OfferGroup(currency, [.. Ordered(offers).Select(offer => Ranked(offer, ++rank))]));
        }

        return ranked;
    }

    // What is equal in points after rounding is decided by the figures themselves, and last by ids; never by who came first.
    private static IEnumerable<ScoredOffer> Ordered(IEnumerable<ScoredOffer> offers) => offers
        .OrderByDescending(offer => offer.Score)
        .ThenBy(offer => offer.PriceMinorUnits)
        .ThenBy(offer => offer.DistanceM)
        .ThenByDescending(offer => offer.RatingThousandths)
        .ThenBy(offer => offer.Candidate.Merchant.Id, StringComparer.Ordinal)
        .ThenBy(offer => offer.Candidate.Offer.OfferId, StringComparer.Ordinal);

    private static RankedOffer Ranked(ScoredOffer offer, int rank) => new(
        offer.Candidate,
        rank,
        offer.Score,
        offer.IsSponsored,
        [.. offer.Reasons.OrderByDescending(reason => reason.Points).ThenBy(reason => reason.Code, StringComparer.Ordinal)]);
}
