using EcuAgent.Drives;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.DemoRun.Tests;

public sealed class CycleDriveTests
{
    [Fact]
    public void Write_ReadBack_IsTheSameDrive()
    {
        var drive = CycleDrive.Make(TimeSpan.FromSeconds(27));
        var path = Path.Combine(Directory.CreateTempSubdirectory("ecuagent-demo-test-").FullName, "cycle.csv");
        try
        {
            CycleDrive.Write(drive, path);
            var read = FleetCsv.Read(path);

            Assert.Equal(drive.Events.Count, read.Events.Count);
            Assert.Equal(drive.Duration.TotalSeconds, read.Duration.TotalSeconds, tolerance: 0.01);
            Assert.All(drive.Events.Zip(read.Events), pair => Assert.Equal(pair.First.At.TotalSeconds, pair.Second.At.TotalSeconds, tolerance: 0.01));
            Assert.Equal(
                [GearPosition.Park, GearPosition.Reverse, GearPosition.Drive, GearPosition.Park], read.Events.OfType<GearEvent>().Select(g => g.Position));
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
        }
    }

    [Fact]
    public void Make_ParkedBefore_NothingMovesBefore()
    {
        var drive = CycleDrive.Make(TimeSpan.FromSeconds(27));

        Assert.DoesNotContain(drive.Events.OfType<SpeedEvent>(), s => s.At < TimeSpan.FromSeconds(27) && s.SpeedMetersPerSecond != 0);
        Assert.Equal(DriveOrigin.Generated, drive.Origin);
    }
}
