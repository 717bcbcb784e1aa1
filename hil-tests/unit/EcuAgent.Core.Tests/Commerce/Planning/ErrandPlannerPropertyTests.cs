using CsCheck;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Ports;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce.Planning;

/// <summary>Random small trips against <see cref="ErrandOracle"/>: the plan is the best one, and a refusal is right.</summary>
public sealed class ErrandPlannerPropertyTests
{
    private const int MostPlaces = 14;

    private static readonly OpeningHours?[] Hours =
    [
        null, null, Shop.Daily("Europe/Berlin", "00:00", "00:00"), Shop.Daily("Europe/Berlin", "08:00", "16:45"), Shop.Daily("Europe/Berlin", "16:50", "20:00"),
        Shop.Daily("America/New_York", "10:00", "10:50"),
        Shop.Hours("Europe/Berlin", Shop.Span(DayOfWeek.Monday, "16:00", "16:20"), Shop.Span(DayOfWeek.Monday, "16:30", "17:30"), Shop.Span(DayOfWeek.Sunday, "02:00", "03:20")),
    ];

    // A Monday afternoon, and the nights in which clocks are changed in Berlin.
    private static readonly DateTimeOffset[] Starts = [Grid.Start, Shop.At("2026-03-29T00:40"), Shop.At("2026-10-25T00:20", 1)];

    private static readonly Gen<ErrandCandidate> Candidates =
        from hours in Gen.OneOf(Hours)
        from service in Gen.OneOf(0, 0, 5, 10, 25)
        from ready in Gen.OneOf<int?>(null, null, 0, 30, 55, 80)
        select new ErrandCandidate { Id = "", Hours = hours, Service = TimeSpan.FromMinutes(service), ReadyAt = ready is { } minutes ? Grid.Start.AddMinutes(minutes) : null };

    private static readonly Gen<Errand> Errands =
        from place in Gen.OneOf(ErrandPlace.Stop, ErrandPlace.Stop, ErrandPlace.Stop, ErrandPlace.Destination)
        from candidates in Candidates.Array[0, 3]
        select new Errand("", candidates, place);

    // Few different values, so that there are many ties. A country of one-way roads: nothing is symmetric and the direct way not the shortest.
    private static readonly Gen<Travel?> Ways = Gen.Select(
        Gen.OneOf(0, 5, 5, 10, 10, 15, 20, 40), Gen.OneOf(1000, 1000, 2000, 5000, 20_000), Gen.Int[0, 12],
        (minutes, metres, none) => none == 0 ? (Travel?)null : new Travel(metres, TimeSpan.FromMinutes(minutes)));

    private static readonly Gen<Instance> Instances =
        from errands in Errands.Array[0, 4]
        from ways in Ways.Array[MostPlaces * MostPlaces]
        from start in Gen.OneOf(Starts)
        from latest in Gen.OneOf<int?>(null, null, 30, 60, 90)
        from range in Gen.OneOf<double?>(null, null, 5000, 15_000, 40_000)
        from wait in Gen.OneOf(0, 10, 30)
        from reserve in Gen.OneOf(0, 2000)
        select new Instance(
            Numbered(errands, start, latest, range), ways, new ErrandPlannerOptions { MaxWait = TimeSpan.FromMinutes(wait), RangeReserveM = reserve });

    [Fact]
    public void Plan_RandomTrips_IsTheBestOneOrRefusedRightly()
    {
        var planned = 0;
        var refused = 0;
        var withSeveral = 0;
        Instances.Sample(
            instance =>
            {
                var result = instance.Plan();
                var oracle = new ErrandOracle(instance.Trip, instance.Options, instance.Estimate);
                if (oracle.Best(instance.Trip.Errands) is { } best)
                {
                    Assert.Null(result.Refusal);
                    AssertSame(best, result.Plan!);
                    AssertSound(instance, result.Plan!);
                    Interlocked.Increment(ref planned);
                    Interlocked.Add(ref withSeveral, result.Plan!.Stops.Count > 1 ? 1 : 0);
                    return;
                }

                Interlocked.Increment(ref refused);
                Assert.Null(result.Plan);
                AssertSame(oracle.Most(), result.Refusal!);
            },
            iter: 4000);

        // All must happen, or the test has stopped telling anything.
        Assert.True(planned > 300, $"only {planned} planned");
        Assert.True(withSeveral > 50, $"only {withSeveral} with several stops");
        Assert.True(refused > 300, $"only {refused} refused");
    }

    [Fact]
    public void Plan_InputShuffled_SaysTheSame() => Gen.Select(Instances, Gen.Int).Sample(
        (instance, seed) =>
        {
            var random = new Random(seed);
            var errands = instance.Trip.Errands.Select(errand => errand with { Candidates = Shuffled(errand.Candidates, random) }).ToList();

            Assert.Equal(
                Grid.All(instance.Plan()), Grid.All((instance with { Trip = instance.Trip with { Errands = Shuffled(errands, random) } }).Plan()));
        },
        iter: 2000);

    [Fact]
    public void Plan_SixErrandsOnTheGlobe_IsTheBestOne()
    {
        // Straight lines this time, with figures that are not whole minutes; waits and closing do not occur.
        var place = Gen.Select(Gen.Double[-0.2, 0.2], Gen.Double[179.8, 180.2], (latitude, longitude) => new GeoPoint(latitude, longitude > 180 ? longitude - 360 : longitude));
        var travel = new StraightTravel(new StraightTravelOptions()).Between;
        Gen.Select(place.Array[2], place.Array[2].Array[5, 6]).Sample(
            (ends, errands) =>
            {
                var trip = new ErrandTrip
                {
                    Start = ends[0],
                    Destination = ends[1],
                    StartAt = Grid.Start,
                    Errands = [.. errands.Select((places, i) => new Errand("e" + i, [.. places.Select((at, j) => new ErrandCandidate { Id = "c" + j, Position = at })]))],
                };

                var plan = new ErrandPlanner(new ErrandPlannerOptions()).Plan(trip).Plan!;

                Assert.Equal(Shortest(travel, trip, trip.Start, [.. trip.Errands]), (plan.ArriveAt - trip.StartAt).TotalMilliseconds);
            },
            iter: 30);
    }

    private static double Shortest(Func<GeoPoint, GeoPoint, Travel?> travel, ErrandTrip trip, GeoPoint at, List<Errand> left) => left.Count == 0
        ? Ms(travel(at, trip.Destination))
        : left.Min(errand => errand.Candidates.Min(candidate =>
            Ms(travel(at, candidate.Position!.Value)) + Shortest(travel, trip, candidate.Position.Value, [.. left.Where(other => other != errand)])));

    private static double Ms(Travel? travel) => Math.Round(travel!.Value.Duration.TotalMilliseconds);

    private static void AssertSame(ErrandOracle.Found expected, ErrandPlan plan)
    {
        Assert.Equal(expected.Path, string.Concat(plan.Stops.Select(stop => $" {stop.ErrandId}@{stop.CandidateId}")));
        Assert.Equal(expected.Brought, string.Concat(plan.Handovers.Select(order => FormattableString.Invariant($" {order.ErrandId}@{order.CandidateId} {order.At:u}"))));
        Assert.Equal((expected.ArriveAt, expected.Metres), (plan.ArriveAt, plan.DistanceM));
    }

    private static void AssertSame((IReadOnlyList<string> LeftOut, ErrandOracle.Found? Found) expected, ErrandRefusal refusal)
    {
        Assert.Equal(expected.LeftOut, refusal.LeftOut);
        Assert.Equal(expected.Found is null, refusal.Instead is null);
        Assert.Equal(expected.Found is null, refusal.ErrandId is null);
        Assert.Contains(refusal.Reason, (string[])["no_candidates", "no_way", "out_of_range", "closed", "not_ready", "arrival_too_late"]);
        if (expected.Found is not null)
        {
            AssertSame(expected.Found, refusal.Instead!);
        }
    }

    private static void AssertSound(Instance instance, ErrandPlan plan)
    {
        var at = instance.Trip.StartAt;
        foreach (var stop in plan.Stops)
        {
            Assert.True(stop.ArriveAt >= at && stop.Wait >= TimeSpan.Zero && stop.Wait <= instance.Options.MaxWait);
            Assert.True(stop.DepartAt >= stop.ArriveAt + stop.Wait);
            at = stop.DepartAt;
        }

        if (plan.Stops.All(stop => stop.DetourM is not null) && plan.ExtraM is { } extra)
        {
            Assert.Equal(extra, plan.Stops.Sum(stop => stop.DetourM));
            Assert.Equal(
                plan.Extra!.Value,
                plan.Stops.Aggregate(TimeSpan.Zero, (sum, stop) => sum + stop.Detour!.Value + (stop.DepartAt - stop.ArriveAt)));
        }
    }

    private static List<T> Shuffled<T>(IEnumerable<T> items, Random random)
    {
        var shuffled = items.ToArray();
        random.Shuffle(shuffled);
        return [.. shuffled];
    }

    private static ErrandTrip Numbered(Errand[] errands, DateTimeOffset start, int? latest, double? range)
    {
        var place = 2;
        return new ErrandTrip
        {
            Start = Place(0),
            Destination = Place(1),
            StartAt = start,
            LatestArrival = latest is { } minutes ? start.AddMinutes(minutes) : null,
            RangeM = range,
            Errands =
            [
                .. errands.Select((errand, i) => new Errand(
                    "e" + i,
                    [.. errand.Candidates.Select((candidate, j) => candidate with { Id = "c" + j, Position = Place(place++), ReadyAt = candidate.ReadyAt + (start - Grid.Start) })],
                    errand.Place)),
            ],
        };
    }

    private static GeoPoint Place(int number) => new(number, 0);

    private sealed record Instance(ErrandTrip Trip, Travel?[] Ways, ErrandPlannerOptions Options)
    {
        public Travel? Estimate(GeoPoint from, GeoPoint to) => Ways[((int)from.LatitudeDeg * MostPlaces) + (int)to.LatitudeDeg];

        public ErrandPlanResult Plan() => new ErrandPlanner(Options, Estimate).Plan(Trip);
    }
}
