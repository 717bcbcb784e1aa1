namespace EcuAgent.Core.Commerce.Planning;

/// <summary>
/// The least time, or the least metres, still needed from a node with some errands left; never too much, whatever the estimator says. Two
/// arguments, the better one counts: each errand and the destination have to be driven to once, by the shortest way there is to it; and the
/// farthest errand has to be gone to and left again over shortest ways.
/// </summary>
internal sealed class ErrandBounds
{
    private readonly long _lastWay;

    // By mask of errands.
    private readonly long[] _ways;
    private readonly long[] _stays;

    // By node and errand; without the errand's own least stay.
    private readonly long[][] _over;

    private ErrandBounds(ErrandGraph graph, Func<int, int, long> way, long[][] shortest, Func<ErrandNode, long> stay)
    {
        var nodes = Enumerable.Range(0, graph.NodeCount);
        var shortestTo = nodes.Select(to => nodes.Min(from => way(from, to))).ToArray();
        var stays = Least(graph, stay);
        _lastWay = shortestTo[ErrandGraph.Destination];
        _ways = ByMask(Least(graph, node => shortestTo[node.Node] + stay(node)));
        _stays = ByMask(stays);
        _over = new long[graph.NodeCount][];
        foreach (var from in nodes)
        {
            var over = Least(graph, node => shortest[from][node.Node] + stay(node) + shortest[node.Node][ErrandGraph.Destination]);
            _over[from] = [.. over.Zip(stays, (all, own) => all - own)];
        }
    }

    /// <summary>Milliseconds, with services and without waits.</summary>
    public static ErrandBounds OfTime(ErrandGraph graph) => new(graph, graph.Ms, graph.ShortestMs, node => node.Times.ServiceMs);

    /// <summary>Metres.</summary>
    public static ErrandBounds OfMetres(ErrandGraph graph) => new(graph, graph.Metres, graph.ShortestM, _ => 0);

    /// <summary>From <paramref name="node"/> to the destination, with the errands of <paramref name="left"/> done.</summary>
    public long Least(int node, int left)
    {
        var farthest = 0L;
        for (var errand = 0; errand < _over[node].Length; errand++)
        {
            if ((left & (1 << errand)) != 0)
            {
                farthest = Math.Max(farthest, _over[node][errand]);
            }
        }

        return Math.Max(_ways[left] + _lastWay, farthest + _stays[left]);
    }

    /// <summary>
    /// By mask of errands: the most time that they can take one after the other, with the longest ways, services and waits. Nobody is at any of
    /// them later than that.
    /// </summary>
    public static long[] LongestMs(ErrandGraph graph)
    {
        var nodes = Enumerable.Range(0, graph.NodeCount);
        var longestTo = nodes.Select(to => nodes.Select(from => graph.Ms(from, to)).Where(ms => ms < ErrandGraph.None).DefaultIfEmpty().Max()).ToArray();
        return ByMask(
        [
            .. graph.CandidatesOf.Select((candidates, errand) => (graph.StopMask & (1 << errand)) == 0
                ? 0
                : graph.MaxWaitMs + candidates.Select(node => longestTo[node.Node] + node.Times.ServiceMs).DefaultIfEmpty().Max()),
        ]);
    }

    // An errand that is no stop, or that nothing is there for, needs nothing; the search finds out about it.
    private static long[] Least(ErrandGraph graph, Func<ErrandNode, long> cost) =>
        [.. graph.CandidatesOf.Select((nodes, errand) => (graph.StopMask & (1 << errand)) == 0 || nodes.Length == 0 ? 0 : Math.Min(nodes.Min(cost), ErrandGraph.None))];

    private static long[] ByMask(long[] costs)
    {
        var sums = new long[1 << costs.Length];
        for (var mask = 1; mask < sums.Length; mask++)
        {
            var lowest = System.Numerics.BitOperations.TrailingZeroCount(mask);
            sums[mask] = sums[mask & (mask - 1)] + costs[lowest];
        }

        return sums;
    }
}
