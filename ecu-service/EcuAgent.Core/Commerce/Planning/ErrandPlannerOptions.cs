namespace EcuAgent.Core.Commerce.Planning;

/// <summary>Bounds of a plan. The search is exact within them.</summary>
public sealed record ErrandPlannerOptions
{
    /// <summary>Most errands of one trip.</summary>
    /// <value>1 .. 6; default 6.</value>
    public int MaxErrands { get; init; } = 6;

    /// <summary>
    /// Most candidates of one errand; a ranking gives the best. More are refused and not thinned out, because a thinned list would no longer give
    /// the best plan.
    /// </summary>
    /// <value>1 .. 6; default 5.</value>
    public int MaxCandidates { get; init; } = 5;

    /// <summary>Longest wait at one stop, and longest time that an order may come after the arrival at the destination.</summary>
    /// <value>0 .. 4 h; default 30 min.</value>
    public TimeSpan MaxWait { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Range that has to be left at the destination: enough to reach a charger or a filling station.</summary>
    /// <value>0 .. 200000 m; default 20000 m.</value>
    public int RangeReserveM { get; init; } = 20_000;

    /// <summary>Longest trip, also when no latest arrival is given.</summary>
    /// <value>1 h .. 72 h; default 24 h.</value>
    public TimeSpan LongestTrip { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Checks every range; <see cref="ErrandPlanner"/> does so as well.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; it is named with its value.</exception>
    public void Validate()
    {
        Check(nameof(MaxErrands), MaxErrands, 1, 6);
        Check(nameof(MaxCandidates), MaxCandidates, 1, 6);
        Check(nameof(MaxWait), MaxWait, TimeSpan.Zero, TimeSpan.FromHours(4));
        Check(nameof(RangeReserveM), RangeReserveM, 0, 200_000);
        Check(nameof(LongestTrip), LongestTrip, TimeSpan.FromHours(1), TimeSpan.FromHours(72));
    }

    private static void Check<T>(string name, T value, T lowest, T highest)
        where T : IComparable<T>
    {
        if (value.CompareTo(lowest) < 0 || value.CompareTo(highest) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be within {lowest} to {highest}."));
        }
    }
}
