using EcuAgent.Idl;
using EcuAgent.ToolBus;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.EcuCtl.Tests.Support;

/// <summary>Samples as an observer would report them.</summary>
internal static class Samples
{
    public static readonly DateTimeOffset Start = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static BusSample<V1.VehicleSpeed> Speed(
        double seconds, double metersPerSecond, string source = "ecu.brake", V1.Validity validity = V1.Validity.Valid) => At(
            seconds,
            new V1.VehicleSpeed
            {
                Source = BoundedString32.From(source),
                SourceTimeNs = Nanoseconds(seconds),
                Validity = validity,
                SpeedMps = metersPerSecond,
            });

    public static BusSample<V1.Gear> Gear(double seconds, V1.GearPosition position) => At(
        seconds,
        new V1.Gear { Source = BoundedString32.From("ecu.gear"), SourceTimeNs = Nanoseconds(seconds), Validity = V1.Validity.Valid, Position = position });

    public static BusSample<V1.ParkingBrake> Brake(double seconds, bool engaged) => At(
        seconds,
        new V1.ParkingBrake { Source = BoundedString32.From("ecu.brake"), SourceTimeNs = Nanoseconds(seconds), Validity = V1.Validity.Valid, Engaged = engaged });

    public static BusSample<V1.Location> Location(double seconds, double latitude, double longitude) => At(
        seconds,
        new V1.Location
        {
            Source = BoundedString32.From("ecu.gnss"),
            SourceTimeNs = Nanoseconds(seconds),
            Validity = V1.Validity.Valid,
            LatitudeDeg = latitude,
            LongitudeDeg = longitude,
            AltitudeM = double.NaN,
            HeadingDeg = double.NaN,
        });

    public static BusSample<T> At<T>(double seconds, T sample, bool isGone = false)
        where T : unmanaged => new(typeof(T).Name, Start + TimeSpan.FromSeconds(seconds), isGone, sample);

    private static long Nanoseconds(double seconds) => (Start + TimeSpan.FromSeconds(seconds) - DateTimeOffset.UnixEpoch).Ticks * 100;
}
