using System.Numerics;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>
/// Branch and bound over all orders and candidates, depth first in the order of the ids. Of plans with the same arrival and the same metres the
/// first in that order stays, so that a bound equal to the best one may be cut off.
/// </summary>
internal sealed class ErrandSearch(ErrandGraph graph)
{
    private readonly ErrandBounds _bounds = new(graph);
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

        if (_best is not null && !CanBeat(_best, atMs + _bounds.Least(node, left), metres + graph.ShortestM[node][ErrandGraph.Destination]))
        {
            return;
        }

        for (var rest = left; rest != 0; rest &= rest - 1)
        {
            var errand = BitOperations.TrailingZeroCount(rest);
            if (graph.CandidatesOf[errand].Length == 0)
            {
                Note(errand, depth, graph.Errands[errand].Candidates.Count == 0 ? ErrandReasons.NoCandidates : ErrandReasons.PlaceUnknown);
            }

            foreach (var candidate in graph.CandidatesOf[errand])
            {
                Enter(node, candidate, depth, left & ~(1 << errand), atMs, metres);
            }
        }
    }

    private void Enter(int from, ErrandNode candidate, int depth, int left, long atMs, long metres)
    {
        var onwardsMs = graph.ShortestMs[candidate.Node][ErrandGraph.Destination];
        var onwardsM = graph.ShortestM[candidate.Node][ErrandGraph.Destination];
        if (graph.Ms(from, candidate.Node) >= ErrandGraph.None || onwardsMs >= ErrandGraph.None)
        {
            Note(candidate.Errand, depth, ErrandReasons.NoWay);
            return;
        }

        var newMetres = metres + graph.Metres(from, candidate.Node);
        if (newMetres + onwardsM > graph.UsableM)
        {
            Note(candidate.Errand, depth, ErrandReasons.OutOfRange);
            return;
        }

        var arriveMs = atMs + graph.Ms(from, candidate.Node);
        if (arriveMs + candidate.Times.ServiceMs + onwardsMs > graph.LatestMs)
        {
            Note(candidate.Errand, depth, ErrandReasons.ArrivalTooLate);
            return;
        }

        if (TooLongWait(candidate, arriveMs, out var beginMs) is { } reason)
        {
            Note(candidate.Errand, depth, reason);
            return;
        }

        var departMs = beginMs + candidate.Times.ServiceMs;
        if (departMs + onwardsMs > graph.LatestMs)
        {
            Note(candidate.Errand, depth, ErrandReasons.ArrivalTooLate);
            return;
        }

        _path[depth] = candidate;
        Extend(candidate.Node, depth + 1, left, departMs, newMetres);
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
