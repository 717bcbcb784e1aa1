using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Tests.Commerce;

/// <summary>A journal in memory with the rules of the real one, which outlives the engines that use it; can be made to fail.</summary>
internal sealed class MemoryJournal : IPurchaseJournal
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PurchaseRecord> _latest = [];
    private DateTimeOffset? _trip;

    internal List<PurchaseRecord> History { get; } = [];

    /// <summary>Asked before every write; an exception is thrown instead of writing.</summary>
    internal Func<PurchaseRecord, Exception?> OnWrite { get; set; } = _ => null;

    /// <summary>A stage that is taken and forgotten, for the check of the check.</summary>
    internal PurchaseStage? Forgets { get; set; }

    internal bool IsUnreadable { get; set; }

    internal IReadOnlyList<PurchaseRecord> All
    {
        get
        {
            lock (_gate)
            {
                return [.. _latest.Values];
            }
        }
    }

    public Task WriteAsync(PurchaseRecord record, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (OnWrite(record) is { } fault)
            {
                return Task.FromException(fault);
            }

            if (record.Stage == Forgets)
            {
                return Task.CompletedTask;
            }

            var before = _latest.GetValueOrDefault(record.Id);
            if (Forgets is null && before is not null && !PurchaseStages.CanFollow(before.Stage, record.Stage))
            {
                return Task.FromException(new InvalidOperationException($"{record.Id}: {record.Stage} after {before.Stage}"));
            }

            if (Forgets is null && before is not null && (before.Stage, record.Stage) != (PurchaseStage.Quoted, PurchaseStage.Quoted)
                && !before.Order.Lines.SequenceEqual(record.Order.Lines))
            {
                return Task.FromException(new InvalidOperationException($"{record.Id}: another order at {record.Stage}"));
            }

            _latest[record.Id] = record;
            History.Add(record);
            return Task.CompletedTask;
        }
    }

    public Task<PurchaseRecord?> FindAsync(string purchaseId, CancellationToken cancellationToken) =>
        Read(() => _latest.GetValueOrDefault(purchaseId));

    public Task<IReadOnlyList<PurchaseRecord>> UnfinishedAsync(CancellationToken cancellationToken) =>
        Read<IReadOnlyList<PurchaseRecord>>(() => [.. _latest.Values.Where(r => !PurchaseStages.IsOver(r.Stage)).OrderBy(r => r.BegunAt)]);

    public Task<IReadOnlyList<PurchaseRecord>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken) =>
        Read<IReadOnlyList<PurchaseRecord>>(() => [.. _latest.Values.Where(r => r.BegunAt >= since).OrderByDescending(r => r.BegunAt)]);

    public Task<bool> HasBoughtAsync(string merchantId, CancellationToken cancellationToken) =>
        Read(() => History.Exists(r => r.MerchantId == merchantId && r.Stage == PurchaseStage.Placed));

    public Task StartTripAsync(DateTimeOffset at, CancellationToken cancellationToken) => Read(() => _trip = at);

    public Task<DateTimeOffset?> TripStartAsync(CancellationToken cancellationToken) => Read(() => _trip);

    private Task<T> Read<T>(Func<T> read)
    {
        lock (_gate)
        {
            return IsUnreadable ? Task.FromException<T>(new JournalException("journal.db: unreadable")) : Task.FromResult(read());
        }
    }
}
