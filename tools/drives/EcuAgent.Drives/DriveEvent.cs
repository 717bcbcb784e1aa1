using EcuAgent.Signals;

namespace EcuAgent.Drives;

/// <summary>One signal value at one instant of a drive.</summary>
/// <param name="At">Time since the start of the drive.</param>
public abstract record DriveEvent(TimeSpan At);

/// <summary>Speed in m/s, negative backwards.</summary>
public sealed record SpeedEvent(TimeSpan At, double SpeedMetersPerSecond) : DriveEvent(At);

/// <summary>The selected gear.</summary>
public sealed record GearEvent(TimeSpan At, GearPosition Position) : DriveEvent(At);

/// <summary>The parking brake.</summary>
public sealed record ParkingBrakeEvent(TimeSpan At, bool Engaged) : DriveEvent(At);

/// <summary>A position in WGS 84. Heading in degrees clockwise from north, NaN where the drive does not tell.</summary>
public sealed record LocationEvent(
    TimeSpan At, double LatitudeDegrees, double LongitudeDegrees, double AltitudeMeters, double HeadingDegrees) : DriveEvent(At);
