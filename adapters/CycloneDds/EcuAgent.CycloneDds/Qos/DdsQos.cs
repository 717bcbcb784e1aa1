using System.Collections.Immutable;

namespace EcuAgent.CycloneDds;

/// <summary>
/// Quality of service of a topic, reader or writer. Immutable; change by <c>with</c>. A policy that is null stays at the
/// DDS default, or at the topic's value for readers and writers.
/// </summary>
/// <remarks>
/// Defaults of the DDS specification, as Cyclone has them: readers best-effort, writers reliable, volatile, keep-last 1,
/// no deadline, automatic liveliness, infinite lease and life span. An infinite time is
/// <see cref="Timeout.InfiniteTimeSpan"/>. A reader's request that a writer does not offer (RELIABILITY, DURABILITY,
/// DEADLINE, LIVELINESS, OWNERSHIP, DESTINATION_ORDER) prevents the match and is reported as incompatible QoS.
/// </remarks>
public sealed record DdsQos
{
    /// <summary>Reliable, volatile, keep-last 1: a value whose newest state counts.</summary>
    public static DdsQos ReliableLatest { get; } = new() { Reliability = DdsReliability.Reliable, History = DdsHistory.KeepLast, HistoryDepth = 1 };

    /// <summary>Like <see cref="ReliableLatest"/>, and a late reader gets the newest state (TRANSIENT_LOCAL).</summary>
    public static DdsQos ReliableLatestTransientLocal { get; } = ReliableLatest with { Durability = DdsDurability.TransientLocal };

    /// <summary>RELIABILITY kind.</summary>
    public DdsReliability? Reliability { get; init; }

    /// <summary>How long a write may block when the reliable keep-all cache is full. Default 100 ms.</summary>
    public TimeSpan MaxBlockingTime { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>DURABILITY kind. For a transient-local writer, what it keeps for late readers follows its history.</summary>
    public DdsDurability? Durability { get; init; }

    /// <summary>HISTORY kind.</summary>
    public DdsHistory? History { get; init; }

    /// <summary>HISTORY depth per instance, at least 1; ignored for keep-all. Default 1.</summary>
    public int HistoryDepth { get; init; } = 1;

    /// <summary>RESOURCE_LIMITS. A full reader rejects samples (reported); a full reliable keep-all writer blocks.</summary>
    public DdsResourceLimits? ResourceLimits { get; init; }

    /// <summary>DEADLINE: the longest time between two samples of an instance.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>LIVELINESS kind.</summary>
    public DdsLiveliness? Liveliness { get; init; }

    /// <summary>LIVELINESS lease: after this time without a sign of life a writer counts as gone. Default infinite.</summary>
    public TimeSpan LivelinessLease { get; init; } = Timeout.InfiniteTimeSpan;

    /// <summary>LIFESPAN of a writer's samples; expired ones are not delivered and leave the reader's cache. Cyclone counts
    /// it from the arrival at each reader, not from the source time stamp: who must not act too late checks a time in the sample.</summary>
    public TimeSpan? Lifespan { get; init; }

    /// <summary>OWNERSHIP kind.</summary>
    public DdsOwnership? Ownership { get; init; }

    /// <summary>OWNERSHIP_STRENGTH of a writer; the highest wins under exclusive ownership.</summary>
    public int? OwnershipStrength { get; init; }

    /// <summary>DESTINATION_ORDER kind.</summary>
    public DdsDestinationOrder? DestinationOrder { get; init; }

    /// <summary>
    /// Whether a writer that goes away disposes its instances (WRITER_DATA_LIFECYCLE); default of DDS: true. With false
    /// readers see NotAliveNoWriters instead of NotAliveDisposed.
    /// </summary>
    public bool? AutoDisposeInstances { get; init; }

    /// <summary>PARTITION names; empty for the default partition.</summary>
    public ImmutableArray<string> Partitions { get; init; } = [];
}
