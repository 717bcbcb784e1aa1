using CsCheck;
using EcuAgent.Core.Agent;
using EcuAgent.Core.Ports;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Core.Tests.Agent;

public sealed class PlaceTurnTests
{
    private static readonly Place Tower = new() { PlaceId = "p1", Name = "Clock Tower", DistanceM = 180, BearingDeg = 180, Category = PlaceCategory.Attraction };
    private static readonly Place Bank = Tower with { PlaceId = "p2", Name = "City Bank", DistanceM = 120, BearingDeg = 0, Category = PlaceCategory.Bank };
    private static readonly Place Museum = Tower with { PlaceId = "p3", Name = "Toy Museum", DistanceM = 250 };

    [Theory]
    [InlineData("left", "en", "On the left is Clock Tower, 200 metres away.")]
    [InlineData("right", "en", "On the right is City Bank, 100 metres away.")]
    [InlineData("left", "zh", "左侧是Clock Tower，距离200米。")]
    [InlineData("ahead", "en", "I know no place ahead within 300 metres.")]
    [InlineData("behind", "zh", "后方300米内没有我知道的地点。")]
    public async Task Identify_CarHeadingWest_NamesTheNearestOnThatSide(string side, string language, string reply)
    {
        using var rig = Heading(270);
        rig.Model.On("what is that", ("identify_place", new { side }));
        rig.Ports.OnQuery = _ => Task.FromResult(PlaceAnswer.Found(Museum, Bank, Tower));

        await rig.SayAsync("what is that", language: language);

        Assert.Equal(reply, rig.Ports.LastReply);
        Assert.Empty(rig.Ports.Commands);
        Assert.Equal((PlaceCategory.Any, PlaceNear.Here, "", new GeoPoint(48, 11)), rig.Ports.Queries[0] is var q ? (q.Category, q.Near, q.Text, q.Position!.Value) : default);
    }

    [Fact]
    public async Task Identify_NothingAmongTheNearest_AsksForSights()
    {
        using var rig = Heading(270);
        rig.Model.On("what is that", ("identify_place", new { side = "left" }));
        rig.Ports.OnQuery = query => Task.FromResult(query.Category == PlaceCategory.Attraction ? PlaceAnswer.Found(Museum) : PlaceAnswer.Found(Bank));

        await rig.SayAsync("what is that");

        Assert.Equal([PlaceCategory.Any, PlaceCategory.Attraction], rig.Ports.Queries.Select(query => query.Category));
        Assert.Equal("On the left is Toy Museum, 250 metres away.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Identify_TooFarSavedOrWithoutBearing_IsNotTold()
    {
        using var rig = Heading(270);
        rig.Model.On("what is that", ("identify_place", new { side = "left" }));
        rig.Ports.OnQuery = _ => Task.FromResult(PlaceAnswer.Found(
            Tower with { DistanceM = 301 }, Tower with { Category = PlaceCategory.Home }, Tower with { BearingDeg = double.NaN }, Tower with { DistanceM = double.NaN }));

        var report = await rig.SayAsync("what is that");

        Assert.Equal("I know no place on the left within 300 metres.", rig.Ports.LastReply);
        Assert.Equal(AgentReasons.PlaceNotFound, report.Calls[0].ReasonCode);
    }

    [Fact]
    public async Task Identify_HeadingOrPositionUnknown_SaysSoAndAsksNobody()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("what is that", ("identify_place", new { side = "left" }));

        var without = await rig.SayAsync("what is that");
        rig.State.Apply(new LocationSample(rig.Envelope(), 48, 11, 500, double.NaN, 5));
        var unheaded = await rig.SayAsync("what is that");

        Assert.Equal(
            ("I do not know where the car is right now.", AgentReasons.PositionUnknown), (without.ReplyText, without.Calls[0].ReasonCode));
        Assert.Equal(
            ("I do not know which way the car is facing, so I cannot tell what is beside it.", AgentReasons.HeadingUnknown),
            (unheaded.ReplyText, unheaded.Calls[0].ReasonCode));
        Assert.Empty(rig.Ports.Queries);
    }

    [Fact]
    public async Task Identify_MapFails_SaysSo()
    {
        using var rig = Heading(270);
        rig.Model.On("what is that", ("identify_place", new { side = "left" }));
        rig.Ports.OnQuery = _ => Task.FromResult(PlaceAnswer.Failed);

        var report = await rig.SayAsync("what is that");

        Assert.Equal(AgentReasons.PlacesUnavailable, report.Calls[0].ReasonCode);
        Assert.Single(rig.Ports.Queries);
    }

    [Fact]
    public void Identify_AnyBearing_LiesOnOneSideOfTheCar() => Gen.Select(Gen.Double[0, 360], Gen.Double[-1000, 1000]).Sample(
        (bearing, heading) =>
        {
            // Written apart from the product: turn both so that the car faces north, then look at the quarter.
            double relative = ((bearing - heading) % 360 + 360) % 360;
            int quarter = relative is >= 315 or < 45 ? 0 : relative < 135 ? 1 : relative < 225 ? 2 : 3;
            double edge = relative % 90;
            if (Math.Abs(edge - 45) > 1e-6)
            {
                Assert.Equal([quarter], Enumerable.Range(0, 4).Where(q => Surroundings.IsToward(bearing, heading + (90 * q))));
            }
        },
        iter: 3000,
        threads: 1);

    [Theory]
    [InlineData("first", "a")]
    [InlineData("second", "b")]
    [InlineData("third", "c")]
    [InlineData("last", "c")]
    [InlineData("nearest", "b")]
    public async Task Choose_AfterASearch_NavigatesToThatOne(string which, string place)
    {
        using var rig = Offered(3);
        rig.Model.On("that one please", ("choose_option", new { which }));

        await rig.SayAsync("coffee");
        await rig.SayAsync("that one please");

        Assert.Equal(place, ((NavigationCommand)Assert.Single(rig.Ports.Commands)).PlaceId);
    }

    [Theory]
    [InlineData("cheapest", "I know no prices of them; which one do you mean: first, Cafe a, 300 metres; second, Cafe b, 200 metres?")]
    [InlineData("best_rated", "I know no ratings of them; which one do you mean: first, Cafe a, 300 metres; second, Cafe b, 200 metres?")]
    [InlineData("third", "Which one do you mean: first, Cafe a, 300 metres; second, Cafe b, 200 metres?")]
    [InlineData("other", "Which one do you mean: first, Cafe a, 300 metres; second, Cafe b, 200 metres?")]
    public async Task Choose_WordDoesNotDecide_AsksAndTheOptionsStayOpen(string which, string question)
    {
        using var rig = Offered(2);
        rig.Model.On("that one please", ("choose_option", new { which }));

        await rig.SayAsync("coffee");
        var asked = await rig.SayAsync("that one please");
        Assert.Equal((TurnStatus.Asked, question), (asked.Status, asked.ReplyText));
        Assert.Empty(rig.Ports.Commands);

        await rig.SayAsync("the second one");
        Assert.Equal("b", ((NavigationCommand)Assert.Single(rig.Ports.Commands)).PlaceId);
    }

    [Fact]
    public async Task Choose_OtherOfTwoAfterOneWasTaken_TakesTheOther()
    {
        using var rig = Offered(2);
        rig.Model.On("no, the other one", ("choose_option", new { which = "other" }));

        await rig.SayAsync("coffee");
        await rig.SayAsync("the second one");
        await rig.SayAsync("no, the other one");

        Assert.Equal(["b", "a"], rig.Ports.Commands.Cast<NavigationCommand>().Select(command => command.PlaceId));
    }

    [Theory]
    [InlineData("en", "Cafe b is added as a stop. Cafe a is still a stop, because I cannot take a single stop off the route.")]
    [InlineData("zh", "已添加途经点Cafe b。Cafe a仍是途经点，我无法单独取消一个途经点。")]
    public async Task Choose_OtherStopAfterOneWasAdded_SaysThatBothAreStops(string language, string reply)
    {
        using var rig = Offered(2);
        rig.Model.On("stop at a cafe", ("add_stop", new { destination = "cafe" })).On("no, the other one", ("choose_option", new { which = "other" }));

        await rig.SayAsync("stop at a cafe");
        await rig.SayAsync("the first one");
        await rig.SayAsync("no, the other one", language: language);

        Assert.Equal(
            [(NavigationAction.AddStop, "a"), (NavigationAction.AddStop, "b")],
            rig.Ports.Commands.Cast<NavigationCommand>().Select(command => (command.Action, command.PlaceId)));
        Assert.Equal(reply, rig.Ports.LastReply);
    }

    [Fact]
    public async Task Choose_OtherStopAfterTheFirstWasRejected_SpeaksOfTheOtherOnly()
    {
        using var rig = Offered(2);
        rig.Model.On("stop at a cafe", ("add_stop", new { destination = "cafe" })).On("no, the other one", ("choose_option", new { which = "other" }));
        rig.Ports.OnCommand = command =>
        {
            rig.Agent.OnCommandOutcome(new CommandOutcome(command.CommandId, CommandOutcomeKind.Rejected, "too_many_stops"));
            return CommandWriteResult.Written;
        };

        await rig.SayAsync("stop at a cafe");
        await rig.SayAsync("the first one");
        rig.Ports.OnCommand = rig.Obey;
        await rig.SayAsync("no, the other one");

        Assert.Equal("Cafe b is added as a stop.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Choose_SameStopAgain_IsNotAddedTwice()
    {
        using var rig = Offered(2);
        rig.Model.On("stop at a cafe", ("add_stop", new { destination = "cafe" })).On("yes the first one of them", ("choose_option", new { which = "first" }));

        await rig.SayAsync("stop at a cafe");
        await rig.SayAsync("the first one");
        await rig.SayAsync("yes the first one of them");

        Assert.Single(rig.Ports.Commands);
        Assert.Equal("Cafe a is a stop already.", rig.Ports.LastReply);
    }

    [Fact]
    public async Task Choose_InTheUtteranceThatSearches_PicksFromWhatWasFound()
    {
        using var rig = Offered(2);
        rig.Model.On("find a cafe and take me to the nearest", ("search_places", new { category = "cafe" }), ("choose_option", new { which = "nearest" }));

        await rig.SayAsync("find a cafe and take me to the nearest");

        Assert.Equal("b", ((NavigationCommand)Assert.Single(rig.Ports.Commands)).PlaceId);
    }

    [Fact]
    public async Task Choose_BareNumberAfterOneWasTaken_IsARequestOfItsOwn()
    {
        using var rig = Offered(2);
        rig.Model.On("two", ("clarify", new { about = "unclear" }));

        await rig.SayAsync("coffee");
        await rig.SayAsync("the first one");
        await rig.SayAsync("two");

        Assert.Equal("a", ((NavigationCommand)Assert.Single(rig.Ports.Commands)).PlaceId);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    public async Task Choose_NothingOfferedOrTooOld_AsksBack(int seconds)
    {
        using var rig = Offered(2);
        rig.Model.On("that one please", ("choose_option", new { which = "first" }));
        if (seconds > 0)
        {
            await rig.SayAsync("coffee");
            rig.Time.Advance(TimeSpan.FromSeconds(seconds));
        }

        var report = await rig.SayAsync("that one please");

        Assert.Equal((TurnStatus.Asked, AgentReasons.NothingOffered), (report.Status, report.Calls[0].ReasonCode));
        Assert.Equal("I have not offered anything to choose from, what are you looking for?", report.ReplyText);
        Assert.Empty(rig.Ports.Commands);
    }

    [Fact]
    public async Task Choose_DistanceOfOneUnknown_NearestIsNotGuessed()
    {
        using var rig = Offered(2, lastDistance: double.NaN);
        rig.Model.On("that one please", ("choose_option", new { which = "nearest" }));

        await rig.SayAsync("coffee");
        await rig.SayAsync("that one please");

        Assert.Empty(rig.Ports.Commands);
    }

    [Fact]
    public async Task Search_Diet_ReachesTheMap()
    {
        using var rig = new AgentRig();
        rig.Park();
        rig.Model.On("vegan food", ("search_places", new { category = "restaurant", diet = "vegan" })).On("food", ("search_places", new { category = "restaurant" }));

        await rig.SayAsync("vegan food");
        await rig.SayAsync("food");

        Assert.Equal(["vegan", ""], rig.Ports.Queries.Select(query => query.Diet));
    }

    private static AgentRig Heading(double degrees)
    {
        var rig = new AgentRig();
        rig.Park();
        rig.State.Apply(new LocationSample(rig.Envelope(), 48, 11, 500, degrees, 5));
        return rig;
    }

    private static AgentRig Offered(int count, double lastDistance = 250)
    {
        var rig = new AgentRig();
        rig.Park();
        Place[] places =
        [
            new Place { PlaceId = "a", Name = "Cafe a", DistanceM = 300 }, new Place { PlaceId = "b", Name = "Cafe b", DistanceM = 200 },
            new Place { PlaceId = "c", Name = "Cafe c", DistanceM = 250 },
        ];
        places[count - 1] = places[count - 1] with { DistanceM = count == 2 && double.IsFinite(lastDistance) ? 200 : lastDistance };
        rig.Model.On("coffee", ("search_places", new { category = "cafe" }));
        rig.Ports.OnQuery = _ => Task.FromResult(PlaceAnswer.Found(places[..count]));
        return rig;
    }
}
