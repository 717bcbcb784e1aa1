using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>
/// Whether an offer keeps to the budget, among all that keep the other conditions. What the person named may cost more, as long as nothing within
/// the budget fits the words as well: "noodles" is a name and a wish.
/// </summary>
internal sealed class BudgetRule
{
    private readonly RankingContext _context;
    private readonly Conditions _conditions;
    private readonly IReadOnlyList<string> _words;

    // Most words that something within the budget fits; -1 when nothing is within it.
    private readonly int _mostWithin;

    public BudgetRule(RankingContext context, Conditions conditions, IReadOnlyCollection<OfferCandidate> candidates)
    {
        _context = context;
        _conditions = conditions;
        _words = WordMatch.Words(context.Text);
        _mostWithin = candidates.Where(candidate => Beyond(candidate) is null).Select(Fit).DefaultIfEmpty(-1).Max();
    }

    /// <summary>How the budget leaves the offer out, or null.</summary>
    public string? Broken(OfferCandidate candidate) =>
        _context.HoldsToBudget && Beyond(candidate) is { } reason && !(IsNamed(candidate) && Fit(candidate) > _mostWithin) ? reason : null;

    private string? Beyond(OfferCandidate candidate)
    {
        if (_context.Budgets.Count == 0)
        {
            return null;
        }

        if (candidate.Offer.Price is not { IsKnown: true, Currency: { } currency } price)
        {
            return LeftOutReasons.PriceUnknown;
        }

        return !_context.Budgets.TryGetValue(currency, out var most) ? LeftOutReasons.BudgetInOtherCurrency
            : price.MinorUnits > most ? LeftOutReasons.OverBudget
            : null;
    }

    private int Fit(OfferCandidate candidate) => WordMatch.Count(_words, candidate.Offer.Title + "\n" + candidate.Merchant.Name);

    // A hotel or a museum is its own name; "pizza" is no name of the Pizza Corner.
    private bool IsNamed(OfferCandidate candidate) =>
        _conditions.IsNamed(candidate.Merchant)
        || WordMatch.IsNamed(candidate.Offer.Title, _context.Text)
        || (_context.Need is MerchantNeed.Hotel or MerchantNeed.Ticket && WordMatch.IsNamed(_context.Text, candidate.Merchant.Name));
}
