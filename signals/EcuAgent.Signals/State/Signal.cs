namespace EcuAgent.Signals;

/// <summary>One signal at one instant: a value only where the quality allows it.</summary>
/// <typeparam name="T">The value.</typeparam>
public readonly record struct Signal<T>
    where T : struct
{
    /// <summary>Whether the signal may be used.</summary>
    public SignalQuality Quality { get; init; }

    /// <summary>The value; <c>default</c> unless <see cref="IsValid"/>.</summary>
    public T Value { get; init; }

    /// <summary>Age of the evidence by the sender's time stamp, zero or more. Zero when never received.</summary>
    public TimeSpan SourceAge { get; init; }

    /// <summary>Time since the newest sample of the source arrived. Zero when never received.</summary>
    public TimeSpan SinceArrival { get; init; }

    /// <summary>The source that the value, or the fault, comes from.</summary>
    public SourceId Source { get; init; }

    /// <summary>UTC at the sender, ns since 1970; 0 when never received.</summary>
    public long SourceTimeUnixNanoseconds { get; init; }

    /// <summary>True when <see cref="Value"/> may be used.</summary>
    public bool IsValid => Quality == SignalQuality.Valid;

    /// <summary>Gives the value when it may be used.</summary>
    public bool TryGet(out T value)
    {
        value = Value;
        return IsValid;
    }
}
