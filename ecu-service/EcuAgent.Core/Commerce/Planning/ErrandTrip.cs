using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>A trip with errands.</summary>
public sealed record ErrandTrip
{
    /// <summary>Where it begins: the car.</summary>
    public required GeoPoint Start { get; init; }

    /// <summary>When it begins. Times of the plan have the same offset from UTC.</summary>
    public required DateTimeOffset StartAt { get; init; }

    /// <summary>Where it ends.</summary>
    public required GeoPoint Destination { get; init; }

    /// <summary>Latest arrival there; null for any within <see cref="ErrandPlannerOptions.LongestTrip"/>.</summary>
    public DateTimeOffset? LatestArrival { get; init; }

    /// <summary>Remaining range, metres; null or not finite when not known, and then it is not checked and the plan says so.</summary>
    public double? RangeM { get; init; }

    /// <summary>What has to be done, in no order.</summary>
    public IReadOnlyList<Errand> Errands { get; init; } = [];
}
