namespace EcuAgent.Core.Commerce;

/// <summary>Weekly opening hours in the merchant's own time zone.</summary>
/// <param name="Zone">Time zone of <paramref name="Spans"/>.</param>
/// <param name="Spans">When it is open; a span may reach past midnight.</param>
public sealed record OpeningHours(TimeZoneInfo Zone, IReadOnlyList<OpeningSpan> Spans)
{
    /// <summary>True when it is open at <paramref name="instant"/>.</summary>
    public bool IsOpenAt(DateTimeOffset instant)
    {
        var local = TimeZoneInfo.ConvertTime(instant, Zone);
        return Spans.Any(span => span.Contains(local.DayOfWeek, TimeOnly.FromTimeSpan(local.TimeOfDay)));
    }

    /// <summary>True when it opens on <paramref name="day"/>, a day of <see cref="Zone"/>.</summary>
    public bool OpensOn(DateOnly day) => Spans.Any(span => span.Day == day.DayOfWeek);
}
