using EcuAgent.Signals;

namespace EcuAgent.Drives;

/// <summary>
/// One segment of the comma2k19 data set (<c>processed_log</c> folder): speed, gear from raw CAN, and GNSS position of a
/// Toyota RAV4. Frame 0x3BC on bus 0 carries the gear in the low six bits of byte 1 (commaai/opendbc, _toyota_2017.dbc).
/// </summary>
public static class Comma2k19
{
    private const long GearFrame = 0x3BC;
    private const int GearMask = 0x3F;

    /// <summary>Reads a segment.</summary>
    /// <exception cref="DriveFormatException">An array is damaged: names the file and what was found.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    public static Drive Read(string processedLogFolder)
    {
        var can = Path.Combine(processedLogFolder, "CAN");
        var gnss = Path.Combine(processedLogFolder, "GNSS", "live_gnss_ublox");
        var speedTime = NpyArray.Read(Path.Combine(can, "speed", "t"));
        var speed = NpyArray.Read(Path.Combine(can, "speed", "value"));
        var rawTime = NpyArray.Read(Path.Combine(can, "raw_can", "t"));
        var rawAddress = NpyArray.Read(Path.Combine(can, "raw_can", "address"));
        var rawBus = NpyArray.Read(Path.Combine(can, "raw_can", "src"));
        var rawData = NpyArray.Read(Path.Combine(can, "raw_can", "data"));
        var gnssTime = NpyArray.Read(Path.Combine(gnss, "t"));
        var gnssValue = NpyArray.Read(Path.Combine(gnss, "value"));
        RequireEqualRows(can, ("speed/t", speedTime.Rows), ("speed/value", speed.Rows));
        RequireEqualRows(can, ("raw_can/t", rawTime.Rows), ("address", rawAddress.Rows), ("src", rawBus.Rows), ("data", rawData.Rows));
        RequireEqualRows(gnss, ("t", gnssTime.Rows), ("value", gnssValue.Rows));

        var start = Math.Min(speedTime.Float64(0), Math.Min(rawTime.Float64(0), gnssTime.Float64(0)));
        var events = new List<DriveEvent>();
        for (var i = 0; i < speed.Rows; i++)
        {
            events.Add(new SpeedEvent(At(speedTime.Float64(i)), speed.Float64(i)));
        }

        for (var i = 0; i < rawTime.Rows; i++)
        {
            if (rawAddress.Int64(i) == GearFrame && rawBus.Int64(i) == 0)
            {
                events.Add(new GearEvent(At(rawTime.Float64(i)), ToGear(rawData.Element(i, 0)[1] & GearMask)));
            }
        }

        for (var i = 0; i < gnssTime.Rows; i++)
        {
            var heading = gnssValue.Float64(i, 5);
            events.Add(new LocationEvent(
                At(gnssTime.Float64(i)), gnssValue.Float64(i, 0), gnssValue.Float64(i, 1), gnssValue.Float64(i, 4), heading));
        }

        return new Drive("rav4", DriveOrigin.Recorded, HasParkPosition: true, [.. events.OrderBy(e => e.At)]);

        TimeSpan At(double bootSeconds) => TimeSpan.FromSeconds(Math.Max(0, bootSeconds - start));
    }

    private static GearPosition ToGear(int code) => code switch
    {
        0 or 1 => GearPosition.Drive,
        8 => GearPosition.Neutral,
        16 => GearPosition.Reverse,
        32 => GearPosition.Park,
        _ => GearPosition.Unknown,
    };

    private static void RequireEqualRows(string folder, params (string Name, int Rows)[] arrays)
    {
        if (arrays.Any(a => a.Rows != arrays[0].Rows))
        {
            throw new DriveFormatException(folder, "arrays", "different lengths: " + string.Join(", ", arrays.Select(a => $"{a.Name} {a.Rows}")));
        }
    }
}
