using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>A stop of a plan.</summary>
public sealed record PlannedStop
{
    /// <summary>What is done there.</summary>
    public required string ErrandId { get; init; }

    /// <summary>At which of the candidates.</summary>
    public required string CandidateId { get; init; }

    /// <summary>Where that is.</summary>
    public required GeoPoint Position { get; init; }

    /// <summary>Arrival; to be told to the merchant.</summary>
    public required DateTimeOffset ArriveAt { get; init; }

    /// <summary>Wait after the arrival, for the opening or for the order.</summary>
    public required TimeSpan Wait { get; init; }

    /// <summary>Departure.</summary>
    public required DateTimeOffset DepartAt { get; init; }

    /// <summary>
    /// Extra metres: from the stop before over this one to the destination, less the direct way. These add up to the extra way of the plan.
    /// Null when one of these ways does not exist; below 0 only where the estimator's direct way is a detour.
    /// </summary>
    public required long? DetourM { get; init; }

    /// <summary>Extra driving time by the same rule, without wait and service.</summary>
    public required TimeSpan? Detour { get; init; }

    /// <summary>Why here and what to know about it.</summary>
    public required IReadOnlyList<WhyReason> Reasons { get; init; }
}
