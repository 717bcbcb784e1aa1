namespace EcuAgent.Signals;

/// <summary>VSS <c>Vehicle.CurrentLocation</c>, WGS 84. Personal data.</summary>
/// <param name="Envelope">Sender, times, counter.</param>
/// <param name="LatitudeDegrees">-90 .. 90.</param>
/// <param name="LongitudeDegrees">-180 .. 180.</param>
/// <param name="AltitudeMeters">Above the ellipsoid; NaN when not known.</param>
/// <param name="HeadingDegrees">0 .. 360 clockwise from north; NaN when not known.</param>
/// <param name="HorizontalAccuracyMeters">0 or more; NaN when not known.</param>
public readonly record struct LocationSample(
    SampleEnvelope Envelope,
    double LatitudeDegrees,
    double LongitudeDegrees,
    double AltitudeMeters,
    double HeadingDegrees,
    double HorizontalAccuracyMeters);
