using System.Globalization;
using CsCheck;
using EcuAgent.EcuCtl.Assignments;
using EcuAgent.Signals;
using Xunit;

namespace EcuAgent.EcuCtl.Tests.Assignments;

public sealed class AssignmentParserTests
{
    private const double Tolerance = 1e-9;

    private static readonly string[] Prefixes = ["speed=", "gear=", "location=", "range=", "energy=", ""];

    [Fact]
    public void Parse_EverySignal_GivesItsValueInSiUnits()
    {
        var settings = AssignmentParser.Parse(
            ["speed=50km/h", "gear=Drive", "brake=off", "power=on", "location=48.1,11.5,90", "energy=80%", "fuel=40", "range=320km"]).Settings!;

        Assert.Equal(50 / 3.6, settings.SpeedMetersPerSecond!.Value, Tolerance);
        Assert.Equal(GearPosition.Drive, settings.Gear);
        Assert.False(settings.ParkingBrakeEngaged);
        Assert.Equal(PowerModeKind.On, settings.PowerMode);
        Assert.Equal((48.1, 11.5, 90), settings.Location);
        Assert.Equal(80, settings.StateOfChargePercent);
        Assert.Equal(40, settings.FuelLevelPercent);
        Assert.Equal(320_000, settings.RangeMeters);
    }

    [Fact]
    public void Parse_NotNamed_StaysUnset()
    {
        var settings = AssignmentParser.Parse(["speed=-2m/s"]).Settings!;

        Assert.Equal(new SignalSettings { SpeedMetersPerSecond = -2 }, settings);
    }

    [Theory]
    [InlineData("speed=50", "speed '50' needs a unit: km/h or m/s")]
    [InlineData("speed=fast", "speed 'fast' is not a speed")]
    [InlineData("speed=NaNkm/h", "speed 'NaNkm/h' is not a speed")]
    [InlineData("speed=1e999m/s", "speed '1e999m/s' is not a speed")]
    [InlineData("speed=541km/h", "speed '541km/h' is outside -100 to 150 m/s")]
    [InlineData("speed=-100.1m/s", "speed '-100.1m/s' is outside -100 to 150 m/s")]
    [InlineData("speed=50,5km/h", "speed '50,5km/h' is not a speed")]
    [InlineData("speed=", "speed '' is not a speed")]
    [InlineData("gear=first", "gear 'first' is not one of park, reverse, neutral, drive")]
    [InlineData("gear=4", "gear '4' is not one of park, reverse, neutral, drive")]
    [InlineData("brake=maybe", "brake 'maybe' is not one of on, off")]
    [InlineData("power=sleep", "power 'sleep' is not one of lock, off, accessory, on, start")]
    [InlineData("location=48.1", "location '48.1' must be LAT,LON")]
    [InlineData("location=91,0", "location '91,0' has latitude '91', which must be -90 to 90 degrees")]
    [InlineData("location=0,181", "location '0,181' has longitude '181', which must be -180 to 180 degrees")]
    [InlineData("location=0,0,361", "location '0,0,361' has heading '361', which must be 0 to 360 degrees")]
    [InlineData("energy=101", "energy '101' must be a number from 0 to 100 percent")]
    [InlineData("fuel=-1", "fuel '-1' must be a number from 0 to 100 percent")]
    [InlineData("range=10001", "range '10001' must be a number from 0 to 10000 km")]
    [InlineData("Gear=park", "signal 'Gear' is not known; names: speed, gear, brake, power, location, energy, fuel, range")]
    [InlineData("doors=open", "signal 'doors' is not known")]
    [InlineData("park", "'park' is not name=value")]
    public void Parse_WrongOne_NamesThingValueAndWhatIsAllowed(string assignment, string error)
    {
        var result = AssignmentParser.Parse([assignment]);

        Assert.Null(result.Settings);
        Assert.StartsWith(error, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_GivenTwice_IsRefused() =>
        Assert.Equal("signal 'gear' is given twice", AssignmentParser.Parse(["gear=park", "gear=drive"]).Error);

    [Fact]
    public void Parse_Speed_IsReadBackFromEveryNumberInRange() => Gen.Double[-100, 150].Sample(speed =>
    {
        var text = speed.ToString("R", CultureInfo.InvariantCulture);
        Assert.Equal(speed, AssignmentParser.Parse([$"speed={text}m/s"]).Settings!.SpeedMetersPerSecond);
    });

    [Fact]
    public void Parse_KilometersPerHour_EqualsMetersPerSecond() => Gen.Double[-359, 539].Sample(kilometersPerHour =>
    {
        var text = kilometersPerHour.ToString("R", CultureInfo.InvariantCulture);
        Assert.Equal(kilometersPerHour / 3.6, AssignmentParser.Parse([$"speed={text}km/h"]).Settings!.SpeedMetersPerSecond!.Value, Tolerance);
    });

    [Fact]
    public void Parse_AnyText_GivesSettingsInRangeOrAnError() =>
        Gen.Select(Gen.Int[0, Prefixes.Length - 1].Select(i => Prefixes[i]), Gen.String[Gen.Char["0123456789.,-+eE%km/hsNa "], 0, 12]).Sample(
            (name, value) =>
            {
                var (settings, error) = AssignmentParser.Parse([name + value]);
                Assert.NotEqual(settings is null, error.Length == 0);
                if (settings is not null)
                {
                    Assert.True(settings.SpeedMetersPerSecond is null or (>= -100 and <= 150));
                    Assert.True(settings.Location is null || Math.Abs(settings.Location.Value.LatitudeDegrees) <= 90);
                    Assert.True(settings.RangeMeters is null or (>= 0 and <= 10_000_000));
                    Assert.True(settings.StateOfChargePercent is null or (>= 0 and <= 100));
                }
            });
}
