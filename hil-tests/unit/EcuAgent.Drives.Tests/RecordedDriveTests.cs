using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Drives.Tests;

/// <summary>Runs on the real recordings where they are at hand, and says so where they are not.</summary>
public sealed class RecordedDriveTests
{
    [Fact]
    public void Truck_Recording_HasTheBrakeBounceOfItsEnd()
    {
        var drive = FleetCsv.Read(Recording("fleet-management", "signalsFmsRecording.csv"));

        var brake = drive.Events.OfType<ParkingBrakeEvent>().Select(e => (Math.Round(e.At.TotalSeconds, 2), e.Engaged)).ToArray();
        Assert.False(drive.HasParkPosition);
        Assert.Equal([(1.69, true), (40.84, false), (884.29, true), (884.50, false), (885.29, true)], brake);
        Assert.Equal(740, drive.Events.OfType<SpeedEvent>().Count());
        Assert.Equal(64.7, drive.Events.OfType<SpeedEvent>().Max(e => e.SpeedMetersPerSecond) * 3.6, 1);
    }

    [Fact]
    public void Rav4_Segment_HasSpeedGearAndPosition()
    {
        var drive = Comma2k19.Read(Recording("comma2k19", "processed_log"));

        Assert.Equal(4974, drive.Events.OfType<SpeedEvent>().Count());
        Assert.Equal(66, drive.Events.OfType<GearEvent>().Count());
        Assert.All(drive.Events.OfType<GearEvent>(), e => Assert.Equal(GearPosition.Drive, e.Position));
        Assert.Equal(579, drive.Events.OfType<LocationEvent>().Count());
        Assert.InRange(drive.Duration.TotalSeconds, 55, 65);
    }

    private static string Recording(params string[] parts)
    {
        var data = Environment.GetEnvironmentVariable("ECUAGENT_DATA");
        var path = data is null ? null : Path.Combine([data, "drives", .. parts]);
        Assert.SkipUnless(path is not null && Path.Exists(path), "the recordings are not here (ECUAGENT_DATA)");
        return path!;
    }
}
