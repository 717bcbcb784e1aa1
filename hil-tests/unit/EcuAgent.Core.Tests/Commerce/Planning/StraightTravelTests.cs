using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Ports;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce.Planning;

public sealed class StraightTravelTests
{
    [Fact]
    public void Between_OneDegreeNorth_IsTheLineTimesTheFactorAtTheSpeed()
    {
        var travel = new StraightTravel(new StraightTravelOptions { DetourFactor = 1.5, SpeedKph = 60 }).Between(new GeoPoint(0, 0), new GeoPoint(1, 0))!.Value;

        Assert.Equal(111_195 * 1.5, travel.DistanceM, 2.0);
        Assert.Equal(166.79, travel.Duration.TotalMinutes, 0.01);
    }

    [Fact]
    public void Between_NoPlace_NoWay() => Assert.Null(new StraightTravel(new StraightTravelOptions()).Between(new GeoPoint(double.NaN, 0), new GeoPoint(0, 0)));

    [Theory]
    [InlineData(0.99, 40, "DetourFactor")]
    [InlineData(3.01, 40, "DetourFactor")]
    [InlineData(double.NaN, 40, "DetourFactor")]
    [InlineData(1.3, 4.9, "SpeedKph")]
    [InlineData(1.3, 131, "SpeedKph")]
    [InlineData(1.3, double.NaN, "SpeedKph")]
    public void StraightTravel_OptionOutOfRange_IsRefusedByName(double factor, double speed, string name) => Assert.Equal(
        name,
        Assert.Throws<ArgumentOutOfRangeException>(() => new StraightTravel(new StraightTravelOptions { DetourFactor = factor, SpeedKph = speed })).ParamName);
}
