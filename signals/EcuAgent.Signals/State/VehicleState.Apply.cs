namespace EcuAgent.Signals;

/// <content>One overload for each kind of sample.</content>
public sealed partial class VehicleState
{
    /// <summary>Takes a speed, -100 .. 150 m/s.</summary>
    public ApplyResult Apply(in SpeedSample sample) =>
        ApplyDriving(speed, sample.Envelope, sample.SpeedMetersPerSecond, SampleChecks.Check(sample));

    /// <summary>Takes a gear.</summary>
    public ApplyResult Apply(in GearSample sample) =>
        ApplyDriving(gear, sample.Envelope, sample.Position, SampleChecks.Check(sample));

    /// <summary>Takes a parking brake state.</summary>
    public ApplyResult Apply(in ParkingBrakeSample sample) =>
        ApplyDriving(parkingBrake, sample.Envelope, sample.Engaged, SignalQuality.Valid);

    /// <summary>Takes a power mode.</summary>
    public ApplyResult Apply(in PowerModeSample sample) =>
        ApplyOther(powerMode, sample.Envelope, sample.Mode, SampleChecks.Check(sample));

    /// <summary>Takes a position.</summary>
    public ApplyResult Apply(in LocationSample sample) =>
        ApplyOther(location, sample.Envelope, sample, SampleChecks.Check(sample));

    /// <summary>Takes energy levels.</summary>
    public ApplyResult Apply(in EnergySample sample) =>
        ApplyOther(energy, sample.Envelope, sample, SampleChecks.Check(sample));

    /// <summary>Takes what the cabin camera sees.</summary>
    public ApplyResult Apply(in CabinCameraSample sample) =>
        ApplyOther(cabinCamera, sample.Envelope, sample, SampleChecks.Check(sample));

    /// <summary>Takes the HVAC ECU's read-back.</summary>
    public ApplyResult Apply(in ClimateSample sample) =>
        ApplyOther(climate, sample.Envelope, sample, SampleChecks.Check(sample));

    /// <summary>Takes the navigation ECU's read-back.</summary>
    public ApplyResult Apply(in NavigationSample sample) =>
        ApplyOther(navigation, sample.Envelope, sample, SampleChecks.Check(sample));

    private ApplyResult ApplyDriving<T>(SignalChannel<T> channel, in SampleEnvelope envelope, in T value, SignalQuality content)
        where T : struct
    {
        lock (guard)
        {
            var verdict = Accept_NeedsLock(channel, envelope, value, content);
            if (verdict == SampleVerdict.Accepted)
            {
                evidenceTimeUnixNanoseconds = envelope.SourceTimeUnixNanoseconds;
            }

            Step_NeedsLock(now);
            var (stateChanged, reasonsChanged) = TakeChanges_NeedsLock();
            return new ApplyResult(verdict, stateChanged, reasonsChanged, Status_NeedsLock());
        }
    }

    private ApplyResult ApplyOther<T>(SignalChannel<T> channel, in SampleEnvelope envelope, in T value, SignalQuality content)
        where T : struct
    {
        lock (guard)
        {
            var verdict = Accept_NeedsLock(channel, envelope, value, content);
            var (stateChanged, reasonsChanged) = TakeChanges_NeedsLock();
            return new ApplyResult(verdict, stateChanged, reasonsChanged, Status_NeedsLock());
        }
    }

    private SampleVerdict Accept_NeedsLock<T>(SignalChannel<T> channel, in SampleEnvelope envelope, in T value, SignalQuality content)
        where T : struct
    {
        var timestamp = timeProvider.GetTimestamp();
        var utc = Units.ToUnixNanoseconds(timeProvider.GetUtcNow());
        Advance_NeedsLock(timeProvider.GetElapsedTime(origin, timestamp));

        // An arrival in the future is the adapter's slip; it must not make the sample look fresher than just arrived.
        var waited = envelope.ArrivalTimestamp < timestamp
            ? timeProvider.GetElapsedTime(envelope.ArrivalTimestamp, timestamp)
            : TimeSpan.Zero;
        return channel.Accept(
            envelope,
            value,
            content,
            new SampleArrival(
                now,
                now - waited,
                utc - (waited.Ticks * Units.NanosecondsPerTick),
                options.FutureTolerance));
    }
}
