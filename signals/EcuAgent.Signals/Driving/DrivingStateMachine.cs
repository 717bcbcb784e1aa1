namespace EcuAgent.Signals;

/// <summary>
/// The driving state over time: tightens in the very step that shows it, loosens one state at a time and only after its
/// dwell, through which every step must have shown standing, fresh evidence. Pure: no clock, no input or output. Not
/// thread-safe.
/// </summary>
/// <remarks>
/// Unknown becomes Moving at once, because motion is positive evidence. Unknown and Moving become Idling after
/// <see cref="DrivingStateOptions.MovingToIdlingDwell"/>; only from Idling, and after
/// <see cref="DrivingStateOptions.IdlingToParkedDwell"/> more, the state becomes Parked.
/// The caller steps whenever evidence changes, also when it changes by age alone, and at <see cref="NextDeadline"/>.
/// </remarks>
public sealed class DrivingStateMachine
{
    private DrivingStateOptions options;
    private TimeSpan lastStep = TimeSpan.MinValue;
    private TimeSpan? looseningSince;

    /// <summary>Starts as Unknown.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names each with its value.</exception>
    public DrivingStateMachine(DrivingStateOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var faults = options.Validate();
        this.options = faults.Count == 0 ? options : throw new ArgumentException(string.Join("; ", faults), nameof(options));
    }

    /// <summary>The state after the last step.</summary>
    public DrivingState State { get; private set; }

    /// <summary>Why.</summary>
    public DrivingReasons Reasons { get; private set; }

    /// <summary>Changes of <see cref="State"/> so far.</summary>
    public long TransitionCount { get; private set; }

    /// <summary>Time of the last change of <see cref="State"/>; of the first step when there was none.</summary>
    public TimeSpan EnteredAt { get; private set; }

    /// <summary>When the running dwell ends; null when none runs.</summary>
    public TimeSpan? NextDeadline => looseningSince + Dwell;

    private TimeSpan Dwell => State == DrivingState.Idling ? options.IdlingToParkedDwell : options.MovingToIdlingDwell;

    /// <summary>Judges the evidence of one instant. A time before the last step's counts as the last step's.</summary>
    /// <param name="now">Monotonic time on any axis.</param>
    /// <param name="evidence">The evidence that holds from <paramref name="now"/> on.</param>
    /// <returns>True when <see cref="State"/> changed.</returns>
    public bool Step(TimeSpan now, in DrivingEvidence evidence)
    {
        if (lastStep == TimeSpan.MinValue)
        {
            EnteredAt = now;
        }

        now = now > lastStep ? now : lastStep;
        lastStep = now;
        var (allowed, reasons) = DrivingRules.Judge(evidence, options);
        var before = TransitionCount;
        if (!DrivingStateOrder.IsStricter(State, allowed) || allowed == DrivingState.Moving)
        {
            looseningSince = null;
            Enter(allowed, now);
        }
        else if (!DrivingRules.AllSourcesFresh(evidence, options))
        {
            looseningSince = null;
            reasons |= DrivingReasons.SourceSilent;
        }
        else
        {
            looseningSince ??= now;
            if (now >= NextDeadline)
            {
                Enter(State == DrivingState.Idling ? DrivingState.Parked : DrivingState.Idling, now);
                looseningSince = State == allowed ? null : now;
            }

            reasons |= looseningSince is null ? DrivingReasons.None : DrivingReasons.LooseningDwell;
        }

        Reasons = reasons;
        return TransitionCount != before;
    }

    /// <summary>Replaces the limits. The caller has checked them and that the state is Parked.</summary>
    internal void ReplaceOptions(DrivingStateOptions next) => options = next;

    private void Enter(DrivingState next, TimeSpan now)
    {
        if (next != State)
        {
            State = next;
            EnteredAt = now;
            TransitionCount++;
        }
    }
}
