namespace EcuAgent.Signals;

/// <summary>
/// The one picture of the car: takes samples, keeps the newest evidence of each source, and holds the driving state.
/// </summary>
/// <remarks>
/// <para>Thread-safe: one lock around each member; snapshots are immutable. Applying a sample allocates nothing.</para>
/// <para>
/// Age is counted from the sender's time stamp: what a sample had lost on its way (our UTC at arrival minus its source time)
/// plus the monotonic time since arrival. A step of our UTC therefore never refreshes old evidence.
/// </para>
/// <para>
/// Each signal has up to 4 sources. Full rule: a source that was silent for
/// <see cref="DrivingStateOptions.SourceForgetAfter"/> gives its place up; otherwise the new source is refused and counted, and a
/// driving input then counts as missing while the refused source goes on sending.
/// </para>
/// <para>
/// The driving state does not depend on how often it is evaluated: each call first makes up for every instant at which time
/// alone changed something.
/// </para>
/// </remarks>
public sealed partial class VehicleState
{
    private readonly Lock guard = new();
    private readonly TimeProvider timeProvider;
    private readonly long origin;
    private readonly SampleTally tally = new();
    private readonly DrivingStateMachine machine;
    private readonly SignalChannel<double> speed;
    private readonly SignalChannel<GearPosition> gear;
    private readonly SignalChannel<bool> parkingBrake;
    private readonly SignalChannel<PowerModeKind> powerMode;
    private readonly SignalChannel<LocationSample> location;
    private readonly SignalChannel<EnergySample> energy;
    private readonly SignalChannel<CabinCameraSample> cabinCamera;
    private readonly SignalChannel<ClimateSample> climate;
    private readonly SignalChannel<NavigationSample> navigation;
    private VehicleStateOptions options;
    private TimeSpan now;
    private TimeSpan nextChange;
    private long evidenceTimeUnixNanoseconds;
    private long reportedTransitions;
    private DrivingReasons reportedReasons;

    /// <summary>Starts with nothing received and the driving state Unknown.</summary>
    /// <param name="timeProvider">The clock; also the one that <see cref="SampleEnvelope.ArrivalTimestamp"/> is taken from.</param>
    /// <param name="options">The limits.</param>
    /// <exception cref="ArgumentException">An option is out of range; the message names each with its value.</exception>
    public VehicleState(TimeProvider timeProvider, VehicleStateOptions options)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentNullException.ThrowIfNull(options);
        var faults = options.Validate();
        if (faults.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", faults), nameof(options));
        }

        this.timeProvider = timeProvider;
        this.options = options;
        origin = timeProvider.GetTimestamp();
        machine = new DrivingStateMachine(options.Driving);
        speed = new(tally);
        gear = new(tally);
        parkingBrake = new(tally);
        powerMode = new(tally);
        location = new(tally);
        energy = new(tally);
        cabinCamera = new(tally);
        climate = new(tally);
        navigation = new(tally);
        SetLimits_NeedsLock();
        Step_NeedsLock(TimeSpan.Zero);
        reportedReasons = machine.Reasons;
    }

    /// <summary>Lets time pass: call it after <see cref="EvaluateResult.NextDeadline"/>, or whenever an answer is needed.</summary>
    public EvaluateResult Evaluate()
    {
        lock (guard)
        {
            Advance_NeedsLock(Now());
            return Report_NeedsLock();
        }
    }

    /// <summary>
    /// The adapter saw the source disappear (liveliness lost, writer gone): all its evidence is missing from now on, until its
    /// next sample.
    /// </summary>
    public EvaluateResult SourceLost(SourceId source)
    {
        lock (guard)
        {
            Advance_NeedsLock(Now());
            speed.Lose(source, now);
            gear.Lose(source, now);
            parkingBrake.Lose(source, now);
            powerMode.Lose(source, now);
            location.Lose(source, now);
            energy.Lose(source, now);
            cabinCamera.Lose(source, now);
            climate.Lose(source, now);
            navigation.Lose(source, now);
            Step_NeedsLock(now);
            return Report_NeedsLock();
        }
    }

    /// <summary>
    /// The adapter sees the source again. Nothing is restored: what the source said before may have changed meanwhile, so it
    /// has to say it again.
    /// </summary>
    public EvaluateResult SourceRegained(SourceId source)
    {
        _ = source;
        return Evaluate();
    }

    /// <summary>Takes the picture of this instant. Allocates one object.</summary>
    public VehicleSnapshot TakeSnapshot()
    {
        lock (guard)
        {
            Advance_NeedsLock(Now());
            var gearSignal = DrivingFusion.Agreed(gear, now, GearPosition.Park, out var gearsDisagree);
            var brakeSignal = DrivingFusion.Agreed(parkingBrake, now, true, out var brakesDisagree);
            return new VehicleSnapshot
            {
                TakenAt = timeProvider.GetUtcNow(),
                Driving = Status_NeedsLock(),
                SpeedMetersPerSecond = DrivingFusion.HighestSpeed(speed, now),
                Gear = gearsDisagree ? gearSignal with { Quality = SignalQuality.SourcesDisagree, Value = default } : gearSignal,
                ParkingBrakeEngaged = brakesDisagree
                    ? brakeSignal with { Quality = SignalQuality.SourcesDisagree, Value = default }
                    : brakeSignal,
                PowerMode = powerMode.Freshest(now),
                Location = location.Freshest(now),
                Energy = energy.Freshest(now),
                CabinCamera = cabinCamera.Freshest(now),
                Climate = climate.Freshest(now),
                Navigation = navigation.Freshest(now),
            };
        }
    }

    /// <summary>The counters since the start.</summary>
    public SampleCounters ReadCounters()
    {
        lock (guard)
        {
            return tally.Read();
        }
    }

    /// <summary>Replaces the limits, only while Parked and only by valid ones. They hold from this instant on.</summary>
    public OptionsSwap TrySwapOptions(VehicleStateOptions next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (next.Validate().Count > 0)
        {
            return OptionsSwap.Invalid;
        }

        lock (guard)
        {
            Advance_NeedsLock(Now());
            if (machine.State != DrivingState.Parked)
            {
                return OptionsSwap.NotParked;
            }

            options = next;
            machine.ReplaceOptions(next.Driving);
            SetLimits_NeedsLock();
            Step_NeedsLock(now);
            return OptionsSwap.Swapped;
        }
    }

    private TimeSpan Now() => timeProvider.GetElapsedTime(origin);

    private void SetLimits_NeedsLock()
    {
        var driving = options.Driving;
        var ages = driving.OnChangeFreshness == OnChangeFreshness.MaximumAge;
        var forget = driving.SourceForgetAfter;
        var e2e = options.RequireE2e;
        speed.SetLimits(driving.SpeedMaxAge, forget, e2e.Speed);
        gear.SetLimits(ages ? driving.GearMaxAge : null, forget, e2e.Gear);
        parkingBrake.SetLimits(ages ? driving.ParkingBrakeMaxAge : null, forget, e2e.ParkingBrake);
        powerMode.SetLimits(ages ? options.PowerModeMaxAge : null, forget, e2e.PowerMode);
        location.SetLimits(options.LocationMaxAge, forget, e2e.Location);
        energy.SetLimits(options.EnergyMaxAge, forget, e2e.Energy);
        cabinCamera.SetLimits(options.CabinCameraMaxAge, forget, e2e.CabinCamera);
        climate.SetLimits(ages ? options.ClimateMaxAge : null, forget, e2e.Climate);
        navigation.SetLimits(ages ? options.NavigationMaxAge : null, forget, e2e.Navigation);
    }

    /// <summary>Steps at every instant up to <paramref name="until"/> at which time alone changed the evidence or ended a dwell.</summary>
    private void Advance_NeedsLock(TimeSpan until)
    {
        while (nextChange <= until)
        {
            Step_NeedsLock(nextChange);
        }

        if (until > now)
        {
            now = until;
        }
    }

    private void Step_NeedsLock(TimeSpan at)
    {
        now = at > now ? at : now;
        machine.Step(now, DrivingFusion.Fuse(speed, gear, parkingBrake, now));
        var next = machine.NextDeadline ?? TimeSpan.MaxValue;
        next = Earlier(next, speed.NextChange(now));
        next = Earlier(next, gear.NextChange(now));
        nextChange = Earlier(next, parkingBrake.NextChange(now));
    }

    private DrivingStateStatus Status_NeedsLock() =>
        new(machine.State, machine.Reasons, evidenceTimeUnixNanoseconds, machine.TransitionCount, now - machine.EnteredAt);

    private EvaluateResult Report_NeedsLock()
    {
        var (stateChanged, reasonsChanged) = TakeChanges_NeedsLock();
        return new EvaluateResult(
            stateChanged, reasonsChanged, Status_NeedsLock(), nextChange == TimeSpan.MaxValue ? null : nextChange - now);
    }

    private (bool State, bool Reasons) TakeChanges_NeedsLock()
    {
        var changes = (machine.TransitionCount != reportedTransitions, machine.Reasons != reportedReasons);
        reportedTransitions = machine.TransitionCount;
        reportedReasons = machine.Reasons;
        return changes;
    }

    private static TimeSpan Earlier(TimeSpan first, TimeSpan second) => first < second ? first : second;
}
