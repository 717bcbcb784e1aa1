namespace EcuAgent.Core.Catalogue;

/// <summary>Which day was said.</summary>
/// <param name="Day">The day, in the calendar of the person; null when none was said, or not one.</param>
/// <param name="Nights">Nights up to the last day of "from Friday to Sunday"; null when no such span was said.</param>
/// <param name="IsUnclear">True when a day is meant and it cannot be told which: "next week", "next Friday", two days.</param>
internal readonly record struct SpokenDay(DateOnly? Day, int? Nights, bool IsUnclear)
{
    /// <summary>Nothing was said.</summary>
    public static SpokenDay None => default;

    /// <summary>Something was said that is no one day.</summary>
    public static SpokenDay Unclear => new(null, null, true);
}
