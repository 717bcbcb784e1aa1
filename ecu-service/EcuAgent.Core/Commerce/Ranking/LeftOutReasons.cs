namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>Stable codes of why an offer is not suggested, in the order in which they are checked.</summary>
public static class LeftOutReasons
{
    /// <summary>The same id of the same merchant came twice; one that cannot be had, else the dearer one, counts.</summary>
    public const string Duplicate = "duplicate";

    /// <summary>The merchant does not serve what is needed.</summary>
    public const string NotServed = "not_served";

    /// <summary>Another merchant was named.</summary>
    public const string AnotherMerchant = "another_merchant";

    /// <summary>It is further from the place that was named, or from the destination, than was asked for.</summary>
    public const string TooFar = "too_far";

    /// <summary>The offer does not keep the diet, or does not say so.</summary>
    public const string DietNotKept = "diet_not_kept";

    /// <summary>It cannot be had now.</summary>
    public const string Unavailable = "unavailable";

    /// <summary>The merchant is closed at the arrival.</summary>
    public const string ClosedAtArrival = "closed_at_arrival";

    /// <summary>The merchant does not open on the day that was said.</summary>
    public const string ClosedOnDay = "closed_on_day";

    /// <summary>There is a budget and no price.</summary>
    public const string PriceUnknown = "price_unknown";

    /// <summary>The budget is in another currency.</summary>
    public const string BudgetInOtherCurrency = "budget_in_other_currency";

    /// <summary>It costs more than the budget.</summary>
    public const string OverBudget = "over_budget";

    private static readonly string[] InOrder =
        [Duplicate, NotServed, AnotherMerchant, TooFar, DietNotKept, Unavailable, ClosedAtArrival, ClosedOnDay, PriceUnknown, BudgetInOtherCurrency, OverBudget];

    /// <summary>True for what only the budget leaves out.</summary>
    public static bool IsBudget(string reason) => reason is PriceUnknown or BudgetInOtherCurrency or OverBudget;

    /// <summary>How many conditions were kept before this one: the more, the more it tells the person.</summary>
    internal static int Order(string reason) => Array.IndexOf(InOrder, reason);
}
