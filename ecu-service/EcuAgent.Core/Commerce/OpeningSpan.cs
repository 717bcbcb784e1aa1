namespace EcuAgent.Core.Commerce;

/// <summary>One span of opening hours.</summary>
/// <param name="Day">The day on which it begins.</param>
/// <param name="From">Begins, included.</param>
/// <param name="Until">Ends, not included; not after <paramref name="From"/> means on the next day, equal means 24 hours.</param>
public readonly record struct OpeningSpan(DayOfWeek Day, TimeOnly From, TimeOnly Until)
{
    private const int DaysOfWeek = 7;

    internal bool Contains(DayOfWeek day, TimeOnly time)
    {
        var isOvernight = Until <= From;
        return (day == Day && time >= From && (isOvernight || time < Until))
            || (isOvernight && (int)day == ((int)Day + 1) % DaysOfWeek && time < Until);
    }
}
