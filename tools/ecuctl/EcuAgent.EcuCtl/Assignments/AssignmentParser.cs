using System.Globalization;
using EcuAgent.Signals;

namespace EcuAgent.EcuCtl.Assignments;

/// <summary>Reads <c>name=value</c> arguments. A refusal names the signal, the value and what is allowed.</summary>
internal static class AssignmentParser
{
    public const string Help =
        "speed=50km/h or 13.9m/s, gear=park|reverse|neutral|drive, brake=on|off, power=lock|off|accessory|on|start, "
        + "location=LAT,LON[,HEADING], energy=0..100 (percent charge), fuel=0..100 (percent), range=KM";

    // Ranges of idl/ecu_v1.idl.
    private const double LowestSpeedMetersPerSecond = -100;
    private const double HighestSpeedMetersPerSecond = 150;
    private const double HighestRangeKilometers = 10_000;
    private const string SpeedUnits = "needs a unit: km/h or m/s, for instance 50km/h";

    private static readonly Dictionary<string, GearPosition> Gears = new(StringComparer.OrdinalIgnoreCase)
    {
        ["park"] = GearPosition.Park,
        ["reverse"] = GearPosition.Reverse,
        ["neutral"] = GearPosition.Neutral,
        ["drive"] = GearPosition.Drive,
    };

    private static readonly Dictionary<string, bool> Switches = new(StringComparer.OrdinalIgnoreCase) { ["on"] = true, ["off"] = false };

    private static readonly Dictionary<string, PowerModeKind> PowerModes = new(StringComparer.OrdinalIgnoreCase)
    {
        ["lock"] = PowerModeKind.Lock,
        ["off"] = PowerModeKind.Off,
        ["accessory"] = PowerModeKind.Accessory,
        ["on"] = PowerModeKind.On,
        ["start"] = PowerModeKind.Start,
    };

    private static readonly string[] Names = ["speed", "gear", "brake", "power", "location", "energy", "fuel", "range"];

    public static AssignmentResult Parse(IReadOnlyList<string> assignments)
    {
        var settings = new SignalSettings();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in assignments)
        {
            var split = text.IndexOf('=', StringComparison.Ordinal);
            if (split < 0)
            {
                return AssignmentResult.Refused($"'{text}' is not name=value; names: {string.Join(", ", Names)}");
            }

            var name = text[..split];
            if (!Names.Contains(name, StringComparer.Ordinal))
            {
                return AssignmentResult.Refused($"signal '{name}' is not known; names: {string.Join(", ", Names)}");
            }

            if (!seen.Add(name))
            {
                return AssignmentResult.Refused($"signal '{name}' is given twice");
            }

            var (next, problem) = Apply(settings, name, text[(split + 1)..]);
            if (problem.Length > 0)
            {
                return AssignmentResult.Refused($"{name} '{text[(split + 1)..]}' {problem}");
            }

            settings = next;
        }

        return seen.Count > 0 ? AssignmentResult.Of(settings) : AssignmentResult.Refused($"nothing to set; names: {string.Join(", ", Names)}");
    }

    private static (SignalSettings Settings, string Problem) Apply(SignalSettings settings, string name, string value)
    {
        string problem;
        switch (name)
        {
            case "speed":
                problem = Speed(value, out var speed);
                return (settings with { SpeedMetersPerSecond = speed }, problem);
            case "gear":
                problem = OneOf(value, Gears, out var gear);
                return (settings with { Gear = gear }, problem);
            case "brake":
                problem = OneOf(value, Switches, out var engaged);
                return (settings with { ParkingBrakeEngaged = engaged }, problem);
            case "power":
                problem = OneOf(value, PowerModes, out var mode);
                return (settings with { PowerMode = mode }, problem);
            case "location":
                problem = Location(value, out var location);
                return (settings with { Location = location }, problem);
            case "energy":
                problem = Between(value, "%", 100, "percent", out var charge);
                return (settings with { StateOfChargePercent = charge }, problem);
            case "fuel":
                problem = Between(value, "%", 100, "percent", out var fuel);
                return (settings with { FuelLevelPercent = fuel }, problem);
            default:
                problem = Between(value, "km", HighestRangeKilometers, "km", out var range);
                return (settings with { RangeMeters = range * 1000 }, problem);
        }
    }

    private static string Speed(string value, out double metersPerSecond)
    {
        metersPerSecond = 0;
        double number;
        if (TryUnit(value, "km/h", out number))
        {
            metersPerSecond = Units.KilometersPerHourToMetersPerSecond(number);
        }
        else if (TryUnit(value, "m/s", out number))
        {
            metersPerSecond = number;
        }
        else
        {
            return TryNumber(value, out _) ? SpeedUnits : "is not a speed: a number with km/h or m/s, for instance 50km/h";
        }

        return metersPerSecond is >= LowestSpeedMetersPerSecond and <= HighestSpeedMetersPerSecond
            ? ""
            : $"is outside {LowestSpeedMetersPerSecond} to {HighestSpeedMetersPerSecond} m/s (-360 to 540 km/h)";
    }

    private static string Location(string value, out (double Latitude, double Longitude, double Heading) location)
    {
        location = (0, 0, double.NaN);
        var cells = value.Split(',');
        if (cells.Length is < 2 or > 3)
        {
            return "must be LAT,LON or LAT,LON,HEADING in degrees";
        }

        if (!TryNumber(cells[0], out location.Latitude) || Math.Abs(location.Latitude) > 90)
        {
            return $"has latitude '{cells[0]}', which must be -90 to 90 degrees";
        }

        if (!TryNumber(cells[1], out location.Longitude) || Math.Abs(location.Longitude) > 180)
        {
            return $"has longitude '{cells[1]}', which must be -180 to 180 degrees";
        }

        return cells.Length < 3 || (TryNumber(cells[2], out location.Heading) && location.Heading is >= 0 and <= 360)
            ? ""
            : $"has heading '{cells[2]}', which must be 0 to 360 degrees";
    }

    private static string Between(string value, string suffix, double highest, string unit, out double number) =>
        (TryUnit(value, suffix, out number) || TryNumber(value, out number)) && number >= 0 && number <= highest
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"must be a number from 0 to {highest} {unit}");

    private static string OneOf<T>(string value, Dictionary<string, T> allowed, out T found)
        where T : struct => allowed.TryGetValue(value, out found) ? "" : $"is not one of {string.Join(", ", allowed.Keys)}";

    private static bool TryUnit(string value, string unit, out double number)
    {
        number = 0;
        return value.EndsWith(unit, StringComparison.OrdinalIgnoreCase) && TryNumber(value[..^unit.Length], out number);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
}
