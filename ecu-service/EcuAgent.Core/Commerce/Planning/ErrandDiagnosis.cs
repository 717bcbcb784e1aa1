using System.Numerics;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>Finds out what stands in the way of a trip that has no plan, and what would go instead.</summary>
internal static class ErrandDiagnosis
{
    public static ErrandRefusal Of(ErrandGraph graph, ErrandSearch search)
    {
        if (Most(graph, search) is not { } most)
        {
            search.Find(0);
            return new ErrandRefusal(search.LatestFault(ErrandFault.Trip).Reason, null, [], null);
        }

        var missing = Enumerable.Range(0, graph.Errands.Length).Where(errand => (most.Mask & (1 << errand)) == 0).ToList();

        // One that cannot be done at all says more than one that does not go together with others.
        var blamed = missing.Where(errand => search.Find(1 << errand) is null).Append(missing[0]).First();
        search.Find(most.Mask | (1 << blamed));
        var fault = search.LatestFault(blamed);
        return new ErrandRefusal(
            fault.Reason,
            fault.Errand == ErrandFault.Trip ? null : graph.Errands[fault.Errand].Id,
            [.. missing.Select(errand => graph.Errands[errand].Id)],
            ErrandPlanWriter.Write(graph, most.Route));
    }

    /// <summary>The most errands that go together; of several such sets the one that arrives first.</summary>
    private static (int Mask, ErrandRoute Route)? Most(ErrandGraph graph, ErrandSearch search) => Enumerable.Range(0, graph.AllMask)
        .GroupBy(mask => BitOperations.PopCount((uint)mask))
        .OrderByDescending(masks => masks.Key)
        .Select(masks => Best(masks, search))
        .FirstOrDefault(best => best is not null);

    private static (int Mask, ErrandRoute Route)? Best(IEnumerable<int> masks, ErrandSearch search) => masks
        .Select(mask => (Mask: mask, Route: search.Find(mask)))
        .Where(found => found.Route is not null)
        .OrderBy(found => found.Route!.ArriveMs)
        .ThenBy(found => found.Route!.Metres)
        .ThenBy(found => found.Mask)
        .Select(found => ((int, ErrandRoute)?)(found.Mask, found.Route!))
        .FirstOrDefault();
}
