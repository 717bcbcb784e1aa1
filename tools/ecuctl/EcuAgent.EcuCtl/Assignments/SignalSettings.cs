using System.Globalization;
using EcuAgent.Signals;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Assignments;

/// <summary>What <c>ecuctl set</c> publishes; null is not published.</summary>
internal sealed record SignalSettings
{
    public double? SpeedMetersPerSecond { get; init; }

    public GearPosition? Gear { get; init; }

    public bool? ParkingBrakeEngaged { get; init; }

    public PowerModeKind? PowerMode { get; init; }

    public (double LatitudeDegrees, double LongitudeDegrees, double HeadingDegrees)? Location { get; init; }

    public double? StateOfChargePercent { get; init; }

    public double? FuelLevelPercent { get; init; }

    public double? RangeMeters { get; init; }

    public void ApplyTo(SignalPublisher publisher)
    {
        if (Gear is { } gear)
        {
            publisher.SetGear(gear);
        }

        if (ParkingBrakeEngaged is { } engaged)
        {
            publisher.SetParkingBrake(engaged);
        }

        if (PowerMode is { } mode)
        {
            publisher.SetPowerMode(mode);
        }

        if (SpeedMetersPerSecond is { } speed)
        {
            publisher.SetSpeed(speed);
        }

        if (Location is { } at)
        {
            publisher.SetLocation(at.LatitudeDegrees, at.LongitudeDegrees, headingDegrees: at.HeadingDegrees);
        }

        if ((StateOfChargePercent ?? FuelLevelPercent ?? RangeMeters) is not null)
        {
            publisher.SetEnergy(StateOfChargePercent ?? double.NaN, FuelLevelPercent ?? double.NaN, RangeMeters ?? double.NaN);
        }
    }

    public override string ToString()
    {
        List<string> parts = [];
        Add(SpeedMetersPerSecond, v => $"speed {v:0.###} m/s ({Units.MetersPerSecondToKilometersPerHour(v):0.#} km/h)");
        Add(Gear, v => $"gear {Lower(v)}");
        Add(ParkingBrakeEngaged, v => $"brake {(v ? "on" : "off")}");
        Add(PowerMode, v => $"power {Lower(v)}");
        Add(Location, v => $"location {v.LatitudeDegrees},{v.LongitudeDegrees}");
        Add(StateOfChargePercent, v => $"energy {v} %");
        Add(FuelLevelPercent, v => $"fuel {v} %");
        Add(RangeMeters, v => $"range {v / 1000} km");
        return string.Join(", ", parts);

        void Add<T>(T? value, Func<T, FormattableString> text)
            where T : struct
        {
            if (value is { } v)
            {
                parts.Add(FormattableString.Invariant(text(v)));
            }
        }

        static string Lower<T>(T value)
            where T : struct, Enum => value.ToString().ToLower(CultureInfo.InvariantCulture);
    }
}
