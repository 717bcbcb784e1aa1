namespace EcuAgent.Core.Commerce.Planning;

/// <summary>A trip with all its stops.</summary>
public sealed record ErrandPlan
{
    /// <summary>The stops in order.</summary>
    public required IReadOnlyList<PlannedStop> Stops { get; init; }

    /// <summary>What is brought to the destination, by errand id.</summary>
    public required IReadOnlyList<PlannedHandover> Handovers { get; init; }

    /// <summary>Arrival at the destination.</summary>
    public required DateTimeOffset ArriveAt { get; init; }

    /// <summary>The whole way, metres.</summary>
    public required long DistanceM { get; init; }

    /// <summary>Extra metres against the direct way; null when there is no direct way.</summary>
    public required long? ExtraM { get; init; }

    /// <summary>Extra time against the direct way, with waits and services; null when there is no direct way.</summary>
    public required TimeSpan? Extra { get; init; }

    /// <summary>What to know about the plan as a whole.</summary>
    public required IReadOnlyList<WhyReason> Reasons { get; init; }
}
