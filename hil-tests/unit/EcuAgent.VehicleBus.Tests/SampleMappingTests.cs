using EcuAgent.Signals;

namespace EcuAgent.VehicleBus.Tests;

public sealed class SampleMappingTests
{
    private const long Arrival = 77;
    private static readonly SourceId Source = new(3);

    [Fact]
    public void EveryField_OfASignalSample_ReachesTheSignal()
    {
        EveryFieldChanges<V1.VehicleSpeed, SpeedSample>((in V1.VehicleSpeed s) => s.ToSignal(Source, Arrival));
        EveryFieldChanges<V1.Gear, GearSample>((in V1.Gear s) => s.ToSignal(Source, Arrival));
        EveryFieldChanges<V1.ParkingBrake, ParkingBrakeSample>((in V1.ParkingBrake s) => s.ToSignal(Source, Arrival));
        EveryFieldChanges<V1.PowerMode, PowerModeSample>((in V1.PowerMode s) => s.ToSignal(Source, Arrival));
        EveryFieldChanges<V1.Location, LocationSample>((in V1.Location s) => s.ToSignal(Source, Arrival));
        EveryFieldChanges<V1.Energy, EnergySample>((in V1.Energy s) => s.ToSignal(Source, Arrival));
        EveryFieldChanges<V1.ClimateState, ClimateSample>((in V1.ClimateState s) => s.ToSignal(Source, Arrival));
        EveryFieldChanges<V1.NavigationState, NavigationSample>((in V1.NavigationState s) => s.ToSignal(Source, Arrival));

        // Seats count only together with their number; they have a test of their own.
        EveryFieldChanges<V1.CabinCameraEvent, CabinCameraSample>(
            (in V1.CabinCameraEvent s) => s.ToSignal(Source, Arrival), nameof(V1.CabinCameraEvent.Seats));
    }

    [Fact]
    public void Envelope_HoldsSourceTimesSequenceAndValidity()
    {
        var wire = new V1.VehicleSpeed { SourceTimeNs = 5, SequenceNumber = 6, Validity = V1.Validity.NotAvailable, SpeedMps = -2.5 };
        Assert.Equal(
            new SpeedSample(new SampleEnvelope(Source, 5, Arrival, 6, SampleValidity.NotAvailable), -2.5), wire.ToSignal(Source, Arrival));
    }

    [Fact]
    public void Location_KeepsEveryValueInItsPlace()
    {
        var signal = new V1.Location
        {
            LatitudeDeg = 1,
            LongitudeDeg = 2,
            AltitudeM = 3,
            HeadingDeg = 4,
            HorizontalAccuracyM = 5,
        }.ToSignal(Source, Arrival);
        Assert.Equal(
            (1.0, 2.0, 3.0, 4.0, 5.0),
            (signal.LatitudeDegrees, signal.LongitudeDegrees, signal.AltitudeMeters, signal.HeadingDegrees, signal.HorizontalAccuracyMeters));
    }

    [Fact]
    public void Climate_KeepsTheZonesInOrder()
    {
        var wire = default(V1.ClimateState);
        for (var zone = 0; zone < 4; zone++)
        {
            wire.TargetTemperatureCelsius[zone] = 20 + zone;
            wire.SeatHeatingLevel[zone] = (byte)zone;
            wire.SeatVentilationLevel[zone] = (byte)(3 - zone);
        }

        var signal = wire.ToSignal(Source, Arrival);
        Assert.Equal(new PerZone<double>(20, 21, 22, 23), signal.TargetTemperatureCelsius);
        Assert.Equal(new PerZone<int>(0, 1, 2, 3), signal.SeatHeatingLevel);
        Assert.Equal(new PerZone<int>(3, 2, 1, 0), signal.SeatVentilationLevel);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 2)]
    [InlineData(5, 5)]
    [InlineData(255, 5)]
    public void CabinCamera_SeatCount_IsTakenUpToTheRoomThereIs(byte count, int seats)
    {
        var wire = new V1.CabinCameraEvent { SeatCount = count };
        for (var i = 0; i < 5; i++)
        {
            wire.Seats[i] = new V1.SeatOccupancy { Zone = (V1.CabinZone)(i % 4 + 1), Occupied = i % 2 == 0, Belted = true, Child = i == 1 };
        }

        var signal = wire.ToSignal(Source, Arrival);
        Assert.Equal(seats, signal.Seats.Count);
        for (var i = 0; i < seats; i++)
        {
            Assert.Equal(new SeatOccupancy((CabinZone)(i % 4 + 1), i % 2 == 0, true, i == 1), signal.Seats[i]);
        }
    }

    private delegate TSignal Map<TWire, TSignal>(in TWire sample);

    private static void EveryFieldChanges<TWire, TSignal>(Map<TWire, TSignal> map, params string[] notAlone)
        where TWire : unmanaged
    {
        var zero = map(default);
        foreach (var (field, sample) in Filled.OneByOne<TWire>())
        {
            // The name of the source becomes the id that the caller passes.
            if (field != nameof(V1.Gear.Source) && !notAlone.Contains(field))
            {
                Assert.False(Equals(zero, map(sample)), $"{typeof(TWire).Name}.{field} is lost");
            }
        }
    }
}
