namespace EcuAgent.VehicleBus;

/// <summary>One topic of the wire contract, as <c>idl/topics.json</c> has it.</summary>
public sealed record TopicEntry
{
    /// <summary>Name, which is that of its struct.</summary>
    public required string Topic { get; init; }

    /// <summary>"in" to the service or "out" of it.</summary>
    public required string Direction { get; init; }

    /// <summary>"reliable" or "best-effort".</summary>
    public required string Reliability { get; init; }

    /// <summary>"volatile" or "transient-local".</summary>
    public required string Durability { get; init; }

    /// <summary>"keep-last" or "keep-all".</summary>
    public required string History { get; init; }

    /// <summary>Samples of each source that are kept, with keep-last.</summary>
    public int? Depth { get; init; }

    /// <summary>Samples of all sources that wait at most, with keep-all.</summary>
    public int? MaxSamples { get; init; }

    /// <summary>The longest time between two samples of a source, ms.</summary>
    public int? DeadlineMs { get; init; }

    /// <summary>How long a sample may wait on the wire, ms.</summary>
    public int? LifespanMs { get; init; }

    /// <summary>Ownership where the service is a hot-standby pair.</summary>
    public string? StandbyOwnership { get; init; }
}
