namespace EcuAgent.EcuSim.Tests;

public sealed class NavigationEcuTests
{
    private static readonly GeoPoint Origin = new(48.1374, 11.5755);

    private readonly NavigationEcu _ecu = new(Maps.Bundled, Origin);

    [Fact]
    public void SetDestination_OnTheMap_StartsTheRouteAndReportsTheWay()
    {
        var outcome = _ecu.Apply(Go("Home", Origin.Offset(3000, 4000)));

        Assert.Equal(OutcomeKind.Completed, outcome.Kind);
        Assert.InRange(outcome.Applied!.Value, 5000, 10_000);
        var state = _ecu.ReadBack();
        Assert.True(state.RouteActive);
        Assert.Equal(("Home", "c1", 0), (state.DestinationName.ToString(), state.LastCommandId.ToString(), state.StopCount));
        Assert.Equal(outcome.Applied, state.RemainingDistanceM);
        Assert.True(state.RemainingTimeS > 0);
    }

    [Fact]
    public void SetDestination_ASecondTime_ReplacesRouteAndStops()
    {
        _ecu.Apply(Go("Home", Origin.Offset(3000, 4000)));
        _ecu.Apply(Stop("Cafe", Origin.Offset(1000, 0)));
        _ecu.Apply(Go("Work", Origin.Offset(-3000, 0)));
        var state = _ecu.ReadBack();
        Assert.Equal(("Work", 0), (state.DestinationName.ToString(), state.StopCount));
    }

    [Theory]
    [InlineData(91, 0)]
    [InlineData(0, 181)]
    [InlineData(double.NaN, 0)]
    public void SetDestination_OffTheEarth_IsRejectedAndTheRouteStays(double latitude, double longitude)
    {
        _ecu.Apply(Go("Home", Origin.Offset(3000, 4000)));
        Assert.Equal("out_of_range", _ecu.Apply(Go("Nowhere", new GeoPoint(latitude, longitude))).Reason);
        Assert.Equal("Home", _ecu.ReadBack().DestinationName.ToString());
    }

    [Fact]
    public void AddStop_OnARoute_ComesBeforeTheDestinationAndLengthensTheWay()
    {
        var direct = _ecu.Apply(Go("Home", Origin.Offset(5000, 0))).Applied;
        var via = _ecu.Apply(Stop("Cafe", Origin.Offset(2500, 3000))).Applied;
        var state = _ecu.ReadBack();
        Assert.True(via > direct);
        Assert.Equal(("Home", 1), (state.DestinationName.ToString(), state.StopCount));
    }

    [Fact]
    public void AddStop_BeyondEight_IsRejected()
    {
        _ecu.Apply(Go("Home", Origin.Offset(5000, 0)));
        for (var i = 0; i < 8; i++)
        {
            Assert.Equal(OutcomeKind.Completed, _ecu.Apply(Stop($"s{i}", Origin.Offset(100 * i, 500))).Kind);
        }

        Assert.Equal("too_many_stops", _ecu.Apply(Stop("s9", Origin)).Reason);
        Assert.Equal(8, _ecu.ReadBack().StopCount);
    }

    [Theory]
    [InlineData(NavigationAction.Cancel)]
    [InlineData(NavigationAction.AddStop)]
    public void RouteAction_WithoutARoute_IsRejectedWithNoRoute(NavigationAction action)
    {
        var outcome = _ecu.Apply(new NavigationCommand { Action = action });
        Assert.Equal((OutcomeKind.Rejected, "no_route"), (outcome.Kind, outcome.Reason));
    }

    [Fact]
    public void Cancel_OnARoute_EndsIt()
    {
        _ecu.Apply(Go("Home", Origin.Offset(3000, 4000)));
        Assert.Equal(OutcomeKind.Completed, _ecu.Apply(new NavigationCommand { Action = NavigationAction.Cancel }).Kind);
        var state = _ecu.ReadBack();
        Assert.False(state.RouteActive);
        Assert.Equal(("", 0.0), (state.DestinationName.ToString(), state.RemainingDistanceM));
    }

    [Fact]
    public void MoveTo_StopAndThenDestination_ShortensAndEndsTheRoute()
    {
        _ecu.Apply(Go("Home", Origin.Offset(5000, 0)));
        _ecu.Apply(Stop("Cafe", Origin.Offset(2500, 0)));
        _ecu.MoveTo(Origin.Offset(2480, 0));
        Assert.Equal(0, _ecu.ReadBack().StopCount);
        Assert.True(_ecu.ReadBack().RouteActive);
        _ecu.MoveTo(Origin.Offset(4990, 0));
        Assert.False(_ecu.ReadBack().RouteActive);
    }

    [Fact]
    public void Avoidance_Set_IsReadBack()
    {
        _ecu.Apply(new NavigationCommand { Action = NavigationAction.SetAvoidance, Avoidance = RouteAvoidance.Ferries });
        Assert.Equal(RouteAvoidance.Ferries, _ecu.ReadBack().Avoidance);
    }

    [Theory]
    [InlineData(NavigationAction.Unknown)]
    [InlineData((NavigationAction)99)]
    public void Action_NotKnown_IsRejected(NavigationAction action) =>
        Assert.Equal("unknown_action", _ecu.Apply(new NavigationCommand { Action = action }).Reason);

    [Fact]
    public void Query_ByNameThatTwoPlacesHave_FindsBothNearestFirst()
    {
        var answer = _ecu.Answer(new PlaceQuery { Text = BoundedString128.From("Golden Dragon"), MaxResults = 8 });

        Assert.Equal((PlaceStatus.Found, 2), (answer.Status, answer.PlaceCount));
        Assert.Equal("Golden Dragon, Harbour Street", answer.Places[0].Name.ToString());
        Assert.Equal("Golden Dragon, Mill Road", answer.Places[1].Name.ToString());
        Assert.True(answer.Places[0].DistanceM <= answer.Places[1].DistanceM);
        Assert.Equal(PlaceCategory.Restaurant, answer.Places[0].Category);
        Assert.InRange(answer.Places[0].BearingDeg, 0, 90); // east and north of the origin
    }

    [Fact]
    public void Query_FromAnotherPosition_CountsDistancesFromThere()
    {
        var mill = Origin.Offset(2600, -400);
        var answer = _ecu.Answer(new PlaceQuery
        {
            Text = BoundedString128.From("golden dragon"),
            MaxResults = 1,
            HasPosition = true,
            LatitudeDeg = mill.LatitudeDegrees,
            LongitudeDeg = mill.LongitudeDegrees,
        });
        Assert.Equal(1, answer.PlaceCount);
        Assert.Equal("Golden Dragon, Mill Road", answer.Places[0].Name.ToString());
        Assert.Equal(0, answer.Places[0].DistanceM);
    }

    [Fact]
    public void Query_ForNothingOnTheMap_AnswersNone()
    {
        var answer = _ecu.Answer(new PlaceQuery { Text = BoundedString128.From("zzyzx"), MaxResults = 8 });
        Assert.Equal((PlaceStatus.None, 0), (answer.Status, answer.PlaceCount));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 3)]
    [InlineData(255, 8)]
    public void Query_ForAny_ReturnsAtMostWhatWasAskedFor(byte asked, int found)
    {
        var answer = _ecu.Answer(new PlaceQuery { MaxResults = asked });
        Assert.Equal(found, answer.PlaceCount);
    }

    [Fact]
    public void Query_AlongTheRoute_OrdersByDetour()
    {
        _ecu.Apply(Go("Work", Origin.Offset(5200, 3900)));
        var answer = _ecu.Answer(new PlaceQuery { Category = PlaceCategory.Restaurant, Near = PlaceNear.Route, MaxResults = 8 });
        var detours = Enumerable.Range(0, answer.PlaceCount).Select(i => answer.Places[i].DetourM).ToArray();
        Assert.True(detours.Length > 2);
        Assert.Equal(detours.Order(), detours);
    }

    private static NavigationCommand Go(string name, GeoPoint at) => At(NavigationAction.SetDestination, name, at);

    private static NavigationCommand Stop(string name, GeoPoint at) => At(NavigationAction.AddStop, name, at);

    private static NavigationCommand At(NavigationAction action, string name, GeoPoint at) => new()
    {
        CommandId = BoundedString36.From("c1"),
        Action = action,
        DestinationName = BoundedString128.From(name),
        LatitudeDeg = at.LatitudeDegrees,
        LongitudeDeg = at.LongitudeDegrees,
    };
}
