using System.Numerics;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>
/// Branch and bound over all orders and candidates, depth first in the order of the ids. Of plans with the same arrival and the same metres the
/// first in that order stays, so that a bound equal to the best one may be cut off.
/// </summary>
internal sealed class ErrandSearch(ErrandGraph graph)
{
    private readonly ErrandBounds _time = ErrandBounds.OfTime(graph);
    private readonly ErrandBounds _metres = ErrandBounds.OfMetres(graph);
    private readonly long[] _longestMs = ErrandBounds.LongestMs(graph);
    private readonly ErrandNode[] _path = new ErrandNode[graph.Errands.Length];
    private readonly ErrandFault?[] _faults = new ErrandFault?[graph.Errands.Length];
    private ErrandFault? _tripFault;
    private ErrandRoute? _best;
    private int _toDestination;

    /// <summary>The best route with the errands of <paramref name="mask"/>, or null.</summary>
    public ErrandRoute? Find(int mask)
    {
        Array.Clear(_faults);
        (_best, _tripFault) = (null, null);
        _toDestination = mask & ~graph.StopMask;
        Extend(ErrandGraph.Start, 0, mask & graph.StopMask, graph.StartMs, 0);
        return _best;
    }

    /// <summary>
    /// After a search that found nothing: what stopped it latest, after the most errands were done. Of several the one of errand
    /// <paramref name="preferred"/>.
    /// </summary>
    public ErrandFault LatestFault(int preferred) => _faults
        .Append(_tripFault)
        .OfType<ErrandFault>()
        .OrderByDescending(fault => fault.Depth)
        .ThenByDescending(fault => fault.Errand == preferred)
        .First();

    private void Extend(int node, int depth, int left, long atMs, long metres)
    {
        if (left == 0)
        {
            Arrive(node, depth, atMs, metres);
            return;
        }

        if (_best is not null && !CanBeat(_best, atMs + _time.Least(node, left), metres + _metres.Least(node, left)))
        {
            return;
        }

        if (!AreAllPossible(node, depth, left, atMs, metres))
        {
            return;
        }

        for (var rest = left; rest != 0; rest &= rest - 1)
        {
            var errand = BitOperations.TrailingZeroCount(rest);
            foreach (var candidate in graph.CandidatesOf[errand])
            {
                var (wayMs, wayM) = (graph.Ms(node, candidate.Node), graph.Metres(node, candidate.Node));
                if (Fault(candidate, atMs, wayMs, metres, wayM, lastBeginMs: null, out var departMs) is { } reason)
                {
                    Note(errand, depth, reason);
                    continue;
                }

                _path[depth] = candidate;
                Extend(candidate.Node, depth + 1, left & ~(1 << errand), departMs, metres + wayM);
            }
        }
    }

    /// <summary>
    /// False when one of the errands cannot be done any more: not if it came next by the shortest way, and not if it came last after the longest
    /// ways and waits. Without this a place that stays closed would be found out only after all orders of the others.
    /// </summary>
    private bool AreAllPossible(int node, int depth, int left, long atMs, long metres)
    {
        for (var rest = left; rest != 0; rest &= rest - 1)
        {
            var errand = BitOperations.TrailingZeroCount(rest);
            if (WhyImpossible(errand, node, atMs, atMs + _longestMs[left], metres) is { } reason)
            {
                Note(errand, depth, reason);
                return false;
            }
        }

        return true;
    }

    private string? WhyImpossible(int errand, int node, long atMs, long lastBeginMs, long metres)
    {
        string? first = null;
        foreach (var candidate in graph.CandidatesOf[errand])
        {
            var (wayMs, wayM) = (graph.ShortestMs[node][candidate.Node], graph.ShortestM[node][candidate.Node]);
            if (Fault(candidate, atMs, wayMs, metres, wayM, lastBeginMs, out _) is not { } reason)
            {
                return null;
            }

            first ??= reason;
        }

        return first ?? (graph.Errands[errand].Candidates.Count == 0 ? ErrandReasons.NoCandidates : ErrandReasons.PlaceUnknown);
    }

    /// <summary>Why a candidate cannot be the next stop, or null.</summary>
    /// <param name="candidate">The candidate.</param>
    /// <param name="atMs">Departure before it.</param>
    /// <param name="wayMs">Way to it.</param>
    /// <param name="metres">Metres before it.</param>
    /// <param name="wayM">Metres to it.</param>
    /// <param name="lastBeginMs">To look ahead: it need not be next, and may begin until then. Null for the next stop.</param>
    /// <param name="departMs">When one leaves it.</param>
    private string? Fault(ErrandNode candidate, long atMs, long wayMs, long metres, long wayM, long? lastBeginMs, out long departMs)
    {
        departMs = ErrandGraph.None;
        var onwardsMs = graph.ShortestMs[candidate.Node][ErrandGraph.Destination];
        if (wayMs >= ErrandGraph.None || onwardsMs >= ErrandGraph.None)
        {
            return ErrandReasons.NoWay;
        }

        if (metres + wayM + graph.ShortestM[candidate.Node][ErrandGraph.Destination] > graph.UsableM)
        {
            return ErrandReasons.OutOfRange;
        }

        var arriveMs = atMs + wayMs;
        if (arriveMs + candidate.Times.ServiceMs + onwardsMs > graph.LatestMs)
        {
            return ErrandReasons.ArrivalTooLate;
        }

        var tooLongWait = TooLongWait(candidate, arriveMs, out var beginMs);
        departMs = beginMs + candidate.Times.ServiceMs;
        if (departMs + onwardsMs > graph.LatestMs)
        {
            return tooLongWait ?? ErrandReasons.ArrivalTooLate;
        }

        if (lastBeginMs is { } last)
        {
            return beginMs > last ? tooLongWait ?? ErrandReasons.NoWay : null;
        }

        return tooLongWait;
    }

    private void Arrive(int from, int depth, long atMs, long metres)
    {
        var last = from == ErrandGraph.Start ? ErrandFault.Trip : graph.Stop(from).Errand;
        if (graph.Ms(from, ErrandGraph.Destination) >= ErrandGraph.None)
        {
            Note(last, depth, ErrandReasons.NoWay);
            return;
        }

        var allMetres = metres + graph.Metres(from, ErrandGraph.Destination);
        var arriveMs = atMs + graph.Ms(from, ErrandGraph.Destination);
        if (allMetres > graph.UsableM)
        {
            Note(last, depth, ErrandReasons.OutOfRange);
        }
        else if (arriveMs > graph.LatestMs)
        {
            Note(last, depth, ErrandReasons.ArrivalTooLate);
        }
        else if ((_best is null || CanBeat(_best, arriveMs, allMetres)) && Handovers(arriveMs, depth) is { } handovers)
        {
            _best = new ErrandRoute(_path[..depth], handovers, arriveMs, allMetres);
        }
    }

    /// <summary>For each errand at the destination who can be there first; null when one of them cannot be done.</summary>
    private ErrandNode[]? Handovers(long arriveMs, int depth)
    {
        var chosen = new List<ErrandNode>();
        for (var rest = _toDestination; rest != 0; rest &= rest - 1)
        {
            var errand = BitOperations.TrailingZeroCount(rest);
            string? why = ErrandReasons.NoCandidates;
            var (first, firstMs) = ((ErrandNode?)null, ErrandGraph.None);
            foreach (var candidate in graph.CandidatesOf[errand])
            {
                why = TooLongWait(candidate, arriveMs, out var beginMs);
                if (why is null && beginMs < firstMs)
                {
                    (first, firstMs) = (candidate, beginMs);
                }
            }

            if (first is null)
            {
                Note(errand, depth, why!);
                return null;
            }

            chosen.Add(first);
        }

        return [.. chosen];
    }

    private string? TooLongWait(ErrandNode candidate, long arriveMs, out long beginMs)
    {
        beginMs = candidate.Times.Begin(arriveMs);
        if (beginMs - arriveMs <= graph.MaxWaitMs)
        {
            return null;
        }

        return candidate.Times.Ready(arriveMs) - arriveMs > graph.MaxWaitMs ? ErrandReasons.NotReady : ErrandReasons.Closed;
    }

    private static bool CanBeat(ErrandRoute best, long arriveMs, long metres) =>
        arriveMs < best.ArriveMs || (arriveMs == best.ArriveMs && metres < best.Metres);

    private void Note(int errand, int depth, string reason)
    {
        ref var slot = ref _tripFault;
        if (errand != ErrandFault.Trip)
        {
            slot = ref _faults[errand];
        }

        if (slot is null || slot.Depth < depth)
        {
            slot = new ErrandFault(errand, depth, reason);
        }
    }
}
