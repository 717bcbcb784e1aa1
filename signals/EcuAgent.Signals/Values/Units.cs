namespace EcuAgent.Signals;

/// <summary>Conversions between units that names in this library carry.</summary>
public static class Units
{
    /// <summary>Nanoseconds in one <see cref="TimeSpan"/> tick.</summary>
    public const long NanosecondsPerTick = 100;

    private const double KilometersPerHourInOneMeterPerSecond = 3.6;

    /// <summary>km/h (VSS) to m/s.</summary>
    public static double KilometersPerHourToMetersPerSecond(double kilometersPerHour) =>
        kilometersPerHour / KilometersPerHourInOneMeterPerSecond;

    /// <summary>m/s to km/h (VSS).</summary>
    public static double MetersPerSecondToKilometersPerHour(double metersPerSecond) =>
        metersPerSecond * KilometersPerHourInOneMeterPerSecond;

    /// <summary>UTC as ns since 1970, the form of every source time.</summary>
    public static long ToUnixNanoseconds(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks * NanosecondsPerTick;
}
