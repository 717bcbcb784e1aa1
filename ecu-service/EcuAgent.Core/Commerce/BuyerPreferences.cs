using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce;

/// <summary>What holds for every purchase of the person without being said. Nothing by default.</summary>
public sealed record BuyerPreferences
{
    private const long MostMinorUnits = 100_000_000;

    private static readonly IReadOnlyDictionary<string, long> NoLimit = new Dictionary<string, long>();

    /// <summary>
    /// Diets of the tool catalogue that all food has to keep. Whatever is said is kept besides: one of them may be there for an allergy, so no
    /// words lift them.
    /// </summary>
    public IReadOnlyList<string> Diets { get; init; } = [];

    /// <summary>What one portion, night or ticket may cost. Lifted by naming the offer or its merchant, and told then.</summary>
    public BuyerBudgets Budgets { get; init; } = new();

    /// <summary>Currency whose offers are told first; ISO 4217, null for none.</summary>
    public string? Currency { get; init; }

    /// <summary>The diets that an offer has to keep: the one that was said, and the standing ones. Only food has diets.</summary>
    /// <param name="need">What for.</param>
    /// <param name="said">Diet that was said; null for none.</param>
    public IReadOnlyList<DietWish> DietsOf(MerchantNeed need, string? said)
    {
        IEnumerable<DietWish> spoken = said is null ? [] : [new DietWish(said)];
        return need == MerchantNeed.Food
            ? [.. spoken, .. Diets.Where(diet => diet != said).Distinct(StringComparer.Ordinal).Select(diet => new DietWish(diet, IsStanding: true))]
            : [.. spoken];
    }

    /// <summary>What one may cost, minor units by currency; empty for no limit.</summary>
    public IReadOnlyDictionary<string, long> BudgetsOf(MerchantNeed need) => need switch
    {
        MerchantNeed.Food => Budgets.FoodPerPerson,
        MerchantNeed.Hotel => Budgets.HotelPerNight,
        MerchantNeed.Ticket => Budgets.TicketEach,
        _ => NoLimit,
    };

    /// <summary>What one may cost, in a currency where that is set, else in the person's own, else in the first; null for no limit.</summary>
    public Money? BudgetOf(MerchantNeed need, string? currency)
    {
        var budgets = BudgetsOf(need);
        var one = new[] { currency, Currency }.FirstOrDefault(code => code is not null && budgets.ContainsKey(code)) ?? budgets.Keys.Order(StringComparer.Ordinal).FirstOrDefault();
        return one is null ? null : new Money(budgets[one], one);
    }

    /// <summary>The budget that the total of an order is above, for one portion, night or ticket; null when it is above none in its currency.</summary>
    /// <param name="order">The order, with the quantity that is finally asked for.</param>
    /// <param name="total">What is paid in all.</param>
    public Money? Exceeded(CheckoutOrder order, Money? total)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (total is not { IsKnown: true, Currency: { } currency } known || !BudgetsOf(order.Need).TryGetValue(currency, out var one))
        {
            return null;
        }

        var pieces = (Int128)order.Lines.Sum(line => (long)line.Quantity) * (order.Nights ?? 1);
        return known.MinorUnits > one * pieces ? new Money(one, currency) : null;
    }

    /// <summary>Every setting that is wrong, each with name, value and what is allowed; empty when all is well.</summary>
    /// <param name="catalogue">Says which diets there are.</param>
    public IReadOnlyList<string> Faults(ToolCatalogue catalogue)
    {
        ArgumentNullException.ThrowIfNull(catalogue);
        var known = catalogue.TryGet(ToolNames.OrderFood, out var tool) ? tool.Parameter("diet")?.Words ?? [] : [];
        List<string> faults =
        [
            .. Diets.Index().Where(diet => !known.Contains(diet.Item))
                .Select(diet => $"{nameof(Diets)}:{diet.Index} = '{diet.Item}'; known are {string.Join(", ", known)}"),
        ];
        Check(nameof(BuyerBudgets.FoodPerPerson), Budgets.FoodPerPerson);
        Check(nameof(BuyerBudgets.HotelPerNight), Budgets.HotelPerNight);
        Check(nameof(BuyerBudgets.TicketEach), Budgets.TicketEach);
        if (Currency is not null && !Money.IsCurrencyCode(Currency))
        {
            faults.Add($"{nameof(Currency)} = '{Currency}'; allowed: three upper-case letters, or leave the setting out");
        }

        return faults;

        void Check(string name, IReadOnlyDictionary<string, long> amounts)
        {
            foreach (var (currency, amount) in amounts.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                var place = $"{nameof(Budgets)}:{name}:{currency}";
                if (!Money.IsCurrencyCode(currency))
                {
                    faults.Add(FormattableString.Invariant($"{place} = {amount}; allowed: three upper-case letters as the currency"));
                }
                else if (amount is < 1 or > MostMinorUnits)
                {
                    faults.Add(FormattableString.Invariant($"{place} = {amount}; allowed: 1 to {MostMinorUnits} minor units"));
                }
            }
        }
    }
}
