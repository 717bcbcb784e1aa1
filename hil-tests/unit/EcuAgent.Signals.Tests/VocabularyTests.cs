using Xunit;

namespace EcuAgent.Signals.Tests;

public sealed class VocabularyTests
{
    [Theory]
    [InlineData(126, GearPosition.Park)]
    [InlineData(127, GearPosition.Drive)]
    [InlineData(0, GearPosition.Neutral)]
    [InlineData(1, GearPosition.Drive)]
    [InlineData(125, GearPosition.Drive)]
    [InlineData(-1, GearPosition.Reverse)]
    [InlineData(-128, GearPosition.Reverse)]
    [InlineData(-129, GearPosition.Unknown)]
    [InlineData(128, GearPosition.Unknown)]
    [InlineData(255, GearPosition.Unknown)]
    [InlineData(254, GearPosition.Unknown)]
    public void VssSelectedGear_Number_Position(int number, GearPosition expected) =>
        Assert.Equal(expected, GearMapping.FromVssSelectedGear(number));

    [Fact]
    public void VssCurrentGear_AnyNumber_NeverPark()
    {
        for (var number = -300; number <= 300; number++)
        {
            Assert.NotEqual(GearPosition.Park, GearMapping.FromVssCurrentGear(number));
        }

        Assert.Equal(GearPosition.Unknown, GearMapping.FromVssCurrentGear(126));
    }

    [Theory]
    [InlineData(0, GearPosition.Unknown)]
    [InlineData(1, GearPosition.Neutral)]
    [InlineData(2, GearPosition.Reverse)]
    [InlineData(3, GearPosition.Unknown)]
    [InlineData(4, GearPosition.Park)]
    [InlineData(8, GearPosition.Drive)]
    [InlineData(0x10, GearPosition.Drive)]
    [InlineData(0x1000, GearPosition.Drive)]
    [InlineData(0x2000, GearPosition.Unknown)]
    [InlineData(12, GearPosition.Unknown)]
    public void AndroidGear_Number_Position(int number, GearPosition expected) =>
        Assert.Equal(expected, GearMapping.FromAndroidGearSelection(number));

    [Theory]
    [InlineData(0, GearPosition.Unknown)]
    [InlineData(1, GearPosition.Neutral)]
    [InlineData(2, GearPosition.Drive)]
    [InlineData(19, GearPosition.Drive)]
    [InlineData(20, GearPosition.Reverse)]
    [InlineData(21, GearPosition.Reverse)]
    [InlineData(22, GearPosition.Park)]
    [InlineData(23, GearPosition.Drive)]
    [InlineData(24, GearPosition.Drive)]
    [InlineData(25, GearPosition.Unknown)]
    [InlineData(-1, GearPosition.Unknown)]
    public void AutowareGear_Number_Position(int number, GearPosition expected) =>
        Assert.Equal(expected, GearMapping.FromAutowareGearReport(number));

    [Theory]
    [InlineData(GearPosition.Park)]
    [InlineData(GearPosition.Reverse)]
    [InlineData(GearPosition.Neutral)]
    [InlineData(GearPosition.Drive)]
    public void VssSelectedGear_ThereAndBack_Same(GearPosition position) =>
        Assert.Equal(position, GearMapping.FromVssSelectedGear(GearMapping.ToVssSelectedGear(position)));

    [Fact]
    public void VssSelectedGear_UnknownPosition_Refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => GearMapping.ToVssSelectedGear(GearPosition.Unknown));

    [Fact]
    public void ReasonCodes_EveryFlag_HasItsOwnName()
    {
        foreach (var reason in Enum.GetValues<DrivingReasons>().Where(r => r != DrivingReasons.None))
        {
            var snake = string.Concat(reason.ToString().Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
            Assert.Equal(snake, DrivingReasonCodes.ToCodes(reason));
        }

        Assert.Equal(string.Empty, DrivingReasonCodes.ToCodes(DrivingReasons.None));
        Assert.Equal("speed_stale,gear_missing", DrivingReasonCodes.ToCodes(DrivingReasons.GearMissing | DrivingReasons.SpeedStale));
        var all = DrivingReasonCodes.ToCodes((DrivingReasons)(-1));
        Assert.InRange(all.Length, 100, DrivingReasonCodes.MaxLength);
    }

    [Fact]
    public void Units_KilometersPerHour_ThereAndBack()
    {
        Assert.Equal(10, Units.KilometersPerHourToMetersPerSecond(36), 12);
        Assert.Equal(36, Units.MetersPerSecondToKilometersPerHour(10), 12);
    }
}
