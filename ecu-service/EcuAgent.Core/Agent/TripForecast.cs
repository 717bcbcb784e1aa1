using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>Where the car is, where it goes and when it will be somewhere, as far as fresh signals tell. Everything else is null.</summary>
internal sealed class TripForecast(AgentServices services)
{
    private readonly StraightTravel _roads = new(new StraightTravelOptions());

    /// <summary>Where the car is.</summary>
    public GeoPoint? Car => services.Snapshot().Location.TryGet(out var location)
        ? new GeoPoint(location.LatitudeDegrees, location.LongitudeDegrees)
        : null;

    /// <summary>Where the route goes.</summary>
    public GeoPoint? Destination => services.Snapshot().Navigation.TryGet(out var navigation) && navigation.RouteActive
        ? new GeoPoint(navigation.DestinationLatitudeDegrees, navigation.DestinationLongitudeDegrees)
        : null;

    /// <summary>When the route ends.</summary>
    public DateTimeOffset? ArrivalAtDestination =>
        services.Snapshot().Navigation.TryGet(out var navigation) && navigation.RouteActive
            && double.IsFinite(navigation.RemainingTimeSeconds) && navigation.RemainingTimeSeconds is >= 0 and < 7 * 86_400
            ? services.Time.GetUtcNow() + TimeSpan.FromSeconds(navigation.RemainingTimeSeconds)
            : null;

    /// <summary>When the car could be at a place, driving there now.</summary>
    public DateTimeOffset? ArrivalAt(GeoPoint? place) => Car is { } car && place is { } there && _roads.Between(car, there) is { } way
        ? services.Time.GetUtcNow() + way.Duration
        : null;
}
