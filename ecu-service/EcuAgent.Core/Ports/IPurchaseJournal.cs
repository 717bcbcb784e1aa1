using EcuAgent.Core.Commerce;

namespace EcuAgent.Core.Ports;

/// <summary>
/// Durable memory of purchases, written before anything leaves the car. Every method ends only when the storage has it (for a write: synced
/// to the disk). Thread-safe.
/// </summary>
public interface IPurchaseJournal
{
    /// <summary>Writes the present state of one purchase. Several of the same id make its history.</summary>
    /// <exception cref="JournalException">It could not be made durable; nothing may be sent.</exception>
    Task WriteAsync(PurchaseRecord record, CancellationToken cancellationToken);

    /// <summary>The latest state of one purchase; null when there is none.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    Task<PurchaseRecord?> FindAsync(string purchaseId, CancellationToken cancellationToken);

    /// <summary>Latest states of all purchases that are not over (<see cref="PurchaseStages.IsOver"/>), oldest first.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    Task<IReadOnlyList<PurchaseRecord>> UnfinishedAsync(CancellationToken cancellationToken);

    /// <summary>Latest states of the purchases begun at or after <paramref name="since"/>, newest first.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    Task<IReadOnlyList<PurchaseRecord>> SinceAsync(DateTimeOffset since, CancellationToken cancellationToken);

    /// <summary>Whether anything was ever placed at this merchant.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    Task<bool> HasBoughtAsync(string merchantId, CancellationToken cancellationToken);

    /// <summary>Notes that a trip began.</summary>
    /// <exception cref="JournalException">It could not be made durable.</exception>
    Task StartTripAsync(DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>When the present trip began; null when that was never noted.</summary>
    /// <exception cref="JournalException">It could not be read.</exception>
    Task<DateTimeOffset?> TripStartAsync(CancellationToken cancellationToken);
}
