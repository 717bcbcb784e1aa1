using EcuAgent.Core.Ports;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Commerce;

/// <summary>The journal as the engine uses it: faults become values, and every state is logged.</summary>
internal sealed class PurchaseStore(IPurchaseJournal journal, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Day = TimeSpan.FromHours(24);

    /// <summary>Writes a state; null when the journal did not take it.</summary>
    public async Task<PurchaseRecord?> WriteAsync(PurchaseRecord record, PurchaseStage stage, string reason)
    {
        var next = record with { Stage = stage, Reason = reason, WrittenAt = time.GetUtcNow() };
        try
        {
            // Not cancelable: half the requests that follow depend on it, and it takes milliseconds.
            await journal.WriteAsync(next, CancellationToken.None).ConfigureAwait(false);
        }
        catch (JournalException exception)
        {
            Log.NotRecorded(logger, exception, record.Id, stage);
            return null;
        }

        Log.Stage(logger, next.Id, stage, reason);
        return next;
    }

    /// <summary>What was spent, but for one purchase; null when the journal cannot be read.</summary>
    public Task<Spending?> SpendingAsync(string exceptId, CancellationToken cancellationToken) => ReadAsync(async () =>
    {
        var dayStart = time.GetUtcNow() - Day;
        var tripStart = await journal.TripStartAsync(cancellationToken).ConfigureAwait(false);
        var since = tripStart < dayStart ? tripStart.Value : dayStart;
        return (Spending?)Spending.Of(await journal.SinceAsync(since, cancellationToken).ConfigureAwait(false), tripStart, dayStart, exceptId);
    });

    /// <summary>The newest purchase since then that fits; null when there is none, or the journal cannot be read.</summary>
    public Task<PurchaseRecord?> NewestAsync(DateTimeOffset since, Predicate<PurchaseRecord> fits, CancellationToken cancellationToken) =>
        ReadAsync(async () => (await journal.SinceAsync(since, cancellationToken).ConfigureAwait(false)).FirstOrDefault(record => fits(record)));

    /// <summary>The latest state of one purchase; null when there is none, or the journal cannot be read.</summary>
    public Task<PurchaseRecord?> FindAsync(string purchaseId, CancellationToken cancellationToken) =>
        ReadAsync(() => journal.FindAsync(purchaseId, cancellationToken));

    /// <summary>All purchases that are not over; empty when the journal cannot be read.</summary>
    public async Task<IReadOnlyList<PurchaseRecord>> UnfinishedAsync(CancellationToken cancellationToken) =>
        await ReadAsync(async () => (IReadOnlyList<PurchaseRecord>?)await journal.UnfinishedAsync(cancellationToken).ConfigureAwait(false)).ConfigureAwait(false) ?? [];

    /// <summary>Purchases begun since then that were decided and not told, oldest first; empty when the journal cannot be read.</summary>
    public async Task<IReadOnlyList<PurchaseRecord>> UntoldAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        await ReadAsync(async () => (IReadOnlyList<PurchaseRecord>?)[.. (await journal.SinceAsync(since, cancellationToken).ConfigureAwait(false))
            .Where(record => record.WaitsToBeTold).Reverse()]).ConfigureAwait(false) ?? [];

    /// <summary>Whether anything was bought there before; null when the journal cannot be read.</summary>
    public Task<bool?> HasBoughtAsync(string merchantId, CancellationToken cancellationToken) =>
        ReadAsync(async () => (bool?)await journal.HasBoughtAsync(merchantId, cancellationToken).ConfigureAwait(false));

    /// <summary>Notes the begin of a trip; a journal that does not take it leaves the older, longer trip in force.</summary>
    public Task StartTripAsync(CancellationToken cancellationToken) => ReadAsync(async () =>
    {
        await journal.StartTripAsync(time.GetUtcNow(), cancellationToken).ConfigureAwait(false);
        return true;
    });

    private async Task<T?> ReadAsync<T>(Func<Task<T?>> read)
    {
        try
        {
            return await read().ConfigureAwait(false);
        }
        catch (JournalException exception)
        {
            Log.JournalFailed(logger, exception);
            return default;
        }
    }
}
