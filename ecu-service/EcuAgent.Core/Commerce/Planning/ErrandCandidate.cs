using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>One place where an errand can be done, or one merchant that brings it.</summary>
public sealed record ErrandCandidate
{
    /// <summary>Id, once only within its errand; the merchant's, as a rule.</summary>
    public required string Id { get; init; }

    /// <summary>WGS 84 position; null, NaN or out of range when not known, and then it is no candidate. Not used at the destination.</summary>
    public GeoPoint? Position { get; init; }

    /// <summary>When it is open; null when not known, which counts as open.</summary>
    public OpeningHours? Hours { get; init; }

    /// <summary>How long the stop takes, 0 or more; it has to end before the place closes. Not used at the destination.</summary>
    public TimeSpan Service { get; init; }

    /// <summary>Not ready before then; null for at once.</summary>
    public DateTimeOffset? ReadyAt { get; init; }
}
