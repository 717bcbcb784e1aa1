using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>Where the car is, where it goes and when it will be somewhere, as far as fresh signals tell. Everything else is null.</summary>
internal sealed class TripForecast(AgentServices services)
{
    // The way on roads against the straight line, and the mean speed in and out of towns; only to know about when someone arrives.
    private const double DetourFactor = 1.4;
    private const double SpeedMetersPerSecond = 12;
    private const double EarthRadiusM = 6_371_008.8;

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
    public DateTimeOffset? ArrivalAt(GeoPoint? place) => Car is { } car && place is { } there
        ? services.Time.GetUtcNow() + TimeSpan.FromSeconds(DetourFactor * DistanceM(car, there) / SpeedMetersPerSecond)
        : null;

    private static double DistanceM(GeoPoint one, GeoPoint other)
    {
        var (latitude, otherLatitude) = (double.DegreesToRadians(one.LatitudeDeg), double.DegreesToRadians(other.LatitudeDeg));
        var northing = Math.Sin((otherLatitude - latitude) / 2);
        var easting = Math.Sin(double.DegreesToRadians(other.LongitudeDeg - one.LongitudeDeg) / 2);
        var half = (northing * northing) + (Math.Cos(latitude) * Math.Cos(otherLatitude) * easting * easting);
        return 2 * EarthRadiusM * Math.Asin(Math.Sqrt(Math.Clamp(half, 0, 1)));
    }
}
