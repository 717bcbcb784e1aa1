namespace EcuAgent.Drives;

/// <summary>A road that does not exist: gentle bends of fixed shape, so that the same drive always ends at the same place.</summary>
internal sealed class GeneratedRoad(double startLatitudeDegrees, double startLongitudeDegrees)
{
    private const double MetersPerDegreeLatitude = 111_320;
    private const double BendLengthMeters = 900;

    private double _distanceMeters;

    public double LatitudeDegrees { get; private set; } = startLatitudeDegrees;

    public double LongitudeDegrees { get; private set; } = startLongitudeDegrees;

    public double AltitudeMeters => 520 + (8 * Math.Sin(_distanceMeters / 1_500));

    public double HeadingDegrees => (60 + (50 * Math.Sin(_distanceMeters / BendLengthMeters)) + 360) % 360;

    public void Advance(double distanceMeters)
    {
        var heading = HeadingDegrees * Math.PI / 180;
        _distanceMeters += distanceMeters;
        LatitudeDegrees += distanceMeters * Math.Cos(heading) / MetersPerDegreeLatitude;
        LongitudeDegrees += distanceMeters * Math.Sin(heading) / (MetersPerDegreeLatitude * Math.Cos(LatitudeDegrees * Math.PI / 180));
    }
}
