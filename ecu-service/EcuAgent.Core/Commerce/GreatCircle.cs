using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce;

/// <summary>Straight lines over the globe.</summary>
internal static class GreatCircle
{
    // Mean radius of the WGS 84 ellipsoid (IUGG); the sphere is off by at most 0.6 %, far less than a road is.
    private const double EarthRadiusM = 6_371_008.8;

    /// <summary>True for finite degrees within their ranges.</summary>
    public static bool IsPlace(GeoPoint point) => Math.Abs(point.LatitudeDeg) <= 90 && Math.Abs(point.LongitudeDeg) <= 180;

    /// <summary>Metres between two places; null when one of them is none.</summary>
    public static double? MetresBetween(GeoPoint? from, GeoPoint? to)
    {
        if (from is not { } a || to is not { } b || !IsPlace(a) || !IsPlace(b))
        {
            return null;
        }

        var latitude = Math.Sin(double.DegreesToRadians(b.LatitudeDeg - a.LatitudeDeg) / 2);
        var longitude = Math.Sin(double.DegreesToRadians(b.LongitudeDeg - a.LongitudeDeg) / 2);
        var haversine = (latitude * latitude)
            + (Math.Cos(double.DegreesToRadians(a.LatitudeDeg)) * Math.Cos(double.DegreesToRadians(b.LatitudeDeg)) * longitude * longitude);

        // Rounding may carry antipodes past 1.
        return 2 * EarthRadiusM * Math.Asin(Math.Sqrt(Math.Min(1, haversine)));
    }
}
