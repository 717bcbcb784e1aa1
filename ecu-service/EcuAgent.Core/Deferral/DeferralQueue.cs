using System.Diagnostics.CodeAnalysis;
using EcuAgent.Core.Gate;
using EcuAgent.Signals;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Deferral;

/// <summary>
/// Requests that wait until the car is parked, oldest first. Full rule "newest refused": what was promised to be kept is
/// kept, and the refusal has a code that can be said. Nothing is carried out from here: an item is only offered to be
/// asked again, one question at a time, once the car has been parked without a break for
/// <see cref="DeferralOptions.SteadyParkedFor"/>. Thread-safe; no thread and no timer of its own.
/// </summary>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, though not a collection.")]
public sealed class DeferralQueue
{
    private readonly TimeProvider time;
    private readonly DeferralOptions options;
    private readonly ILogger<DeferralQueue> logger;
    private readonly Lock gate = new();
    private readonly List<Entry> waiting = [];
    private readonly List<DeferredItem> expired = [];

    private readonly HashSet<string> offered = new(StringComparer.Ordinal);
    private long? parkedSince;
    private long refusedCount;
    private long joinedCount;
    private long expiredCount;

    /// <summary>Makes an empty queue.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public DeferralQueue(TimeProvider time, DeferralOptions options, ILogger<DeferralQueue> logger)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(logger);
        options.Validate();
        this.time = time;
        this.options = options;
        this.logger = logger;
    }

    /// <summary>How many wait, the one on offer included.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                Expire_NeedsLock();
                return waiting.Count;
            }
        }
    }

    /// <summary>How many were refused since the start because the queue was full.</summary>
    public long RefusedCount => Interlocked.Read(ref refusedCount);

    /// <summary>How many were joined with a waiting one since the start.</summary>
    public long JoinedCount => Interlocked.Read(ref joinedCount);

    /// <summary>How many ran out since the start.</summary>
    public long ExpiredCount => Interlocked.Read(ref expiredCount);

    /// <summary>Keeps a request, joins it with a waiting one of the same intent, or refuses it.</summary>
    public DeferralResult Add(DeferralRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        lock (gate)
        {
            Expire_NeedsLock();
            DateTimeOffset now = time.GetUtcNow();
            if (waiting.Find(candidate => SameIntent(candidate.Item.Request, request)) is { } same)
            {
                Interlocked.Increment(ref joinedCount);
                same.Since = time.GetTimestamp();
                same.Item = same.Item with
                {
                    Request = request,
                    ExpiresAt = now + options.Expiry,
                    TimesAsked = same.Item.TimesAsked + 1,
                };
                Log.DeferralJoined(logger, same.Item.Id, same.Item.TimesAsked);
                return new(DeferralKind.Joined, same.Item);
            }

            if (waiting.Count >= options.Capacity)
            {
                Interlocked.Increment(ref refusedCount);
                Log.DeferralRefused(logger, request.ToolName, options.Capacity);
                return new(DeferralKind.Refused, null);
            }

            DeferredItem item = new(Guid.CreateVersion7(now).ToString(), request, now, now + options.Expiry, TimesAsked: 1);
            waiting.Add(new Entry(item, time.GetTimestamp()));
            Log.DeferralQueued(logger, item.Id, request.ToolName, waiting.Count);
            return new(DeferralKind.Queued, item);
        }
    }

    /// <summary>
    /// Tells the queue the driving state. Anything but parked takes back what is on offer; it keeps its place.
    /// </summary>
    public void Observe(DrivingState state)
    {
        lock (gate)
        {
            if (state == DrivingState.Parked)
            {
                parkedSince ??= time.GetTimestamp();
                return;
            }

            parkedSince = null;
            offered.Clear();
        }
    }

    /// <summary>
    /// The oldest waiting item, to be asked again now, and with a commit the other commits of its utterance, in the order in
    /// which they were said; empty unless the car is steadily parked and nothing is on offer. End each with <see cref="Finish"/>.
    /// </summary>
    public IReadOnlyList<DeferredItem> NextOffer()
    {
        lock (gate)
        {
            Expire_NeedsLock();
            if (offered.Count > 0 || waiting.Count == 0
                || parkedSince is not { } since || time.GetElapsedTime(since) < options.SteadyParkedFor)
            {
                return [];
            }

            DeferredItem oldest = waiting[0].Item;
            DeferredItem[] items = [oldest, .. waiting.Skip(1).Select(entry => entry.Item).Where(item => BelongTogether(oldest.Request, item.Request))];
            foreach (DeferredItem item in items)
            {
                offered.Add(item.Id);
                Log.DeferralOffered(logger, item.Id, item.Request.ToolName);
            }

            return items;
        }
    }

    /// <summary>
    /// Takes an item out for good: it was asked again and answered, whatever the answer, or is not wanted any more.
    /// False when it is not waiting (any more).
    /// </summary>
    public bool Finish(string id)
    {
        lock (gate)
        {
            Expire_NeedsLock();
            offered.Remove(id);
            return waiting.RemoveAll(entry => entry.Item.Id == id) > 0;
        }
    }

    /// <summary>Takes out for good the newest that fits, the one on offer included: it is not wanted any more. Null when none does.</summary>
    public DeferredItem? TakeNewest(Predicate<DeferralRequest> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        lock (gate)
        {
            Expire_NeedsLock();
            int index = waiting.FindLastIndex(entry => fits(entry.Item.Request));
            if (index < 0)
            {
                return null;
            }

            DeferredItem item = waiting[index].Item;
            waiting.RemoveAt(index);
            offered.Remove(item.Id);
            return item;
        }
    }

    /// <summary>
    /// Those that ran out since the last call, oldest first, so that the occupant can be told. At most
    /// <see cref="DeferralOptions.Capacity"/> are kept unreported; of more, the oldest are only counted.
    /// </summary>
    public IReadOnlyList<DeferredItem> TakeExpired()
    {
        lock (gate)
        {
            Expire_NeedsLock();
            if (expired.Count == 0)
            {
                return [];
            }

            DeferredItem[] taken = [.. expired];
            expired.Clear();
            return taken;
        }
    }

    private static bool SameIntent(DeferralRequest one, DeferralRequest other) =>
        string.Equals(one.ToolName, other.ToolName, StringComparison.Ordinal)
        && string.Equals(one.ArgumentsJson, other.ArgumentsJson, StringComparison.Ordinal)
        && one.Zone == other.Zone;

    private static bool BelongTogether(DeferralRequest one, DeferralRequest other) =>
        one.ActionClass == ActionClass.Commit && other.ActionClass == ActionClass.Commit
        && one.Zone == other.Zone && string.Equals(one.UtteranceId, other.UtteranceId, StringComparison.Ordinal);

    private void Expire_NeedsLock()
    {
        for (int i = 0; i < waiting.Count;)
        {
            DeferredItem item = waiting[i].Item;

            // What is on offer is being talked about; it must not vanish in mid-sentence.
            if (offered.Contains(item.Id) || time.GetElapsedTime(waiting[i].Since) < options.Expiry)
            {
                i++;
                continue;
            }

            waiting.RemoveAt(i);
            if (expired.Count >= options.Capacity)
            {
                expired.RemoveAt(0);
            }

            expired.Add(item);
            Interlocked.Increment(ref expiredCount);
            Log.DeferralExpired(logger, item.Id, item.Request.ToolName);
        }
    }

    private sealed class Entry(DeferredItem item, long since)
    {
        internal DeferredItem Item { get; set; } = item;

        internal long Since { get; set; } = since;
    }
}
