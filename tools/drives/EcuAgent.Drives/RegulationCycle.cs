using EcuAgent.Signals;

namespace EcuAgent.Drives;

/// <summary>
/// The New European Driving Cycle of UN Regulation No. 83, Annex 4a, restated as numbers: four elementary urban cycles of
/// 195 s and one extra-urban cycle of 400 s. Labelled as generated wherever it is shown.
/// </summary>
/// <remarks>
/// The regulation gives speeds only. Added here, and no part of it: gear P with the brake on before, a short reversing out of
/// the bay, gear D through the cycle, gear P after it, and a position that follows a generated road.
/// </remarks>
public static class RegulationCycle
{
    // Pairs of duration in s and speed in km/h reached at its end; the speed changes linearly in between.
    private static readonly (int Seconds, double Kph)[] UrbanCycle =
    [
        (11, 0), (4, 15), (8, 15), (2, 10), (3, 0), (21, 0),
        (5, 15), (2, 15), (5, 32), (24, 32), (8, 10), (3, 0), (21, 0),
        (5, 15), (2, 15), (9, 35), (2, 35), (8, 50), (12, 50), (8, 35), (13, 35), (2, 35), (7, 10), (3, 0), (7, 0),
    ];

    private static readonly (int Seconds, double Kph)[] ExtraUrbanCycle =
    [
        (20, 0), (5, 15), (2, 15), (9, 35), (2, 35), (8, 50), (2, 50), (13, 70), (50, 70), (8, 50), (69, 50), (13, 70), (50, 70),
        (35, 100), (30, 100), (20, 120), (10, 120), (16, 80), (8, 50), (10, 0), (20, 0),
    ];

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);

    /// <summary>The speed table alone: 1180 s, maximum 120 km/h, about 11.0 km.</summary>
    /// <returns>Speed in m/s for each full second, from 0 to 1180.</returns>
    public static IReadOnlyList<double> NedcSpeedsMetersPerSecond()
    {
        var speeds = new List<double> { 0 };
        for (var i = 0; i < 4; i++)
        {
            Append(speeds, UrbanCycle);
        }

        Append(speeds, ExtraUrbanCycle);
        return speeds;
    }

    /// <summary>The cycle with P, R and D around it, along a generated road from the given start.</summary>
    /// <param name="startLatitudeDegrees">WGS 84.</param>
    /// <param name="startLongitudeDegrees">WGS 84.</param>
    /// <param name="urbanCycles">How many of the four urban cycles are driven, 0 to 4.</param>
    /// <param name="extraUrban">Whether the extra-urban cycle follows.</param>
    public static Drive Nedc(double startLatitudeDegrees, double startLongitudeDegrees, int urbanCycles = 4, bool extraUrban = true)
    {
        if (urbanCycles is < 0 or > 4)
        {
            throw new ArgumentOutOfRangeException(nameof(urbanCycles), urbanCycles, "The cycle has 0 to 4 urban parts.");
        }

        var table = new List<double> { 0 };
        for (var i = 0; i < urbanCycles; i++)
        {
            Append(table, UrbanCycle);
        }

        if (extraUrban)
        {
            Append(table, ExtraUrbanCycle);
        }

        var events = new List<DriveEvent> { new GearEvent(TimeSpan.Zero, GearPosition.Park), new ParkingBrakeEvent(TimeSpan.Zero, true) };
        var road = new GeneratedRoad(startLatitudeDegrees, startLongitudeDegrees);
        var now = TimeSpan.Zero;

        Hold(TimeSpan.FromSeconds(6), 0);
        events.Add(new ParkingBrakeEvent(now, false));
        Hold(TimeSpan.FromSeconds(1), 0);
        events.Add(new GearEvent(now, GearPosition.Reverse));
        Hold(TimeSpan.FromSeconds(1), 0);
        Hold(TimeSpan.FromSeconds(4), -1.2);
        Hold(TimeSpan.FromSeconds(1), 0);
        events.Add(new GearEvent(now, GearPosition.Drive));

        var start = now;
        var cycleSeconds = table.Count - 1;
        for (var t = TimeSpan.Zero; t < TimeSpan.FromSeconds(cycleSeconds); t += Step)
        {
            var second = (int)t.TotalSeconds;
            var part = t.TotalSeconds - second;
            Emit(start + t, table[second] + ((table[second + 1] - table[second]) * part));
        }

        now = start + TimeSpan.FromSeconds(cycleSeconds);
        Hold(TimeSpan.FromSeconds(1), 0);
        events.Add(new GearEvent(now, GearPosition.Park));
        events.Add(new ParkingBrakeEvent(now, true));
        Hold(TimeSpan.FromSeconds(8), 0);

        return new Drive("nedc", DriveOrigin.Generated, HasParkPosition: true, events);

        void Hold(TimeSpan duration, double speedMetersPerSecond)
        {
            for (var t = TimeSpan.Zero; t < duration; t += Step)
            {
                Emit(now + t, speedMetersPerSecond);
            }

            now += duration;
        }

        void Emit(TimeSpan at, double speedMetersPerSecond)
        {
            events.Add(new SpeedEvent(at, speedMetersPerSecond));
            road.Advance(speedMetersPerSecond * Step.TotalSeconds);
            if (at.Ticks % TimeSpan.TicksPerSecond == 0)
            {
                events.Add(new LocationEvent(at, road.LatitudeDegrees, road.LongitudeDegrees, road.AltitudeMeters, road.HeadingDegrees));
            }
        }
    }

    private static void Append(List<double> speeds, (int Seconds, double Kph)[] phases)
    {
        foreach (var (seconds, kph) in phases)
        {
            var from = speeds[^1];
            var to = Units.KilometersPerHourToMetersPerSecond(kph);
            for (var s = 1; s < seconds; s++)
            {
                speeds.Add(from + ((to - from) * s / seconds));
            }

            // The end of a phase is the table's own value, so that standing is exactly zero.
            speeds.Add(to);
        }
    }
}
