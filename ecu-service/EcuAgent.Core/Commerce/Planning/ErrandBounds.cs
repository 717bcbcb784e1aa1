namespace EcuAgent.Core.Commerce.Planning;

/// <summary>
/// Least time that is still needed from a node with some errands left; never too much, whatever the estimator says. Two arguments, the better
/// one counts: each errand and the destination have to be driven to once, and from the shortest way to it; and the farthest errand has to be
/// gone to and left again over shortest ways.
/// </summary>
internal sealed class ErrandBounds
{
    private readonly long _lastWay;

    // By mask of errands.
    private readonly long[] _ways;
    private readonly long[] _services;

    // By node and errand; without the errand's own least service.
    private readonly long[][] _over;

    public ErrandBounds(ErrandGraph graph)
    {
        var shortestTo = Enumerable.Range(0, graph.NodeCount)
            .Select(to => Enumerable.Range(0, graph.NodeCount).Min(from => graph.Ms(from, to)))
            .ToArray();
        _lastWay = shortestTo[ErrandGraph.Destination];
        var service = Least(graph, node => node.Times.ServiceMs);
        _ways = ByMask(Least(graph, node => shortestTo[node.Node] + node.Times.ServiceMs));
        _services = ByMask(service);
        _over = new long[graph.NodeCount][];
        for (var from = 0; from < graph.NodeCount; from++)
        {
            var ways = graph.ShortestMs[from];
            var over = Least(graph, node => ways[node.Node] + node.Times.ServiceMs + graph.ShortestMs[node.Node][ErrandGraph.Destination]);
            _over[from] = [.. over.Zip(service, (all, own) => all - own)];
        }
    }

    /// <summary>Milliseconds from <paramref name="node"/> to the destination with the errands of <paramref name="left"/> done.</summary>
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

        return Math.Max(_ways[left] + _lastWay, farthest + _services[left]);
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
