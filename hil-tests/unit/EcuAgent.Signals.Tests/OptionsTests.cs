using Xunit;

namespace EcuAgent.Signals.Tests;

public sealed class OptionsTests
{
    private static readonly DrivingStateOptions Driving = new();

    public static TheoryData<string, bool, VehicleStateOptions> Bounds
    {
        get
        {
            var data = new TheoryData<string, bool, VehicleStateOptions>();
            var tick = TimeSpan.FromTicks(1);
            void Time(string name, TimeSpan min, TimeSpan max, Func<TimeSpan, VehicleStateOptions> make)
            {
                data.Add(name, true, make(min));
                data.Add(name, true, make(max));
                data.Add(name, false, make(min - tick));
                data.Add(name, false, make(max + tick));
            }

            void Speed(string name, double min, double max, Func<double, VehicleStateOptions> make)
            {
                data.Add(name, true, make(min));
                data.Add(name, true, make(max));
                data.Add(name, false, make(Math.BitDecrement(min)));
                data.Add(name, false, make(Math.BitIncrement(max)));
                data.Add(name, false, make(double.NaN));
            }

            Speed(
                nameof(DrivingStateOptions.StandstillSpeedMetersPerSecond),
                DrivingStateOptions.MinStandstillSpeedMetersPerSecond,
                DrivingStateOptions.MaxStandstillSpeedMetersPerSecond,
                v => Of(Driving with { StandstillSpeedMetersPerSecond = v }));
            Speed(
                nameof(DrivingStateOptions.ContradictionSpeedMetersPerSecond),
                Driving.StandstillSpeedMetersPerSecond,
                DrivingStateOptions.MaxContradictionSpeedMetersPerSecond,
                v => Of(Driving with { ContradictionSpeedMetersPerSecond = v }));
            var age = DrivingStateOptions.MinMaxAge;
            var onChange = DrivingStateOptions.MaxOnChangeMaxAge;
            Time("SpeedMaxAge", age, DrivingStateOptions.MaxSpeedMaxAge, t => Of(Driving with { SpeedMaxAge = t }));
            Time("GearMaxAge", age, onChange, t => Of(Driving with { GearMaxAge = t }));
            Time("ParkingBrakeMaxAge", age, onChange, t => Of(Driving with { ParkingBrakeMaxAge = t }));
            var (minDwell, maxDwell) = (DrivingStateOptions.MinDwell, DrivingStateOptions.MaxDwell);
            Time("MovingToIdlingDwell", minDwell, maxDwell, t => Of(Driving with { MovingToIdlingDwell = t }));
            Time("IdlingToParkedDwell", minDwell, maxDwell, t => Of(Driving with { IdlingToParkedDwell = t }));
            Time(
                "SourceForgetAfter",
                DrivingStateOptions.MinSourceForgetAfter,
                DrivingStateOptions.MaxSourceForgetAfter,
                t => Of(Driving with { SourceForgetAfter = t }));
            var (minAge, maxAge) = (VehicleStateOptions.MinMaxAge, VehicleStateOptions.MaxMaxAge);
            var options = new VehicleStateOptions();
            Time("FutureTolerance", TimeSpan.Zero, VehicleStateOptions.MaxFutureTolerance, t => options with { FutureTolerance = t });
            Time("LocationMaxAge", minAge, maxAge, t => options with { LocationMaxAge = t });
            Time("PowerModeMaxAge", minAge, maxAge, t => options with { PowerModeMaxAge = t });
            Time("EnergyMaxAge", minAge, maxAge, t => options with { EnergyMaxAge = t });
            Time("CabinCameraMaxAge", minAge, maxAge, t => options with { CabinCameraMaxAge = t });
            Time("ClimateMaxAge", minAge, maxAge, t => options with { ClimateMaxAge = t });
            Time("NavigationMaxAge", minAge, maxAge, t => options with { NavigationMaxAge = t });
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Validate_AtAndBeyondABound_NamesTheOption(string name, bool valid, VehicleStateOptions options)
    {
        var faults = options.Validate();
        Assert.Equal(!valid, faults.Any(f => f.Name == name));
        Assert.Equal(valid, faults.Count == 0);
    }

    [Fact]
    public void RequireE2e_NoneByDefault_NullNamed()
    {
        Assert.Equal(new E2eRequirements(), new VehicleStateOptions().RequireE2e);
        var fault = Assert.Single((new VehicleStateOptions() with { RequireE2e = null! }).Validate());
        Assert.Equal("RequireE2e is null, allowed is true or false for each signal", fault.ToString());
    }

    [Fact]
    public void Defaults_AreTheDesignsFigures()
    {
        Assert.Empty(new VehicleStateOptions().Validate());
        Assert.Equal(0.5, Units.MetersPerSecondToKilometersPerHour(Driving.StandstillSpeedMetersPerSecond), 9);
        Assert.Equal(TimeSpan.FromSeconds(2), Driving.MovingToIdlingDwell);
        Assert.Equal(TimeSpan.FromSeconds(1), Driving.IdlingToParkedDwell);
        Assert.True(Driving.HasParkPosition);
    }

    [Fact]
    public void Constructor_SeveralFaults_NamesAllWithValues()
    {
        var options = Of(Driving with { SpeedMaxAge = TimeSpan.FromSeconds(9), OnChangeFreshness = (OnChangeFreshness)5 }) with
        {
            FutureTolerance = TimeSpan.FromSeconds(-1),
        };
        var error = Assert.Throws<ArgumentException>(() => new VehicleState(new TestClock(), options));
        Assert.Contains("SpeedMaxAge is 00:00:09, allowed is 00:00:00.0500000 .. 00:00:02", error.Message, StringComparison.Ordinal);
        Assert.Contains("OnChangeFreshness is 5", error.Message, StringComparison.Ordinal);
        Assert.Contains("FutureTolerance is -00:00:01", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new DrivingStateMachine(options.Driving));
    }

    private static VehicleStateOptions Of(DrivingStateOptions driving) => new() { Driving = driving };
}
