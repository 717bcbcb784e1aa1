namespace EcuAgent.Commerce.Mapping;

/// <summary>How well the times of a way of delivery fit a person who is there at a time. Lower is better.</summary>
/// <param name="Class">0 fits, 1 says nothing, 2 is late, 3 has the person miss it.</param>
/// <param name="Off">How far off, among those of a class.</param>
internal readonly record struct TimeFit(int Class, TimeSpan Off) : IComparable<TimeFit>
{
    private static readonly TimeFit SaysNothing = new(1, TimeSpan.Zero);

    /// <summary>Of something that is fetched: ready, and until when it waits.</summary>
    internal static TimeFit OfPickup(DateTimeOffset? readyBy, DateTimeOffset? waitsUntil, DateTimeOffset there) =>
        readyBy is not { } ready ? SaysNothing
        : waitsUntil < there ? new(3, there - waitsUntil.Value)
        : ready <= there ? new(0, there - ready)
        : new(2, ready - there);

    /// <summary>Of something that is brought within a window.</summary>
    internal static TimeFit OfWindow(DateTimeOffset? from, DateTimeOffset? until, DateTimeOffset there) =>
        from is not { } start || until is not { } end ? SaysNothing
        : end < there ? new(3, there - end)
        : start <= there ? new(0, end - there)
        : new(2, start - there);

    public int CompareTo(TimeFit other) => Class != other.Class ? Class.CompareTo(other.Class) : Off.CompareTo(other.Off);
}
