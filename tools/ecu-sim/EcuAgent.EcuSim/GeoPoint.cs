namespace EcuAgent.EcuSim;

/// <summary>A WGS 84 position, with the flat-earth arithmetic that is good enough over a town.</summary>
internal readonly record struct GeoPoint(double LatitudeDegrees, double LongitudeDegrees)
{
    private const double MetersPerDegreeLatitude = 111_320;

    public GeoPoint Offset(double eastMeters, double northMeters) => new(
        LatitudeDegrees + (northMeters / MetersPerDegreeLatitude),
        LongitudeDegrees + (eastMeters / MetersPerDegreeLongitude));

    public double DistanceMetersTo(GeoPoint other)
    {
        var (east, north) = Difference(other);
        return Math.Sqrt((east * east) + (north * north));
    }

    /// <summary>Clockwise from north, 0 to 360 degrees.</summary>
    public double BearingDegreesTo(GeoPoint other)
    {
        var (east, north) = Difference(other);
        return ((Math.Atan2(east, north) * 180 / Math.PI) + 360) % 360;
    }

    private double MetersPerDegreeLongitude => MetersPerDegreeLatitude * Math.Cos(LatitudeDegrees * Math.PI / 180);

    private (double East, double North) Difference(GeoPoint other) => (
        (other.LongitudeDegrees - LongitudeDegrees) * MetersPerDegreeLongitude,
        (other.LatitudeDegrees - LatitudeDegrees) * MetersPerDegreeLatitude);
}
