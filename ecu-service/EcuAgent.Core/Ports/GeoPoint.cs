namespace EcuAgent.Core.Ports;

/// <summary>A WGS 84 position.</summary>
/// <param name="LatitudeDeg">-90 .. 90, north positive.</param>
/// <param name="LongitudeDeg">-180 .. 180, east positive.</param>
public readonly record struct GeoPoint(double LatitudeDeg, double LongitudeDeg);
