using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce;

/// <summary>A merchant that the car's maker or the person allowed.</summary>
/// <param name="Id">Stable id, at most 64 characters.</param>
/// <param name="Name">Name as it is spoken.</param>
/// <param name="Needs">What it sells.</param>
/// <param name="Position">WGS 84 position; null for one without a place to go to.</param>
/// <param name="Hours">When it is open; null when not known, which counts as open.</param>
/// <param name="Rating">0 .. 5; null when not known.</param>
/// <param name="IsSponsored">True when its place in a list is paid for.</param>
/// <param name="Zone">Time zone that its days are of; null for that of <paramref name="Hours"/>.</param>
public sealed record MerchantProfile(
    string Id,
    string Name,
    IReadOnlySet<MerchantNeed> Needs,
    GeoPoint? Position = null,
    OpeningHours? Hours = null,
    double? Rating = null,
    bool IsSponsored = false,
    TimeZoneInfo? Zone = null)
{
    /// <summary>Time zone that its days are of; null when not known.</summary>
    public TimeZoneInfo? DayZone => Zone ?? Hours?.Zone;

    /// <summary>The day there at an instant.</summary>
    /// <param name="instant">The instant.</param>
    /// <param name="here">Time zone of the car, taken where that of the merchant is not known.</param>
    public DateOnly DayAt(DateTimeOffset instant, TimeZoneInfo here) => LocalDay.Of(instant, DayZone ?? here);
}
