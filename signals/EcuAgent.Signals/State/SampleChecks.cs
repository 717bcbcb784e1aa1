namespace EcuAgent.Signals;

/// <summary>Ranges of the values, as <c>idl/ecu_v1.idl</c> states them.</summary>
internal static class SampleChecks
{
    internal const double MinSpeedMetersPerSecond = -100;
    internal const double MaxSpeedMetersPerSecond = 150;

    private const double MaxRangeMeters = 10_000_000;
    private const double MaxDistanceMeters = 100_000_000;
    private const double MaxSeconds = 100_000_000;
    private const double EarthAltitudeLimitMeters = 20_000;
    private const int MaxFanLevel = 7;
    private const int MaxSeatLevel = 3;
    private const int MaxKss = 9;

    internal static SignalQuality Check(in SpeedSample s) =>
        Required(s.SpeedMetersPerSecond, MinSpeedMetersPerSecond, MaxSpeedMetersPerSecond);

    internal static SignalQuality Check(in GearSample s) => s.Position == GearPosition.Unknown
        ? SignalQuality.Invalid
        : Defined(s.Position is > GearPosition.Unknown and <= GearPosition.Drive);

    internal static SignalQuality Check(in PowerModeSample s) => s.Mode == PowerModeKind.Unknown
        ? SignalQuality.Invalid
        : Defined(s.Mode is > PowerModeKind.Unknown and <= PowerModeKind.Start);

    internal static SignalQuality Check(in LocationSample s) => Worst(
        Required(s.LatitudeDegrees, -90, 90),
        Required(s.LongitudeDegrees, -180, 180),
        Optional(s.AltitudeMeters, -EarthAltitudeLimitMeters, EarthAltitudeLimitMeters),
        Optional(s.HeadingDegrees, 0, 360),
        Optional(s.HorizontalAccuracyMeters, 0, double.MaxValue));

    internal static SignalQuality Check(in EnergySample s) => Worst(
        Optional(s.StateOfChargePercent, 0, 100), Optional(s.FuelLevelPercent, 0, 100), Optional(s.RangeMeters, 0, MaxRangeMeters));

    internal static SignalQuality Check(in CabinCameraSample s)
    {
        var quality = Worst(
            Defined(s.DrowsinessKss is >= 0 and <= MaxKss), Optional(s.AttentionProbability, 0, 1), Required(s.Confidence, 0, 1));
        for (var i = 0; i < s.Seats.Count; i++)
        {
            quality = Worst(quality, Defined(s.Seats[i].Zone is >= CabinZone.Unknown and <= CabinZone.All));
        }

        return quality;
    }

    internal static SignalQuality Check(in ClimateSample s) => Worst(
        Worst(
            Defined(s.FanLevel is >= 0 and <= MaxFanLevel),
            Defined(s.Airflow is >= AirflowDirection.Unknown and <= AirflowDirection.FaceFeet),
            Optional(s.CabinTemperatureCelsius, -60, 100),
            Optional(s.AmbientTemperatureCelsius, -60, 100)),
        Worst(
            Optional(s.TargetTemperatureCelsius.Driver, -40, 85),
            Optional(s.TargetTemperatureCelsius.Passenger, -40, 85),
            Optional(s.TargetTemperatureCelsius.RearLeft, -40, 85),
            Optional(s.TargetTemperatureCelsius.RearRight, -40, 85)),
        Levels(s.SeatHeatingLevel),
        Levels(s.SeatVentilationLevel));

    internal static SignalQuality Check(in NavigationSample s) => Worst(
        Defined(s.StopCount is >= 0 and <= byte.MaxValue && s.Avoidance is >= RouteAvoidance.Nothing and <= RouteAvoidance.Traffic),
        Required(s.DestinationLatitudeDegrees, -90, 90),
        Required(s.DestinationLongitudeDegrees, -180, 180),
        Optional(s.RemainingDistanceMeters, 0, MaxDistanceMeters),
        Optional(s.RemainingTimeSeconds, 0, MaxSeconds));

    private static SignalQuality Levels(in PerZone<int> levels) => Defined(
        levels.Driver is >= 0 and <= MaxSeatLevel && levels.Passenger is >= 0 and <= MaxSeatLevel &&
        levels.RearLeft is >= 0 and <= MaxSeatLevel && levels.RearRight is >= 0 and <= MaxSeatLevel);

    private static SignalQuality Defined(bool isDefined) => isDefined ? SignalQuality.Valid : SignalQuality.OutOfRange;

    private static SignalQuality Required(double value, double min, double max) =>
        !double.IsFinite(value) ? SignalQuality.NotFinite
        : value >= min && value <= max ? SignalQuality.Valid : SignalQuality.OutOfRange;

    private static SignalQuality Optional(double value, double min, double max) =>
        double.IsNaN(value) ? SignalQuality.Valid : Required(value, min, max);

    private static SignalQuality Worst(
        SignalQuality a,
        SignalQuality b,
        SignalQuality c = SignalQuality.Valid,
        SignalQuality d = SignalQuality.Valid,
        SignalQuality e = SignalQuality.Valid) =>
        a != SignalQuality.Valid ? a : b != SignalQuality.Valid ? b : c != SignalQuality.Valid ? c : d != SignalQuality.Valid ? d : e;
}
