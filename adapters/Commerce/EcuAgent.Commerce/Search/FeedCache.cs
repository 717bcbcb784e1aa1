namespace EcuAgent.Commerce.Search;

/// <summary>Product feeds that were read, with their entity tags. When it is full the least recently used feed is dropped.</summary>
/// <param name="most">How many are kept.</param>
/// <param name="freshFor">How long one is used without asking.</param>
/// <param name="time">The clock.</param>
internal sealed class FeedCache(int most, TimeSpan freshFor, TimeProvider time)
{
    private readonly BoundedMap<string, Entry> _entries = new(most);

    /// <summary>The feed that is here, its tag, and whether it may be used without asking.</summary>
    internal (Feed? Feed, string? Tag, bool IsFresh) Get(string merchantId) =>
        _entries.TryGet(merchantId, out var entry) ? (entry.Feed, entry.Tag, time.GetElapsedTime(entry.CheckedAt) < freshFor) : (null, null, false);

    internal void Keep(string merchantId, Feed feed, string? tag) => _entries.Set(merchantId, new Entry(feed, tag, time.GetTimestamp()));

    private sealed record Entry(Feed Feed, string? Tag, long CheckedAt);
}
