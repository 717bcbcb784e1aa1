using System.Globalization;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>Makes a plan with its figures and reasons out of a route.</summary>
internal static class ErrandPlanWriter
{
    private const int MsPerS = 1000;
    private const long MsPerDay = 86_400_000;

    public static ErrandPlan Write(ErrandGraph graph, ErrandRoute route)
    {
        var offset = graph.StartOffset;
        var stops = new List<PlannedStop>();
        var (node, atMs) = (ErrandGraph.Start, graph.StartMs);
        foreach (var stop in route.Stops)
        {
            var arriveMs = atMs + graph.Ms(node, stop.Node);
            var beginMs = stop.Times.Begin(arriveMs);
            atMs = beginMs + stop.Times.ServiceMs;
            stops.Add(Stop(graph, stop, node, arriveMs, beginMs));
            node = stop.Node;
        }

        var directMs = graph.Ms(ErrandGraph.Start, ErrandGraph.Destination);
        var directM = graph.Metres(ErrandGraph.Start, ErrandGraph.Destination);
        return new ErrandPlan
        {
            Stops = stops,
            Handovers = [.. route.Handovers.Select(node => Handover(graph, node, route.ArriveMs))],
            ArriveAt = Instant(route.ArriveMs, offset),
            DistanceM = route.Metres,
            ExtraM = directM < ErrandGraph.None ? route.Metres - directM : null,
            Extra = directMs < ErrandGraph.None ? TimeSpan.FromMilliseconds(route.ArriveMs - graph.StartMs - directMs) : null,
            Reasons = [graph.IsRangeKnown ? new WhyReason(WhyCodes.RangeLeftM, Number(graph.RangeM - route.Metres)) : new WhyReason(WhyCodes.RangeUnknown)],
        };
    }

    private static PlannedStop Stop(ErrandGraph graph, ErrandNode stop, int from, long arriveMs, long beginMs)
    {
        var detourM = Detour(graph.Metres, from, stop.Node);
        var detourMs = Detour(graph.Ms, from, stop.Node);
        var reasons = new List<WhyReason>();
        if (detourM is { } metres && detourMs is { } ms)
        {
            reasons.Add(new WhyReason(WhyCodes.DetourM, Number(metres)));
            reasons.Add(new WhyReason(WhyCodes.DetourS, Seconds(ms)));
        }

        AddTimes(reasons, stop, arriveMs, beginMs);
        reasons.Add(Choice(graph, stop));
        return new PlannedStop
        {
            ErrandId = graph.Errands[stop.Errand].Id,
            CandidateId = stop.Candidate.Id,
            Position = stop.Candidate.Position!.Value,
            ArriveAt = Instant(arriveMs, graph.StartOffset),
            Wait = TimeSpan.FromMilliseconds(beginMs - arriveMs),
            DepartAt = Instant(beginMs + stop.Times.ServiceMs, graph.StartOffset),
            DetourM = detourM,
            Detour = detourMs is { } time ? TimeSpan.FromMilliseconds(time) : null,
            Reasons = reasons,
        };
    }

    private static PlannedHandover Handover(ErrandGraph graph, ErrandNode node, long arriveMs)
    {
        var beginMs = node.Times.Begin(arriveMs);
        var reasons = new List<WhyReason>();
        AddTimes(reasons, node, arriveMs, beginMs);
        reasons.Add(Choice(graph, node));
        return new PlannedHandover(graph.Errands[node.Errand].Id, node.Candidate.Id, Instant(beginMs, graph.StartOffset), reasons);
    }

    private static void AddTimes(List<WhyReason> reasons, ErrandNode node, long arriveMs, long beginMs)
    {
        var readyMs = node.Times.Ready(arriveMs);
        if (readyMs > arriveMs)
        {
            reasons.Add(new WhyReason(WhyCodes.WaitsForReadyS, Seconds(readyMs - arriveMs)));
        }

        if (beginMs > readyMs)
        {
            reasons.Add(new WhyReason(WhyCodes.WaitsForOpeningS, Seconds(beginMs - readyMs)));
        }

        reasons.Add(Opening(node, beginMs));
    }

    private static WhyReason Opening(ErrandNode node, long beginMs)
    {
        if (node.Candidate.Hours is not { } hours)
        {
            return new WhyReason(WhyCodes.HoursUnknown);
        }

        var closesMs = node.Times.Closes(beginMs);
        return closesMs - beginMs >= MsPerDay
            ? new WhyReason(WhyCodes.OpenAllDay)
            : new WhyReason(
                WhyCodes.OpenUntil,
                TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(closesMs), hours.Zone).ToString("HH:mm", CultureInfo.InvariantCulture));
    }

    private static WhyReason Choice(ErrandGraph graph, ErrandNode node) => graph.CandidatesOf[node.Errand].Length == 1
        ? new WhyReason(WhyCodes.OnlyCandidate)
        : new WhyReason(WhyCodes.BestOf, Number(graph.CandidatesOf[node.Errand].Length));

    private static long? Detour(Func<int, int, long> way, int from, int over)
    {
        var (there, on, direct) = (way(from, over), way(over, ErrandGraph.Destination), way(from, ErrandGraph.Destination));
        return there < ErrandGraph.None && on < ErrandGraph.None && direct < ErrandGraph.None ? there + on - direct : null;
    }

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(long ms) => Number((long)Math.Round(ms / (decimal)MsPerS, MidpointRounding.AwayFromZero));

    private static DateTimeOffset Instant(long ms, TimeSpan offset) => DateTimeOffset.FromUnixTimeMilliseconds(ms).ToOffset(offset);
}
