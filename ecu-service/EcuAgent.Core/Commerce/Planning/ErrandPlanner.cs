namespace EcuAgent.Core.Commerce.Planning;

/// <summary>
/// Joins errands along one way: chooses a candidate for each and the order in which the car arrives first. A pure function; the result does not
/// depend on the order of the input. Time passes only by driving, by service, and by waiting at a stop for its opening or for the order: the plan
/// leaves at once and lingers nowhere.
/// </summary>
public sealed class ErrandPlanner
{
    // Room for the longest trip and its opening hours on either side.
    private static readonly TimeSpan CalendarMargin = TimeSpan.FromDays(30);

    private readonly ErrandPlannerOptions _options;
    private readonly TravelEstimate _estimate;

    /// <summary>Makes a planner.</summary>
    /// <param name="options">Bounds.</param>
    /// <param name="estimate">Ways where a trip brings no own estimator; null for <see cref="StraightTravel"/> with its defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The options are out of range.</exception>
    public ErrandPlanner(ErrandPlannerOptions options, TravelEstimate? estimate = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
        _estimate = estimate ?? new StraightTravel(new StraightTravelOptions()).Between;
    }

    /// <summary>Plans a trip, or tells why that cannot be.</summary>
    /// <exception cref="ArgumentException">An id comes twice, a service is negative, or the start lies at the end of the calendar; it is named.</exception>
    public ErrandPlanResult Plan(ErrandTrip trip)
    {
        ArgumentNullException.ThrowIfNull(trip);
        Check(trip);
        if (Refused(trip) is { } refusal)
        {
            return new ErrandPlanResult(null, refusal);
        }

        var graph = new ErrandGraph(trip, _options, _estimate);
        var search = new ErrandSearch(graph);
        return search.Find(graph.AllMask) is { } route
            ? new ErrandPlanResult(ErrandPlanWriter.Write(graph, route), null)
            : new ErrandPlanResult(null, ErrandDiagnosis.Of(graph, search));
    }

    private static void Check(ErrandTrip trip)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trip.StartAt, DateTimeOffset.MinValue + CalendarMargin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(trip.StartAt, DateTimeOffset.MaxValue - CalendarMargin);
        CheckUnique(trip.Errands.Select(errand => errand.Id), "Errand");
        foreach (var errand in trip.Errands)
        {
            CheckUnique(errand.Candidates.Select(candidate => candidate.Id), $"Candidate of errand '{errand.Id}'");
            foreach (var candidate in errand.Candidates)
            {
                ArgumentOutOfRangeException.ThrowIfLessThan(candidate.Service, TimeSpan.Zero);
            }
        }
    }

    private static void CheckUnique(IEnumerable<string> ids, string what)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (!seen.Add(id))
            {
                throw new ArgumentException($"{what}: '{id}' comes twice.");
            }
        }
    }

    private ErrandRefusal? Refused(ErrandTrip trip)
    {
        if (!GreatCircle.IsPlace(trip.Start) || !GreatCircle.IsPlace(trip.Destination))
        {
            return new ErrandRefusal(ErrandReasons.PlaceUnknown, null, [], null);
        }

        if (trip.Errands.Count > _options.MaxErrands)
        {
            return new ErrandRefusal(ErrandReasons.TooManyErrands, null, [], null);
        }

        var tooMany = trip.Errands.Where(errand => errand.Candidates.Count > _options.MaxCandidates).MinBy(errand => errand.Id, StringComparer.Ordinal);
        return tooMany is null ? null : new ErrandRefusal(ErrandReasons.TooManyCandidates, tooMany.Id, [], null);
    }
}
