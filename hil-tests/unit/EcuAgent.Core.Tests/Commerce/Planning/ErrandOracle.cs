using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Tests.Commerce.Planning;

/// <summary>
/// The planner's rules once more, slowly: drives every order of every choice minute by minute, asks the opening hours of every minute, and cuts
/// nothing off. For instances in whole minutes and metres.
/// </summary>
internal sealed class ErrandOracle(ErrandTrip trip, ErrandPlannerOptions options, TravelEstimate estimate)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly DateTimeOffset _latest =
        trip.LatestArrival is { } latest && latest < trip.StartAt + options.LongestTrip ? latest : trip.StartAt + options.LongestTrip;

    /// <summary>The best way to do these errands, or null. The first in the order of the ids where several are equally good.</summary>
    public Found? Best(IReadOnlyList<Errand> errands)
    {
        var sorted = errands.OrderBy(errand => errand.Id, StringComparer.Ordinal).ToList();
        Found? best = null;
        foreach (var found in Ways(sorted.FindAll(errand => errand.Place == ErrandPlace.Stop), trip.Start, trip.StartAt, 0, ""))
        {
            var brought = Brought(sorted.FindAll(errand => errand.Place == ErrandPlace.Destination), found.ArriveAt);
            if (brought is not null && (best is null || found.ArriveAt < best.ArriveAt || (found.ArriveAt == best.ArriveAt && found.Metres < best.Metres)))
            {
                best = found with { Brought = brought };
            }
        }

        return best;
    }

    /// <summary>The best of the largest sets of errands that go together, and what is left out.</summary>
    public (IReadOnlyList<string> LeftOut, Found? Found) Most()
    {
        var errands = trip.Errands.OrderBy(errand => errand.Id, StringComparer.Ordinal).ToList();
        var sets = Enumerable.Range(0, 1 << errands.Count).Select(mask => (Mask: mask, Kept: errands.Where((_, i) => (mask & (1 << i)) != 0).ToList()));
        foreach (var size in sets.GroupBy(set => set.Kept.Count).OrderByDescending(size => size.Key))
        {
            var best = size.Select(set => (set.Mask, set.Kept, Found: Best(set.Kept)))
                .Where(set => set.Found is not null)
                .OrderBy(set => set.Found!.ArriveAt).ThenBy(set => set.Found!.Metres).ThenBy(set => set.Mask)
                .FirstOrDefault();
            if (best.Found is not null)
            {
                return ([.. errands.Except(best.Kept).Select(errand => errand.Id)], best.Found);
            }
        }

        return ([], null);
    }

    private IEnumerable<Found> Ways(List<Errand> left, GeoPoint at, DateTimeOffset time, double metres, string path)
    {
        if (left.Count == 0)
        {
            if (estimate(at, trip.Destination) is { } home && IsInRange(metres + home.DistanceM) && time + home.Duration <= _latest)
            {
                yield return new Found(path, "", time + home.Duration, (long)(metres + home.DistanceM));
            }

            yield break;
        }

        foreach (var errand in left)
        {
            foreach (var candidate in errand.Candidates.OrderBy(candidate => candidate.Id, StringComparer.Ordinal))
            {
                if (estimate(at, candidate.Position!.Value) is not { } way || Begin(candidate, time + way.Duration, candidate.Service) is not { } begin)
                {
                    continue;
                }

                foreach (var found in Ways(
                    [.. left.Where(other => other != errand)], candidate.Position.Value, begin + candidate.Service, metres + way.DistanceM, $"{path} {errand.Id}@{candidate.Id}"))
                {
                    yield return found;
                }
            }
        }
    }

    private string? Brought(List<Errand> errands, DateTimeOffset arriveAt)
    {
        var text = "";
        foreach (var errand in errands)
        {
            var first = errand.Candidates
                .Select(candidate => (candidate.Id, At: Begin(candidate, arriveAt, TimeSpan.Zero)))
                .Where(candidate => candidate.At is not null)
                .OrderBy(candidate => candidate.At).ThenBy(candidate => candidate.Id, StringComparer.Ordinal)
                .FirstOrDefault();
            if (first.At is null)
            {
                return null;
            }

            text += FormattableString.Invariant($" {errand.Id}@{first.Id} {first.At:u}");
        }

        return text;
    }

    private bool IsInRange(double metres) => trip.RangeM is not { } range || metres <= range - options.RangeReserveM;

    private DateTimeOffset? Begin(ErrandCandidate candidate, DateTimeOffset arriveAt, TimeSpan service)
    {
        for (var begin = arriveAt; begin <= arriveAt + options.MaxWait; begin += Minute)
        {
            if ((candidate.ReadyAt is not { } ready || begin >= ready) && IsOpen(candidate, begin, begin + service))
            {
                return begin;
            }
        }

        return null;
    }

    private static bool IsOpen(ErrandCandidate candidate, DateTimeOffset from, DateTimeOffset until)
    {
        if (candidate.Hours is not { } hours)
        {
            return true;
        }

        for (var at = from; at == from || at < until; at += Minute)
        {
            if (!hours.IsOpenAt(at))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>A way: stops as <c>a@p</c> in order, what is brought, arrival and metres.</summary>
    internal sealed record Found(string Path, string Brought, DateTimeOffset ArriveAt, long Metres);
}
