using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Drives.Tests;

public sealed class RegulationCycleTests
{
    [Fact]
    public void Nedc_SpeedTable_HasTheRegulationsLengthDistanceAndMaximum()
    {
        var speeds = RegulationCycle.NedcSpeedsMetersPerSecond();

        Assert.Equal(1181, speeds.Count);
        Assert.Equal(120, speeds.Max() * 3.6, 6);
        Assert.Equal(0, speeds[0]);
        Assert.Equal(0, speeds[^1]);
        var meters = speeds.Zip(speeds.Skip(1), (a, b) => (a + b) / 2).Sum();
        Assert.InRange(meters, 10_900, 11_100);
    }

    [Fact]
    public void Nedc_UrbanPart_StandsForFourIdlePhases()
    {
        var urban = RegulationCycle.NedcSpeedsMetersPerSecond().Take(196).ToArray();

        Assert.Equal(50, urban.Max() * 3.6, 6);
        Assert.All([0, 11, 28, 49, 96, 117, 188, 195], second => Assert.Equal(0, urban[second]));
        Assert.Equal(15, urban[15] * 3.6, 6);
        Assert.Equal(32, urban[61] * 3.6, 6);
        Assert.Equal(35, urban[176] * 3.6, 6);
    }

    [Fact]
    public void Nedc_Drive_AddsParkReverseDriveAndPark()
    {
        var drive = RegulationCycle.Nedc(48.1, 11.5, urbanCycles: 1, extraUrban: false);

        Assert.Equal(DriveOrigin.Generated, drive.Origin);
        Assert.Equal(
            [GearPosition.Park, GearPosition.Reverse, GearPosition.Drive, GearPosition.Park],
            drive.Events.OfType<GearEvent>().Select(e => e.Position));
        Assert.Contains(drive.Events.OfType<SpeedEvent>(), e => e.SpeedMetersPerSecond < 0);
        Assert.True(drive.Events.Zip(drive.Events.Skip(1)).All(p => p.First.At <= p.Second.At), "events are not ordered in time");
    }

    [Fact]
    public void Nedc_Positions_MatchTheDistanceDriven()
    {
        var drive = RegulationCycle.Nedc(48.1, 11.5);
        var places = drive.Events.OfType<LocationEvent>().ToArray();

        var meters = places.Zip(places.Skip(1), (a, b) =>
        {
            var north = (b.LatitudeDegrees - a.LatitudeDegrees) * 111_320;
            var east = (b.LongitudeDegrees - a.LongitudeDegrees) * 111_320 * Math.Cos(a.LatitudeDegrees * Math.PI / 180);
            return Math.Sqrt((north * north) + (east * east));
        }).Sum();

        Assert.InRange(meters, 10_800, 11_200);
    }

    [Fact]
    public void Cut_MiddleOfADrive_StartsWithTheLastKnownGear()
    {
        var piece = RegulationCycle.Nedc(48.1, 11.5).Cut(TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(110));

        Assert.Equal(GearPosition.Drive, piece.Events.OfType<GearEvent>().Single().Position);
        Assert.True(piece.Duration <= TimeSpan.FromSeconds(10));
    }
}
