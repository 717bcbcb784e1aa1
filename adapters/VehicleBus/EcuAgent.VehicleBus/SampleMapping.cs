using EcuAgent.Signals;
using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.VehicleBus;

/// <summary>
/// Wire samples to typed signals. Ranges are not judged here: VehicleState does that. The enums of both sides have equal names
/// and numbers (held by a test), so a cast is enough; a number that no name has arrives as it is and is refused there.
/// </summary>
internal static class SampleMapping
{
    public static SpeedSample ToSignal(this in V1.VehicleSpeed s, SourceId source, long arrival, E2eStatus e2e = E2eStatus.NotUsed) =>
        new(Envelope(source, s.SourceTimeNs, arrival, s.SequenceNumber, s.Validity, e2e), s.SpeedMps);

    public static GearSample ToSignal(this in V1.Gear s, SourceId source, long arrival, E2eStatus e2e = E2eStatus.NotUsed) =>
        new(Envelope(source, s.SourceTimeNs, arrival, s.SequenceNumber, s.Validity, e2e), (GearPosition)s.Position);

    public static ParkingBrakeSample ToSignal(this in V1.ParkingBrake s, SourceId source, long arrival, E2eStatus e2e = E2eStatus.NotUsed) =>
        new(Envelope(source, s.SourceTimeNs, arrival, s.SequenceNumber, s.Validity, e2e), s.Engaged);

    public static PowerModeSample ToSignal(this in V1.PowerMode s, SourceId source, long arrival, E2eStatus e2e = E2eStatus.NotUsed) =>
        new(Envelope(source, s.SourceTimeNs, arrival, s.SequenceNumber, s.Validity, e2e), (PowerModeKind)s.Mode);

    public static LocationSample ToSignal(this in V1.Location s, SourceId source, long arrival, E2eStatus e2e = E2eStatus.NotUsed) => new(
        Envelope(source, s.SourceTimeNs, arrival, s.SequenceNumber, s.Validity, e2e),
        s.LatitudeDeg,
        s.LongitudeDeg,
        s.AltitudeM,
        s.HeadingDeg,
        s.HorizontalAccuracyM);

    public static EnergySample ToSignal(this in V1.Energy s, SourceId source, long arrival, E2eStatus e2e = E2eStatus.NotUsed) => new(
        Envelope(source, s.SourceTimeNs, arrival, s.SequenceNumber, s.Validity, e2e), s.StateOfChargePercent, s.FuelLevelPercent, s.RangeM);

    public static CabinCameraSample ToSignal(this in V1.CabinCameraEvent s, SourceId source, long arrival, E2eStatus e2e = E2eStatus.NotUsed)
    {
        Span<SeatOccupancy> seats = stackalloc SeatOccupancy[SeatList.Capacity];
        var count = Math.Min((int)s.SeatCount, SeatList.Capacity);
        for (var i = 0; i < count; i++)
        {
            var seat = s.Seats[i];
            seats[i] = new SeatOccupancy((CabinZone)seat.Zone, seat.Occupied, seat.Belted, seat.Child);
        }

        return new CabinCameraSample(
            Envelope(source, s.SourceTimeNs, arrival, s.SequenceNumber, s.Validity, e2e),
            s.DrowsinessKss,
            s.PhoneInUse,
            s.AttentionProbability,
            s.Confidence,
            SeatList.Of(seats[..count]));
    }

    public static ClimateSample ToSignal(this in V1.ClimateState s, SourceId source, long arrival, E2eStatus e2e = E2eStatus.NotUsed) => new()
    {
        Envelope = Envelope(source, s.SourceTimeNs, arrival, s.SequenceNumber, s.Validity, e2e),
        LastCommandId = s.LastCommandId.ToString(),
        ClimateOn = s.ClimateOn,
        AirConditioningOn = s.AirConditioningOn,
        HeaterOn = s.HeaterOn,
        AutomaticOn = s.AutomaticOn,
        RecirculationOn = s.RecirculationOn,
        FrontDefrostOn = s.FrontDefrostOn,
        RearDefrostOn = s.RearDefrostOn,
        SteeringWheelHeatingOn = s.SteeringWheelHeatingOn,
        FanLevel = s.FanLevel,
        Airflow = (AirflowDirection)s.Airflow,
        TargetTemperatureCelsius = new(
            s.TargetTemperatureCelsius[0], s.TargetTemperatureCelsius[1], s.TargetTemperatureCelsius[2], s.TargetTemperatureCelsius[3]),
        SeatHeatingLevel = new(s.SeatHeatingLevel[0], s.SeatHeatingLevel[1], s.SeatHeatingLevel[2], s.SeatHeatingLevel[3]),
        SeatVentilationLevel = new(
            s.SeatVentilationLevel[0], s.SeatVentilationLevel[1], s.SeatVentilationLevel[2], s.SeatVentilationLevel[3]),
        CabinTemperatureCelsius = s.CabinTemperatureCelsius,
        AmbientTemperatureCelsius = s.AmbientTemperatureCelsius,
    };

    public static NavigationSample ToSignal(this in V1.NavigationState s, SourceId source, long arrival, E2eStatus e2e = E2eStatus.NotUsed) => new()
    {
        Envelope = Envelope(source, s.SourceTimeNs, arrival, s.SequenceNumber, s.Validity, e2e),
        LastCommandId = s.LastCommandId.ToString(),
        RouteActive = s.RouteActive,
        StopCount = s.StopCount,
        Avoidance = (RouteAvoidance)s.Avoidance,
        DestinationName = s.DestinationName.ToString(),
        DestinationLatitudeDegrees = s.DestinationLatitudeDeg,
        DestinationLongitudeDegrees = s.DestinationLongitudeDeg,
        RemainingDistanceMeters = s.RemainingDistanceM,
        RemainingTimeSeconds = s.RemainingTimeS,
    };

    private static SampleEnvelope Envelope(SourceId source, long sourceTimeNs, long arrival, uint sequence, V1.Validity validity, E2eStatus e2e) =>
        new(source, sourceTimeNs, arrival, sequence, (SampleValidity)validity, e2e);
}
