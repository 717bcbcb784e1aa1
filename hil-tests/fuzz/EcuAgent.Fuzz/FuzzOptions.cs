namespace EcuAgent.Fuzz;

/// <summary>How long it goes on and from where.</summary>
internal sealed record FuzzOptions
{
    /// <summary>At most so many inputs.</summary>
    public long Executions { get; init; } = long.MaxValue;

    /// <summary>At most so long.</summary>
    public TimeSpan Duration { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>Of the random numbers: the same seed and the same inputs give the same run.</summary>
    public int Seed { get; init; }

    /// <summary>True: branches are counted, and nothing is learned from them; what chance alone finds.</summary>
    public bool IsBlind { get; init; }

    /// <summary>An input that takes longer is a finding.</summary>
    public TimeSpan Hang { get; init; } = TimeSpan.FromSeconds(10);
}
