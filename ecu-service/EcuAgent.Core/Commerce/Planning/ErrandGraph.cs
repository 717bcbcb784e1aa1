using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>
/// A trip in whole milliseconds and metres: what is rounded once cannot decide by its last digit. Node 0 is the start, node 1 the destination,
/// the others are candidates; errands and candidates are in the order of their ids, whatever order they came in.
/// </summary>
internal sealed class ErrandGraph
{
    /// <summary>No way, or never. A sixteenth of the range, so that a few may be added up.</summary>
    public const long None = long.MaxValue / 16;

    public const int Start = 0;
    public const int Destination = 1;

    private const int FirstCandidate = 2;
    private const double LongestWayM = 1e12;

    // Beyond the latest arrival, so that a place closing after it can be told from one that is always open.
    private static readonly TimeSpan AfterTrip = TimeSpan.FromDays(2);

    private readonly long[][] _ms;
    private readonly long[][] _metres;

    public ErrandGraph(ErrandTrip trip, ErrandPlannerOptions options, TravelEstimate estimate)
    {
        StartOffset = trip.StartAt.Offset;
        StartMs = trip.StartAt.ToUnixTimeMilliseconds();
        var longest = StartMs + (long)options.LongestTrip.TotalMilliseconds;
        LatestMs = trip.LatestArrival is { } latest ? Math.Min(latest.ToUnixTimeMilliseconds(), longest) : longest;
        MaxWaitMs = (long)options.MaxWait.TotalMilliseconds;
        IsRangeKnown = trip.RangeM is { } range && double.IsFinite(range);
        RangeM = IsRangeKnown ? (long)Math.Floor(Math.Clamp(trip.RangeM!.Value, 0, LongestWayM)) : None;
        UsableM = IsRangeKnown ? RangeM - options.RangeReserveM : None;

        Errands = [.. trip.Errands.OrderBy(errand => errand.Id, StringComparer.Ordinal)];
        var horizon = DateTimeOffset.FromUnixTimeMilliseconds(longest) + options.MaxWait + AfterTrip;
        var nodes = new List<ErrandNode>();
        CandidatesOf = new ErrandNode[Errands.Length][];
        for (var errand = 0; errand < Errands.Length; errand++)
        {
            CandidatesOf[errand] = Nodes(errand, FirstCandidate + nodes.Count, trip.StartAt, horizon);
            StopMask |= Errands[errand].Place == ErrandPlace.Stop ? 1 << errand : 0;
            nodes.AddRange(Errands[errand].Place == ErrandPlace.Stop ? CandidatesOf[errand] : []);
        }

        Stops = [.. nodes];
        (_ms, _metres) = Ways(trip, estimate);
        ShortestMs = Shortest(_ms);
        ShortestM = Shortest(_metres);
    }

    /// <summary>Errands by id; bit n of a mask is errand n.</summary>
    public Errand[] Errands { get; }

    /// <summary>Usable candidates of each errand, by id.</summary>
    public ErrandNode[][] CandidatesOf { get; }

    /// <summary>All places to stop at; node n is at n - 2.</summary>
    public ErrandNode[] Stops { get; }

    /// <summary>The errands that need a stop.</summary>
    public int StopMask { get; }

    public int AllMask => (1 << Errands.Length) - 1;

    public TimeSpan StartOffset { get; }

    public long StartMs { get; }

    public long LatestMs { get; }

    public long MaxWaitMs { get; }

    public bool IsRangeKnown { get; }

    public long RangeM { get; }

    /// <summary>Range less reserve; below 0 when not even the reserve is there.</summary>
    public long UsableM { get; }

    /// <summary>Least driving time over any number of places: never more than any way that is really driven.</summary>
    public long[][] ShortestMs { get; }

    /// <summary>Least metres over any number of places.</summary>
    public long[][] ShortestM { get; }

    public int NodeCount => FirstCandidate + Stops.Length;

    public ErrandNode Stop(int node) => Stops[node - FirstCandidate];

    /// <summary>Driving time of the direct way; <see cref="None"/> when there is none.</summary>
    public long Ms(int from, int to) => _ms[from][to];

    /// <summary>Metres of the direct way; <see cref="None"/> when there is none.</summary>
    public long Metres(int from, int to) => _metres[from][to];

    private static (long Ms, long Metres) Way(TravelEstimate estimate, GeoPoint from, GeoPoint to)
    {
        if (estimate(from, to) is not { } travel || !(travel.DistanceM is >= 0 and <= LongestWayM) || travel.Duration < TimeSpan.Zero)
        {
            return (None, None);
        }

        return (Math.Min((long)Math.Round(travel.Duration.TotalMilliseconds), None), (long)Math.Round(travel.DistanceM));
    }

    private static long[][] Shortest(long[][] direct)
    {
        var shortest = direct.Select(row => (long[])row.Clone()).ToArray();
        for (var over = 0; over < shortest.Length; over++)
        {
            shortest[over][over] = 0;
            foreach (var row in shortest)
            {
                for (var to = 0; to < row.Length; to++)
                {
                    row[to] = Math.Min(row[to], row[over] + shortest[over][to]);
                }
            }
        }

        return shortest;
    }

    private static bool HasPlace(ErrandCandidate candidate) => candidate.Position is { } position && GreatCircle.IsPlace(position);

    private ErrandNode[] Nodes(int errand, int first, DateTimeOffset from, DateTimeOffset horizon)
    {
        var isStop = Errands[errand].Place == ErrandPlace.Stop;
        return
        [
            .. Errands[errand].Candidates
                .Where(candidate => !isStop || HasPlace(candidate))
                .OrderBy(candidate => candidate.Id, StringComparer.Ordinal)
                .Select((candidate, i) => new ErrandNode(first + i, errand, candidate, new CandidateTimes(candidate, isStop, from, horizon))),
        ];
    }

    private (long[][] Ms, long[][] Metres) Ways(ErrandTrip trip, TravelEstimate estimate)
    {
        var ms = Enumerable.Range(0, NodeCount).Select(_ => Enumerable.Repeat(None, NodeCount).ToArray()).ToArray();
        var metres = ms.Select(row => (long[])row.Clone()).ToArray();
        GeoPoint[] places = [trip.Start, trip.Destination, .. Stops.Select(stop => stop.Candidate.Position!.Value)];
        for (var from = 0; from < NodeCount; from++)
        {
            for (var to = 0; to < NodeCount; to++)
            {
                if (IsDriven(from, to))
                {
                    (ms[from][to], metres[from][to]) = Way(estimate, places[from], places[to]);
                }
            }
        }

        return (ms, metres);
    }

    // Nobody drives away from the destination, back to the start, or from one candidate of an errand to another one.
    private bool IsDriven(int from, int to) =>
        from != Destination && to != Start && from != to
        && (from < FirstCandidate || to < FirstCandidate || Stop(from).Errand != Stop(to).Errand);
}
