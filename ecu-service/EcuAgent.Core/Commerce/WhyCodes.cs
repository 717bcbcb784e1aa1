namespace EcuAgent.Core.Commerce;

/// <summary>Stable codes of <see cref="WhyReason"/>, at most 48 characters. Units are in the names.</summary>
public static class WhyCodes
{
    /// <summary>Title or merchant's name hold what was asked for; a value of the form <c>2/3</c> says that only so many of the words fit.</summary>
    public const string MatchesText = "matches_text";

    /// <summary>None of the words that were asked for occurs in title or merchant's name.</summary>
    public const string OtherText = "other_text";

    /// <summary>Straight line from the car, metres.</summary>
    public const string DistanceM = "distance_m";

    /// <summary>Straight line from the destination, metres.</summary>
    public const string DestinationDistanceM = "destination_distance_m";

    /// <summary>Straight line from the place that was named, metres.</summary>
    public const string AroundDistanceM = "around_distance_m";

    /// <summary>Extra way, metres: straight lines in a ranking, the estimator's way in a plan.</summary>
    public const string DetourM = "detour_m";

    /// <summary>Extra driving time, whole seconds.</summary>
    public const string DetourS = "detour_s";

    /// <summary>How far away it is, is not known.</summary>
    public const string PlaceUnknown = "place_unknown";

    /// <summary>List price of one, minor units and currency: <c>1250 EUR</c>.</summary>
    public const string PriceMinor = "price_minor";

    /// <summary>The price is not known.</summary>
    public const string PriceUnknown = "price_unknown";

    /// <summary>There are prices of several currencies; this one was compared only with prices of the currency that is the value.</summary>
    public const string PricesNotCompared = "prices_not_compared";

    /// <summary>Rating, 0 .. 5, one decimal.</summary>
    public const string Rating = "rating";

    /// <summary>No rating is known.</summary>
    public const string RatingUnknown = "rating_unknown";

    /// <summary>Closes at this time, <c>HH:mm</c> in the merchant's time zone.</summary>
    public const string OpenUntil = "open_until";

    /// <summary>Does not close within a day of the arrival.</summary>
    public const string OpenAllDay = "open_all_day";

    /// <summary>Opening hours are not known, which counts as open.</summary>
    public const string HoursUnknown = "hours_unknown";

    /// <summary>Begins the code of a diet that the offer keeps, for example <c>diet_vegan</c>; the value <c>preference</c> says that it is a standing one.</summary>
    public const string DietPrefix = "diet_";

    /// <summary>Keeps to the standing budget for one, minor units and currency: <c>1500 EUR</c>.</summary>
    public const string WithinBudgetMinor = "within_budget_minor";

    /// <summary>Above the standing budget for one, minor units and currency: the person named it.</summary>
    public const string OverBudgetMinor = "over_budget_minor";

    /// <summary>There is a standing budget, and no price in its currency; the person named it.</summary>
    public const string BudgetNotCompared = "budget_not_compared";

    /// <summary>The person bought there before.</summary>
    public const string UsedBefore = "used_before";

    /// <summary>The place in the list is paid for; always told.</summary>
    public const string Sponsored = "sponsored";

    /// <summary>Waits for the order to be ready, whole seconds.</summary>
    public const string WaitsForReadyS = "waits_for_ready_s";

    /// <summary>Waits for the place to open, whole seconds.</summary>
    public const string WaitsForOpeningS = "waits_for_opening_s";

    /// <summary>Nothing else was there to choose from.</summary>
    public const string OnlyCandidate = "only_candidate";

    /// <summary>The best for the whole trip of so many candidates.</summary>
    public const string BestOf = "best_of";

    /// <summary>The remaining range is not known, so that it was not checked.</summary>
    public const string RangeUnknown = "range_unknown";

    /// <summary>Range left at the destination, metres.</summary>
    public const string RangeLeftM = "range_left_m";
}
