namespace EcuAgent.Core.Commerce;

/// <summary>
/// Turns weekly hours into instants. Agrees with <see cref="OpeningHours.IsOpenAt"/> at every instant: the clock on the wall decides, so that
/// an hour which summer time skips is no opening time, and one that comes twice counts twice.
/// </summary>
public static class OpeningTimes
{
    // No zone changes its offset twice within this time.
    private static readonly TimeSpan Step = TimeSpan.FromHours(6);

    // Room for a span that began on the day before, in any zone.
    private static readonly TimeSpan Margin = TimeSpan.FromDays(3);

    /// <summary>The periods in which it is open, cut to the given time, in order and apart from each other.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is within 3 days of the first or last that can be written.</exception>
    public static IReadOnlyList<OpenPeriod> Periods(OpeningHours hours, DateTimeOffset from, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(hours);
        ArgumentOutOfRangeException.ThrowIfLessThan(from, DateTimeOffset.MinValue + Margin);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(until, DateTimeOffset.MaxValue - Margin);

        var periods = new List<OpenPeriod>();
        foreach (var stretch in Stretches(hours.Zone, from.UtcDateTime, until.UtcDateTime))
        {
            Add(periods, hours.Spans, stretch);
        }

        return Merged(periods);
    }

    private static void Add(List<OpenPeriod> periods, IReadOnlyList<OpeningSpan> spans, Stretch stretch)
    {
        var from = stretch.From + stretch.Offset;
        var until = stretch.Until + stretch.Offset;
        for (var day = from.Date.AddDays(-1); day < until; day = day.AddDays(1))
        {
            foreach (var span in spans.Where(span => span.Day == day.DayOfWeek))
            {
                var opens = Later(day + span.From.ToTimeSpan(), from);
                var closes = Earlier(day + span.Until.ToTimeSpan() + (span.Until <= span.From ? TimeSpan.FromDays(1) : TimeSpan.Zero), until);
                if (opens < closes)
                {
                    periods.Add(new OpenPeriod(Instant(opens - stretch.Offset), Instant(closes - stretch.Offset)));
                }
            }
        }
    }

    /// <summary>Cuts the time where the zone's offset changes, to the tick.</summary>
    private static IEnumerable<Stretch> Stretches(TimeZoneInfo zone, DateTime from, DateTime until)
    {
        var begin = from;
        for (var at = from; at < until;)
        {
            var offset = zone.GetUtcOffset(at);
            var next = until - at > Step ? at + Step : until;
            if (zone.GetUtcOffset(next) != offset)
            {
                next = Change(zone, at, next, offset);
                yield return new Stretch(begin, next, offset);
                begin = next;
            }
            else if (next == until)
            {
                yield return new Stretch(begin, until, offset);
            }

            at = next;
        }
    }

    private static DateTime Change(TimeZoneInfo zone, DateTime before, DateTime after, TimeSpan offset)
    {
        while (after.Ticks - before.Ticks > 1)
        {
            var middle = before.AddTicks((after.Ticks - before.Ticks) / 2);
            if (zone.GetUtcOffset(middle) == offset)
            {
                before = middle;
            }
            else
            {
                after = middle;
            }
        }

        return after;
    }

    private static List<OpenPeriod> Merged(List<OpenPeriod> periods)
    {
        var merged = new List<OpenPeriod>();
        foreach (var period in periods.OrderBy(period => period.From))
        {
            if (merged.Count > 0 && period.From <= merged[^1].Until)
            {
                merged[^1] = merged[^1] with { Until = period.Until > merged[^1].Until ? period.Until : merged[^1].Until };
            }
            else
            {
                merged.Add(period);
            }
        }

        return merged;
    }

    private static DateTime Later(DateTime one, DateTime other) => one > other ? one : other;

    private static DateTime Earlier(DateTime one, DateTime other) => one < other ? one : other;

    private static DateTimeOffset Instant(DateTime utc) => new(utc.Ticks, TimeSpan.Zero);

    private readonly record struct Stretch(DateTime From, DateTime Until, TimeSpan Offset);
}
