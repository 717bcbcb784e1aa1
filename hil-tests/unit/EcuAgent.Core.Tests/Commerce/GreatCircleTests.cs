using CsCheck;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;
using Xunit;

namespace EcuAgent.Core.Tests.Commerce;

public sealed class GreatCircleTests
{
    private const double HalfWayAroundM = 20_015_114;

    [Theory]
    [InlineData(0, 0, 0, 1, 111_195)]
    [InlineData(0, 179.5, 0, -179.5, 111_195)]
    [InlineData(60, 179.9, 60, -179.9, 11_119)]
    [InlineData(0, 0, 0, 180, HalfWayAroundM)]
    [InlineData(90, 0, -90, 123, HalfWayAroundM)]
    [InlineData(48.137, 11.575, -48.137, -168.425, HalfWayAroundM)]
    [InlineData(90, 17, 90, -120, 0)]
    [InlineData(0, 180, 0, -180, 0)]
    [InlineData(52.5163, 13.3777, 48.8738, 2.2950, 878_500)]
    public void MetresBetween_DateLinePolesAndAntipodes_AsOnAGlobe(double fromLatitude, double fromLongitude, double toLatitude, double toLongitude, double metres)
    {
        var found = GreatCircle.MetresBetween(new GeoPoint(fromLatitude, fromLongitude), new GeoPoint(toLatitude, toLongitude));

        Assert.Equal(metres, found!.Value, Math.Max(1, metres * 0.002));
    }

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    [InlineData(90.001, 0)]
    [InlineData(0, -180.001)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(0, double.NegativeInfinity)]
    public void MetresBetween_NoPlace_None(double latitude, double longitude)
    {
        Assert.Null(GreatCircle.MetresBetween(new GeoPoint(latitude, longitude), new GeoPoint(0, 0)));
        Assert.Null(GreatCircle.MetresBetween(new GeoPoint(0, 0), new GeoPoint(latitude, longitude)));
        Assert.Null(GreatCircle.MetresBetween(new GeoPoint(0, 0), null));
    }

    [Fact]
    public void MetresBetween_AnyTwoPlaces_FiniteSymmetricAndNoFartherThanHalfWayAround()
    {
        var place = Gen.Select(Gen.Double[-90, 90], Gen.Double[-180, 180], (latitude, longitude) => new GeoPoint(latitude, longitude));
        Gen.Select(place, place).Sample((from, to) =>
        {
            var metres = GreatCircle.MetresBetween(from, to)!.Value;

            Assert.InRange(metres, 0, HalfWayAroundM + 1);
            Assert.Equal(metres, GreatCircle.MetresBetween(to, from)!.Value, 0.001);
        });
    }
}
