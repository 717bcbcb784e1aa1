using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.Drives.Tests;

public sealed class FleetCsvTests
{
    [Theory]
    [InlineData("current,Vehicle.Speed,abc,0.1", "value 'abc'")]
    [InlineData("current,Vehicle.Speed,NaN,0.1", "value 'NaN'")]
    [InlineData("current,Vehicle.Speed,10,-1", "delay '-1'")]
    [InlineData("current,Vehicle.Speed,10", "expected 4 columns, found 3")]
    [InlineData("current,Vehicle.Chassis.ParkingBrake.IsEngaged,perhaps,0.1", "value 'perhaps'")]
    [InlineData("current,Vehicle.CurrentLocation.Latitude,91,0.1", "outside -90 .. 90")]
    public void Read_BrokenRow_NamesFileLineAndValue(string row, string problem)
    {
        using var reader = new StringReader($"{FleetCsv.Header}\ncurrent,Vehicle.Speed,1,0.5\n{row}\n");

        var error = Assert.Throws<DriveFormatException>(() => FleetCsv.Read(reader, "drive.csv"));

        Assert.StartsWith("drive.csv, line 3: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrongHeader_NamesTheHeaderFound()
    {
        using var reader = new StringReader("time,speed\n");
        Assert.Contains("found 'time,speed'", Assert.Throws<DriveFormatException>(() => FleetCsv.Read(reader, "x.csv")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WriteRows_ThenRead_GivesTheSameEvents()
    {
        DriveEvent[] events =
        [
            new GearEvent(TimeSpan.Zero, GearPosition.Park),
            new ParkingBrakeEvent(TimeSpan.FromSeconds(0.5), true),
            new SpeedEvent(TimeSpan.FromSeconds(1), -1.25),
            new GearEvent(TimeSpan.FromSeconds(1.5), GearPosition.Reverse),
            new LocationEvent(TimeSpan.FromSeconds(2), 48.123456, 11.5, 520, 90),
        ];
        using var text = new StringWriter { NewLine = "\n" };
        text.WriteLine(FleetCsv.Header);
        for (var i = 0; i < events.Length; i++)
        {
            FleetCsv.WriteRows(text, events[i], i + 1 < events.Length ? events[i + 1].At - events[i].At : TimeSpan.Zero);
        }

        using var reader = new StringReader(text.ToString());
        var drive = FleetCsv.Read(reader, "again.csv");

        Assert.True(drive.HasParkPosition);
        Assert.Equal(events.Length, drive.Events.Count);
        foreach (var (expected, found) in events.Zip(drive.Events))
        {
            Assert.Equal(expected.At, found.At);
            Assert.Equal(expected is SpeedEvent s ? Math.Round(s.SpeedMetersPerSecond, 9) : 0, found is SpeedEvent f ? Math.Round(f.SpeedMetersPerSecond, 9) : 0);
            Assert.Equal(expected.GetType(), found.GetType());
        }
    }
}
