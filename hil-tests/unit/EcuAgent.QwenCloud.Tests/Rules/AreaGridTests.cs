using CsCheck;
using EcuAgent.QwenCloud.Leaving;

namespace EcuAgent.QwenCloud.Tests.Rules;

public sealed class AreaGridTests
{
    private const double KilometersPerDegree = 111.19;

    private static readonly Gen<(double Latitude, double Longitude)> Places = Gen.Select(Gen.Double[-84.9, 84.9], Gen.Double[-180, 180]);

    [Fact]
    public void CellOf_AnyPlace_IsInsideACellOfAtLeastFiveKilometers() => Places.Sample((latitude, longitude) =>
    {
        var cell = AreaGrid.CellOf(latitude, longitude)!;

        Assert.InRange(latitude, cell.South - 1e-9, cell.North + 1e-9);
        Assert.InRange(longitude, cell.West - 1e-9, cell.East + 1e-9);
        Assert.True((cell.North - cell.South) * KilometersPerDegree > 4.999);
        var narrow = Math.Max(Math.Abs(cell.South), Math.Abs(cell.North));
        Assert.True((cell.East - cell.West) * KilometersPerDegree * Math.Cos(narrow * Math.PI / 180) > 4.9);
    });

    [Fact]
    public void CellOf_EveryPlaceOfACell_TellsNothingFiner() => Gen.Select(Places, Gen.Double[0.001, 0.999], Gen.Double[0.001, 0.999])
        .Sample((place, north, east) =>
        {
            var cell = AreaGrid.CellOf(place.Latitude, place.Longitude)!;
            var other = AreaGrid.CellOf(cell.South + (north * (cell.North - cell.South)), cell.West + (east * (cell.East - cell.West)));

            Assert.Equal(cell, other);
        });

    [Theory]
    [InlineData(double.NaN, 0)]
    [InlineData(0, double.NaN)]
    [InlineData(86, 0)]
    [InlineData(-90, 0)]
    [InlineData(0, 181)]
    [InlineData(double.PositiveInfinity, 0)]
    public void CellOf_NotAPlaceToDrive_None(double latitude, double longitude) => Assert.Null(AreaGrid.CellOf(latitude, longitude));
}
