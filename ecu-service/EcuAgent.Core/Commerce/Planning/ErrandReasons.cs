namespace EcuAgent.Core.Commerce.Planning;

/// <summary>Stable codes of why there is no plan.</summary>
public static class ErrandReasons
{
    /// <summary>More errands than <see cref="ErrandPlannerOptions.MaxErrands"/>.</summary>
    public const string TooManyErrands = "too_many_errands";

    /// <summary>More candidates of one errand than <see cref="ErrandPlannerOptions.MaxCandidates"/>.</summary>
    public const string TooManyCandidates = "too_many_candidates";

    /// <summary>Nothing was found for the errand.</summary>
    public const string NoCandidates = "no_candidates";

    /// <summary>Start or destination, or all places of the errand, have no position.</summary>
    public const string PlaceUnknown = "place_unknown";

    /// <summary>No road leads there, or on from there.</summary>
    public const string NoWay = "no_way";

    /// <summary>The range, less the reserve, does not suffice.</summary>
    public const string OutOfRange = "out_of_range";

    /// <summary>Closed at the arrival for longer than one may wait, or closing before it is done.</summary>
    public const string Closed = "closed";

    /// <summary>Not ready at the arrival for longer than one may wait.</summary>
    public const string NotReady = "not_ready";

    /// <summary>Nobody would be at the destination in time.</summary>
    public const string ArrivalTooLate = "arrival_too_late";
}
