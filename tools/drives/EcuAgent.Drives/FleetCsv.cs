using System.Globalization;
using EcuAgent.Signals;

namespace EcuAgent.Drives;

/// <summary>
/// The CSV of Eclipse KUKSA's csv-provider: header <c>field,signal,value,delay</c>, VSS names, and <c>delay</c> the seconds
/// to wait after the row. Also what <c>ecuctl record</c> writes.
/// </summary>
public static class FleetCsv
{
    /// <summary>First line of every file.</summary>
    public const string Header = "field,signal,value,delay";

    private const string Speed = "Vehicle.Speed";
    private const string Brake = "Vehicle.Chassis.ParkingBrake.IsEngaged";
    private const string SelectedGear = "Vehicle.Powertrain.Transmission.SelectedGear";
    private const string Latitude = "Vehicle.CurrentLocation.Latitude";
    private const string Longitude = "Vehicle.CurrentLocation.Longitude";
    private const string Altitude = "Vehicle.CurrentLocation.Altitude";
    private const string Heading = "Vehicle.CurrentLocation.Heading";

    /// <summary>Reads a whole file. Signals that a drive does not carry are passed over.</summary>
    /// <exception cref="DriveFormatException">A row is broken: names file, line, column and value.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Drive Read(string path)
    {
        using var reader = new StreamReader(path);
        return Read(reader, path);
    }

    internal static Drive Read(TextReader reader, string file)
    {
        var header = reader.ReadLine();
        if (header?.Trim() != Header)
        {
            throw new DriveFormatException(file, "line 1", $"expected the header '{Header}', found '{header}'");
        }

        var events = new List<DriveEvent>();
        var hasGear = false;
        var at = TimeSpan.Zero;
        double latitude = double.NaN, longitude = double.NaN, altitude = double.NaN, heading = double.NaN;
        var lineNumber = 1;
        while (reader.ReadLine() is { } line)
        {
            lineNumber++;
            if (line.Length == 0)
            {
                continue;
            }

            var cells = line.Split(',');
            if (cells.Length != 4)
            {
                throw new DriveFormatException(file, $"line {lineNumber}", $"expected 4 columns, found {cells.Length}: '{line}'");
            }

            var value = cells[2];
            switch (cells[1])
            {
                case Speed:
                    events.Add(new SpeedEvent(at, Units.KilometersPerHourToMetersPerSecond(Number(value, "value"))));
                    break;
                case Brake:
                    events.Add(new ParkingBrakeEvent(at, Flag(value)));
                    break;
                case SelectedGear:
                    hasGear = true;
                    events.Add(new GearEvent(at, GearMapping.FromVssSelectedGear((int)Number(value, "value"))));
                    break;
                case Altitude:
                    altitude = Number(value, "value");
                    break;
                case Heading:
                    heading = Number(value, "value");
                    break;
                case Latitude:
                    latitude = InRange(Number(value, "value"), 90);
                    break;
                case Longitude:
                    longitude = InRange(Number(value, "value"), 180);
                    if (double.IsFinite(latitude))
                    {
                        events.Add(new LocationEvent(at, latitude, longitude, altitude, heading));
                    }

                    break;
            }

            var delaySeconds = Number(cells[3], "delay");
            if (delaySeconds < 0 || delaySeconds > 86_400)
            {
                throw Broken("delay", cells[3], "must be 0 to 86400 s");
            }

            at += TimeSpan.FromSeconds(delaySeconds);
        }

        return new Drive(Path.GetFileNameWithoutExtension(file), DriveOrigin.Recorded, hasGear, events);

        double Number(string text, string column) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
                ? number
                : throw Broken(column, text, "is not a finite number");

        bool Flag(string text) => text.ToUpperInvariant() switch
        {
            "TRUE" or "1" => true,
            "FALSE" or "0" => false,
            _ => throw Broken("value", text, "is neither True nor False"),
        };

        double InRange(double degrees, double limit) =>
            Math.Abs(degrees) <= limit ? degrees : throw Broken("value", value: degrees.ToString(CultureInfo.InvariantCulture), $"is outside -{limit} .. {limit} degrees");

        DriveFormatException Broken(string column, string value, string problem) =>
            new(file, $"line {lineNumber}", $"{column} '{value}' {problem}");
    }

    /// <summary>Writes the rows of one event; <paramref name="delay"/> is the time to the next event.</summary>
    public static void WriteRows(TextWriter writer, DriveEvent value, TimeSpan delay)
    {
        switch (value)
        {
            case SpeedEvent e:
                Row(Speed, Units.MetersPerSecondToKilometersPerHour(e.SpeedMetersPerSecond), delay);
                break;
            case GearEvent e:
                Row(SelectedGear, GearMapping.ToVssSelectedGear(e.Position), delay);
                break;
            case ParkingBrakeEvent e:
                writer.WriteLine(FormattableString.Invariant($"current,{Brake},{(e.Engaged ? "True" : "False")},{delay.TotalSeconds:0.######}"));
                break;
            case LocationEvent e:
                if (double.IsFinite(e.AltitudeMeters))
                {
                    Row(Altitude, e.AltitudeMeters, TimeSpan.Zero);
                }

                if (double.IsFinite(e.HeadingDegrees))
                {
                    Row(Heading, e.HeadingDegrees, TimeSpan.Zero);
                }

                Row(Latitude, e.LatitudeDegrees, TimeSpan.Zero);
                Row(Longitude, e.LongitudeDegrees, delay);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(value), value, "No VSS row is known for this event.");
        }

        void Row(string signal, double number, TimeSpan wait) =>
            writer.WriteLine(FormattableString.Invariant($"current,{signal},{number:R},{wait.TotalSeconds:0.######}"));
    }
}
