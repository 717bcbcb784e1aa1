using EcuAgent.Idl.V1;

namespace EcuAgent.EcuSim;

/// <summary>The navigation unit: owns the map, answers place queries, and follows the route while the car moves. No transport.</summary>
internal sealed class NavigationEcu
{
    private const double RoadFactor = 1.3;              // roads are longer than the straight line
    private const double AverageSpeedMetersPerSecond = 12;
    private const double ArrivedWithinMeters = 60;
    private const int MaximumStops = 8;
    private const int MaximumResults = 8;

    private readonly List<(string Name, GeoPoint Position)> _route = [];
    private NavigationState _state = new() { Validity = Validity.Valid };
    private readonly PlaceCatalogue _places;
    private readonly GeoPoint _origin;
    private GeoPoint _here;

    public NavigationEcu(PlaceCatalogue places, GeoPoint origin)
    {
        _places = places;
        _origin = origin;
        _here = origin;
    }

    /// <summary>Takes the car's position from the bus.</summary>
    public void MoveTo(GeoPoint here)
    {
        _here = here;
        if (_route.Count > 0 && _here.DistanceMetersTo(_route[0].Position) < ArrivedWithinMeters)
        {
            _route.RemoveAt(0);
        }
    }

    /// <summary>Carries a command out.</summary>
    public Outcome Apply(in NavigationCommand command)
    {
        var outcome = Carry(command);
        if (outcome.Kind == OutcomeKind.Completed)
        {
            _state.LastCommandId.TrySet(command.CommandId.ToString());
        }

        return outcome;
    }

    /// <summary>Answers a place query; the caller fills in source, time and request id.</summary>
    public PlaceResults Answer(in PlaceQuery query)
    {
        var from = query.Near switch
        {
            PlaceNear.Destination when _route.Count > 0 => _route[^1].Position,
            _ when query.HasPosition => new GeoPoint(query.LatitudeDeg, query.LongitudeDeg),
            _ => _here,
        };
        var category = query.Category == PlaceCategory.Any ? "" : query.Category.ToString().ToLowerInvariant();
        var found = _places.Search(query.Text.ToString(), category, query.Diet.ToString(), query.OpenNow, _origin, from);
        var ordered = query.Near == PlaceNear.Route && _route.Count > 0 ? found.OrderBy(p => DetourMeters(p.Position)) : found.AsEnumerable();

        var results = new PlaceResults { Status = found.Count > 0 ? PlaceStatus.Found : PlaceStatus.None };
        foreach (var (entry, position, distance) in ordered.Take(Math.Clamp((int)query.MaxResults, 1, MaximumResults)))
        {
            ref var place = ref results.Places[results.PlaceCount++];
            place.PlaceId.TrySet(entry.Id);
            place.Name.TrySet(entry.Name);
            place.Category = Enum.TryParse<PlaceCategory>(entry.Category, ignoreCase: true, out var kind) ? kind : PlaceCategory.Any;
            place.LatitudeDeg = position.LatitudeDegrees;
            place.LongitudeDeg = position.LongitudeDegrees;
            place.DistanceM = Math.Round(distance);
            place.BearingDeg = Math.Round(from.BearingDegreesTo(position));
            place.DetourM = _route.Count > 0 ? Math.Round(DetourMeters(position)) : 0;
            place.OpenNow = entry.OpenNow;
        }

        return results;
    }

    /// <summary>What the unit really does at this instant.</summary>
    public NavigationState ReadBack()
    {
        _state.RouteActive = _route.Count > 0;
        _state.StopCount = (byte)Math.Max(0, _route.Count - 1);
        var (name, position) = _route.Count > 0 ? _route[^1] : ("", default);
        _state.DestinationName.TrySet(name);
        _state.DestinationLatitudeDeg = position.LatitudeDegrees;
        _state.DestinationLongitudeDeg = position.LongitudeDegrees;
        var meters = RemainingMeters();
        _state.RemainingDistanceM = Math.Round(meters);
        _state.RemainingTimeS = Math.Round(meters / AverageSpeedMetersPerSecond);
        return _state;
    }

    private Outcome Carry(in NavigationCommand command)
    {
        switch (command.Action)
        {
            case NavigationAction.SetDestination:
                if (!TryPosition(command, out var destination, out var refusal))
                {
                    return refusal;
                }

                _route.Clear();
                _route.Add((command.DestinationName.ToString(), destination));
                return Outcome.Completed(Math.Round(RemainingMeters()));
            case NavigationAction.AddStop:
                if (_route.Count == 0)
                {
                    return Outcome.Rejected("no_route", "there is no route that a stop could be added to");
                }

                if (_route.Count > MaximumStops)
                {
                    return Outcome.Rejected("too_many_stops", $"a route has at most {MaximumStops} stops");
                }

                if (!TryPosition(command, out var stop, out var stopRefusal))
                {
                    return stopRefusal;
                }

                _route.Insert(_route.Count - 1, (command.DestinationName.ToString(), stop));
                return Outcome.Completed(Math.Round(RemainingMeters()));
            case NavigationAction.Cancel:
                if (_route.Count == 0)
                {
                    return Outcome.Rejected("no_route", "there is no route to cancel");
                }

                _route.Clear();
                return Outcome.Completed();
            case NavigationAction.SetAvoidance:
                _state.Avoidance = command.Avoidance;
                return Outcome.Completed();
            default:
                return Outcome.Rejected("unknown_action", $"navigation action {(int)command.Action} is not known");
        }
    }

    private static bool TryPosition(in NavigationCommand command, out GeoPoint position, out Outcome refusal)
    {
        position = new GeoPoint(command.LatitudeDeg, command.LongitudeDeg);
        refusal = default;
        if (Math.Abs(position.LatitudeDegrees) <= 90 && Math.Abs(position.LongitudeDegrees) <= 180)
        {
            return true;
        }

        refusal = Outcome.Rejected("out_of_range", "the position is not on the earth");
        return false;
    }

    private double RemainingMeters()
    {
        var meters = 0.0;
        var at = _here;
        foreach (var (_, position) in _route)
        {
            meters += at.DistanceMetersTo(position) * RoadFactor;
            at = position;
        }

        return meters;
    }

    private double DetourMeters(GeoPoint via)
    {
        var next = _route[0].Position;
        return Math.Max(0, (_here.DistanceMetersTo(via) + via.DistanceMetersTo(next) - _here.DistanceMetersTo(next)) * RoadFactor);
    }
}
