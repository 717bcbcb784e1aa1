using System.Globalization;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Ports;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce.Planning;

/// <summary>Small trips along one road, in minutes and kilometres from the start at 16:00.</summary>
public sealed class ErrandPlannerTests
{
    [Fact]
    public void Plan_NoErrands_IsTheDirectWay()
    {
        var plan = Grid.Plan(Grid.Trip(20)).Plan!;

        Assert.Empty(plan.Stops);
        Assert.Equal((20.0, 20_000L, 0L, TimeSpan.Zero), (Grid.Minutes(plan.ArriveAt), plan.DistanceM, plan.ExtraM, plan.Extra));
        Assert.Equal(TimeSpan.FromHours(1), plan.ArriveAt.Offset);
    }

    [Fact]
    public void Plan_DinnerTicketsAndParcel_JoinsThemAlongTheWay()
    {
        var trip = Grid.Trip(
            30,
            Grid.Errand("parcel", Grid.Place("depot", 25, serviceMin: 5), Grid.Place("far", -10, serviceMin: 5)),
            Grid.Errand("tickets", Grid.Place("aquarium", 12, Shop.Daily("Europe/Berlin", "09:00", "18:00"), serviceMin: 3)),
            Grid.Brought("dinner", Grid.Place("slow", 0, readyMin: 60), Grid.Place("quick", 0, readyMin: 40)));

        var plan = Grid.Plan(trip).Plan!;

        Assert.Equal("tickets@aquarium 12-15, parcel@depot 28-33", Grid.Text(plan));
        Assert.Equal(38, Grid.Minutes(plan.ArriveAt));
        var dinner = Assert.Single(plan.Handovers);
        Assert.Equal(("dinner", "quick", 40.0), (dinner.ErrandId, dinner.CandidateId, Grid.Minutes(dinner.At)));
        Assert.Equal(["waits_for_ready_s=120", "hours_unknown", "best_of=2"], dinner.Reasons.Select(reason => reason.ToString()));
        Assert.Equal(["detour_m=0", "detour_s=0", "open_until=18:00", "only_candidate"], plan.Stops[0].Reasons.Select(reason => reason.ToString()));
        Assert.Equal(["detour_m=0", "detour_s=0", "hours_unknown", "best_of=2"], plan.Stops[1].Reasons.Select(reason => reason.ToString()));
        Assert.Equal((TimeSpan.FromMinutes(8), 0L), (plan.Extra!.Value, plan.ExtraM!.Value));
    }

    [Fact]
    public void Plan_StopBehindTheCar_SaysItsDetour()
    {
        var plan = Grid.Plan(Grid.Trip(10, Grid.Errand("a", Grid.Place("p", -2, serviceMin: 4)))).Plan!;

        Assert.Equal((4000L, TimeSpan.FromMinutes(4)), (plan.Stops[0].DetourM!.Value, plan.Stops[0].Detour!.Value));
        Assert.Equal((4000L, TimeSpan.FromMinutes(8)), (plan.ExtraM!.Value, plan.Extra!.Value));
    }

    [Fact]
    public void Plan_ClosedSoon_IsVisitedFirstAgainstTheShorterOrder()
    {
        // On the way a comes first, but takes so long that b would be closed.
        var trip = Grid.Trip(
            20, Grid.Errand("a", Grid.Place("p", 5, serviceMin: 30)), Grid.Errand("b", Grid.Place("q", 10, Shop.Daily("Europe/Berlin", "08:00", "16:20"))));

        Assert.Equal("b@q 10-10, a@p 15-45", Grid.Text(Grid.Plan(trip).Plan!));
    }

    [Fact]
    public void Plan_OpensLater_WaitsWithinTheBoundAndSaysSo()
    {
        var trip = Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 5, Shop.Daily("Europe/Berlin", "16:35", "20:00"), serviceMin: 2)));

        var stop = Grid.Plan(trip).Plan!.Stops[0];

        Assert.Equal((5.0, TimeSpan.FromMinutes(30), 37.0), (Grid.Minutes(stop.ArriveAt), stop.Wait, Grid.Minutes(stop.DepartAt)));
        Assert.Contains("waits_for_opening_s=1800", stop.Reasons.Select(reason => reason.ToString()));
        Assert.Equal("closed", Grid.Plan(trip, new ErrandPlannerOptions { MaxWait = TimeSpan.FromMinutes(29.99) }).Refusal!.Reason);
    }

    [Fact]
    public void Plan_WaitUsedForAnotherErrand_IsTheBetterOrder()
    {
        var trip = Grid.Trip(
            20,
            Grid.Errand("a", Grid.Place("p", 5, readyMin: 25)),
            Grid.Errand("b", Grid.Place("q", 10, serviceMin: 10)));

        // a after b: back 5 km, ready by then. a first: waits 20 minutes.
        Assert.Equal("b@q 10-20, a@p 25-25", Grid.Text(Grid.Plan(trip).Plan!));
        Assert.Equal(40, Grid.Minutes(Grid.Plan(trip).Plan!.ArriveAt));
    }

    [Fact]
    public void Plan_ServiceWouldEndAfterClosing_WaitsForTheNextOpening()
    {
        var hours = Shop.Hours("Europe/Berlin", Shop.Span(DayOfWeek.Monday, "08:00", "16:10"), Shop.Span(DayOfWeek.Monday, "16:20", "18:00"));

        var stop = Grid.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 5, hours, serviceMin: 6)))).Plan!.Stops[0];

        Assert.Equal((TimeSpan.FromMinutes(15), 26.0), (stop.Wait, Grid.Minutes(stop.DepartAt)));
        Assert.Equal(5, Grid.Minutes(Grid.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 5, hours, serviceMin: 5)))).Plan!.Stops[0].DepartAt) - 5);
    }

    [Fact]
    public void Plan_ArrivesAtTheInstantOfClosing_IsTooLate()
    {
        var errand = Grid.Errand("a", Grid.Place("p", 5, Shop.Daily("Europe/Berlin", "08:00", "16:05")));

        Assert.Equal(("closed", "a"), Refused(Grid.Plan(Grid.Trip(20, errand))));
        Assert.NotNull(Grid.Plan(Grid.Trip(20, errand) with { StartAt = Grid.Start.AddMilliseconds(-1) }).Plan);
    }

    [Fact]
    public void Plan_NightOfTheChange_CountsRealMinutes()
    {
        // 01:30 and 40 minutes is 03:10 in this night, when a shop that closes at 03:00 is closed.
        var start = Shop.At("2026-03-29T01:30", 1);
        var trip = Grid.Trip(60, Grid.Errand("a", Grid.Place("p", 40, Shop.Daily("Europe/Berlin", "20:00", "03:00")))) with { StartAt = start };

        Assert.Equal("closed", Grid.Plan(trip).Refusal!.Reason);
        Assert.Contains("open_until=03:00", Grid.Plan(trip with { StartAt = start.AddMinutes(-11) }).Plan!.Stops[0].Reasons.Select(reason => reason.ToString()));
    }

    [Theory]
    [InlineData(39_999, "out_of_range")]
    [InlineData(40_000, null)]
    [InlineData(-5, "out_of_range")]
    [InlineData(double.NaN, null)]
    [InlineData(double.PositiveInfinity, null)]
    public void Plan_Range_KeepsTheReserve(double rangeM, string? reason)
    {
        var result = Grid.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 10))) with { RangeM = rangeM });

        Assert.Equal(reason, result.Refusal?.Reason);
        if (result.Plan is { } plan)
        {
            Assert.Equal(double.IsFinite(rangeM) ? "range_left_m=20000" : "range_unknown", plan.Reasons.Single().ToString());
        }
    }

    [Fact]
    public void Plan_RangeDoesNotReachTheDetour_NamesTheErrandAndThePlanWithoutIt()
    {
        var trip = Grid.Trip(20, Grid.Errand("far", Grid.Place("p", 30)), Grid.Errand("near", Grid.Place("q", 10))) with { RangeM = 45_000 };

        var refusal = Grid.Plan(trip).Refusal!;

        Assert.Equal(("out_of_range", "far"), (refusal.Reason, refusal.ErrandId));
        Assert.Equal(["far"], refusal.LeftOut);
        Assert.Equal("near@q 10-10", Grid.Text(refusal.Instead!));
    }

    [Fact]
    public void Plan_TwoErrandsThatExcludeEachOther_NamesTheOneThatWouldBeTooLate()
    {
        var until = Shop.Daily("Europe/Berlin", "08:00", "16:40");
        var trip = Grid.Trip(
            20, Grid.Errand("a", Grid.Place("p", 5, serviceMin: 30)), Grid.Errand("b", Grid.Place("q", 10, until, serviceMin: 10))) with { LatestArrival = Grid.Start.AddMinutes(62) };

        // a then b: b would end at 16:50. b then a: home at 17:10.
        var refusal = Grid.Plan(trip).Refusal!;

        Assert.Equal(["a"], refusal.LeftOut);
        Assert.Equal("b@q 10-20", Grid.Text(refusal.Instead!));
        Assert.Equal(("arrival_too_late", "a"), (refusal.Reason, refusal.ErrandId));
    }

    [Theory]
    [InlineData(19.99, "arrival_too_late")]
    [InlineData(20, null)]
    public void Plan_LatestArrivalOfTheTripAlone_IsTheTripsFault(double minutes, string? reason)
    {
        var refusal = Grid.Plan(Grid.Trip(20) with { LatestArrival = Grid.Start.AddMinutes(minutes) }).Refusal;

        Assert.Equal(reason, refusal?.Reason);
        Assert.Null(refusal?.ErrandId);
        Assert.Null(refusal?.Instead);
    }

    [Fact]
    public void Plan_TripCannotBeDrivenAlone_IsNotTheErrandsFault()
    {
        var refusal = Grid.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 10))) with { RangeM = 30_000 }).Refusal!;

        Assert.Equal(("out_of_range", null), (refusal.Reason, refusal.ErrandId));
        Assert.Empty(refusal.LeftOut);
    }

    [Fact]
    public void Plan_NotReadyForLong_SaysThatAndNotClosed()
    {
        Assert.Equal(("not_ready", "a"), Refused(Grid.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 5, readyMin: 36))))));
        Assert.NotNull(Grid.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 5, readyMin: 35)))).Plan);
    }

    [Fact]
    public void Plan_NothingFound_NamesTheErrandAndPlansTheRest()
    {
        var refusal = Grid.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 5)), Grid.Errand("b"))).Refusal!;

        Assert.Equal(("no_candidates", "b"), (refusal.Reason, refusal.ErrandId));
        Assert.Equal("a@p 5-5", Grid.Text(refusal.Instead!));
        Assert.Equal(("no_candidates", "c"), Refused(Grid.Plan(Grid.Trip(20, Grid.Brought("c")))));
    }

    [Fact]
    public void Plan_NobodyCanBringIt_NamesTheErrand()
    {
        var dinner = Grid.Brought("dinner", Grid.Place("p", 0, Shop.Daily("Europe/Berlin", "08:00", "16:20")), Grid.Place("q", 0, readyMin: 51));

        Assert.Equal("dinner", Grid.Plan(Grid.Trip(20, dinner)).Refusal!.ErrandId);
        Assert.Equal("q", Grid.Plan(Grid.Trip(21, dinner)).Plan!.Handovers.Single().CandidateId);
        Assert.Equal("p", Grid.Plan(Grid.Trip(19.9, dinner)).Plan!.Handovers.Single().CandidateId);
    }

    [Fact]
    public void Plan_BroughtOnlyLater_TakesTheLongerWayRatherThanFail()
    {
        // The direct order is home too early for the bound; waiting at p first is not.
        var trip = Grid.Trip(
            20,
            Grid.Brought("dinner", Grid.Place("d", 0, Shop.Daily("Europe/Berlin", "17:00", "22:00"))),
            Grid.Errand("a", Grid.Place("p", 5), Grid.Place("q", 8, readyMin: 30)));

        Assert.Equal("a@q 8-30", Grid.Text(Grid.Plan(trip).Plan!));
    }

    [Fact]
    public void Plan_PlacesUnknown_AreNoCandidates()
    {
        var nowhere = new ErrandCandidate { Id = "x", Position = new GeoPoint(double.NaN, 0) };
        var errand = Grid.Errand("a", nowhere, nowhere with { Id = "y", Position = null }, nowhere with { Id = "z", Position = new GeoPoint(91, 0) });

        Assert.Equal(("place_unknown", "a"), Refused(Grid.Plan(Grid.Trip(20, errand))));
        Assert.Equal("a@p 5-5", Grid.Text(Grid.Plan(Grid.Trip(20, errand with { Candidates = [.. errand.Candidates, Grid.Place("p", 5)] })).Plan!));
        Assert.NotNull(Grid.Plan(Grid.Trip(20, errand with { Place = ErrandPlace.Destination })).Plan);
    }

    [Fact]
    public void Plan_StartOrDestinationUnknown_IsRefused()
    {
        Assert.Equal(("place_unknown", null), Refused(Grid.Plan(Grid.Trip(20) with { Start = new GeoPoint(double.NaN, 0) })));
        Assert.Equal(("place_unknown", null), Refused(Grid.Plan(Grid.Trip(20) with { Destination = new GeoPoint(0, 181) })));
    }

    [Fact]
    public void Plan_MoreThanItsBounds_IsRefused()
    {
        var errands = Enumerable.Range(0, 7).Select(i => Grid.Errand("e" + i, Grid.Place("p", i))).ToArray();

        Assert.Equal(("too_many_errands", null), Refused(Grid.Plan(Grid.Trip(20, errands))));
        Assert.Equal(6, Grid.Plan(Grid.Trip(20, errands[..6])).Plan!.Stops.Count);
        Assert.Equal(("too_many_candidates", "a"), Refused(Grid.Plan(Grid.Trip(20, Grid.Errand("a", [.. Enumerable.Range(0, 6).Select(i => Grid.Place("p" + i, i))])))));
    }

    [Theory]
    [InlineData(double.NaN, 1)]
    [InlineData(-1, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(1e13, 1)]
    [InlineData(1, -1)]
    public void Plan_EstimatorSaysNonsense_IsNoWay(double metres, double minutes)
    {
        var planner = new ErrandPlanner(new ErrandPlannerOptions(), (from, to) => new Travel(metres, TimeSpan.FromMinutes(minutes)));

        Assert.Equal("no_way", planner.Plan(Grid.Trip(20)).Refusal!.Reason);
    }

    [Fact]
    public void Plan_IslandWithoutAFerry_IsNoWayAndTheRestIsPlanned()
    {
        var planner = new ErrandPlanner(new ErrandPlannerOptions(), (from, to) => to == Grid.At(7) ? null : Grid.Road(from, to));

        var refusal = planner.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 5)), Grid.Errand("island", Grid.Place("q", 7)))).Refusal!;

        Assert.Equal(("no_way", "island"), (refusal.Reason, refusal.ErrandId));
        Assert.Equal("a@p 5-5", Grid.Text(refusal.Instead!));
    }

    [Fact]
    public void Plan_NoDirectWay_HasNoDetourToTell()
    {
        var planner = new ErrandPlanner(new ErrandPlannerOptions(), (from, to) => from == Grid.At(0) && to == Grid.At(20) ? null : Grid.Road(from, to));

        var plan = planner.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 5)))).Plan!;

        Assert.Equal((null, null, null), (plan.ExtraM, plan.Extra, plan.Stops[0].DetourM));
        Assert.Equal(["hours_unknown", "only_candidate"], plan.Stops[0].Reasons.Select(reason => reason.ToString()));
    }

    [Fact]
    public void Plan_Antipodes_TakesTooLongRatherThanForever()
    {
        var planner = new ErrandPlanner(new ErrandPlannerOptions());
        var trip = Grid.Trip(0) with { Destination = new GeoPoint(0, 180) };

        Assert.Equal("arrival_too_late", planner.Plan(trip).Refusal!.Reason);
        Assert.NotNull(planner.Plan(trip with { Start = new GeoPoint(0, -179.9) }).Plan);
    }

    [Fact]
    public void Plan_HugeTimes_DoNotOverflow()
    {
        var forever = Grid.Place("p", 5) with { Service = TimeSpan.MaxValue };
        var never = Grid.Place("p", 5) with { ReadyAt = DateTimeOffset.MaxValue };

        Assert.Equal("arrival_too_late", Grid.Plan(Grid.Trip(20, Grid.Errand("a", forever))).Refusal!.Reason);
        Assert.Equal("not_ready", Grid.Plan(Grid.Trip(20, Grid.Errand("a", never))).Refusal!.Reason);
        Assert.NotNull(Grid.Plan(Grid.Trip(20) with { LatestArrival = DateTimeOffset.MaxValue, RangeM = double.MaxValue }).Plan);
        Assert.Equal("arrival_too_late", Grid.Plan(Grid.Trip(20) with { LatestArrival = DateTimeOffset.MinValue }).Refusal!.Reason);
    }

    [Fact]
    public void Plan_EqualPlans_TakesTheFirstIds()
    {
        var trip = Grid.Trip(
            20,
            Grid.Errand("b", Grid.Place("y", 5), Grid.Place("x", 5)),
            Grid.Errand("a", Grid.Place("z", 5), Grid.Place("w", 5)),
            Grid.Brought("c", Grid.Place("v", 0), Grid.Place("u", 0)));

        var plan = Grid.Plan(trip).Plan!;

        Assert.Equal("a@w 5-5, b@x 5-5", Grid.Text(plan));
        Assert.Equal("u", plan.Handovers.Single().CandidateId);
    }

    [Fact]
    public void Plan_EqualArrival_TakesTheShorterWay()
    {
        var planner = new ErrandPlanner(
            new ErrandPlannerOptions(), (from, to) => new Travel(from == Grid.At(1) || to == Grid.At(1) ? 9000 : 3000, TimeSpan.FromMinutes(5)));

        Assert.Equal("a@near 5-5", Grid.Text(planner.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("far", 1), Grid.Place("near", 2)))).Plan!));
    }

    [Fact]
    public void Plan_DifferenceBelowAMillisecond_DoesNotDecide()
    {
        var planner = new ErrandPlanner(
            new ErrandPlannerOptions(),
            (from, to) => new Travel(1000 + (to == Grid.At(2) ? -0.3 : 0.3), TimeSpan.FromMinutes(5) + TimeSpan.FromTicks(to == Grid.At(2) ? -3000 : 3000)));

        Assert.Equal("a@one 5-5", Grid.Text(planner.Plan(Grid.Trip(20, Grid.Errand("a", Grid.Place("one", 1), Grid.Place("two", 2)))).Plan!));
    }

    [Fact]
    public void Plan_WrongInput_IsRefusedByName()
    {
        Contains("'a'", Grid.Trip(20, Grid.Errand("a"), Grid.Errand("a")));
        Contains("'p'", Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 1), Grid.Place("p", 2))));
        Contains("Service", Grid.Trip(20, Grid.Errand("a", Grid.Place("p", 1, serviceMin: -1))));
        Contains("StartAt", Grid.Trip(20) with { StartAt = DateTimeOffset.MaxValue });

        static void Contains(string text, ErrandTrip trip) =>
            Assert.Contains(text, Assert.ThrowsAny<ArgumentException>(() => Grid.Plan(trip)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("th-TH")]
    public void Plan_AnyCulture_SaysTheSame(string culture)
    {
        var trip = Grid.Trip(20, Grid.Errand("i", Grid.Place("p", -1234.5 / 1000, Shop.Daily("Europe/Berlin", "16:10", "18:30"))), Grid.Errand("I")) with { RangeM = 99_000 };
        var expected = Grid.All(Grid.Plan(trip));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal(expected, Grid.All(Grid.Plan(trip)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0, 5, 30, 20_000, 24, "MaxErrands")]
    [InlineData(7, 5, 30, 20_000, 24, "MaxErrands")]
    [InlineData(6, 0, 30, 20_000, 24, "MaxCandidates")]
    [InlineData(6, 7, 30, 20_000, 24, "MaxCandidates")]
    [InlineData(6, 5, -1, 20_000, 24, "MaxWait")]
    [InlineData(6, 5, 241, 20_000, 24, "MaxWait")]
    [InlineData(6, 5, 30, -1, 24, "RangeReserveM")]
    [InlineData(6, 5, 30, 200_001, 24, "RangeReserveM")]
    [InlineData(6, 5, 30, 20_000, 0.9, "LongestTrip")]
    [InlineData(6, 5, 30, 20_000, 72.1, "LongestTrip")]
    public void ErrandPlanner_OptionOutOfRange_IsRefusedByName(int errands, int candidates, double waitMin, int reserveM, double longestH, string name)
    {
        var options = new ErrandPlannerOptions
        {
            MaxErrands = errands,
            MaxCandidates = candidates,
            MaxWait = TimeSpan.FromMinutes(waitMin),
            RangeReserveM = reserveM,
            LongestTrip = TimeSpan.FromHours(longestH),
        };

        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => new ErrandPlanner(options)).ParamName);
    }

    private static (string, string?) Refused(ErrandPlanResult result) => (result.Refusal!.Reason, result.Refusal.ErrandId);
}
