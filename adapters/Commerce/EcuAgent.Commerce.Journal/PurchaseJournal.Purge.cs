using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Journal;

/// <content>The purge.</content>
public sealed partial class PurchaseJournal
{
    private const int PurchasesAPurge = 100;

    /// <summary>
    /// Removes the purchases that have been over for longer than <see cref="PurchaseJournalOptions.Retention"/>, with all their states, and the
    /// starts of trips before that; never the newest state and the present trip. Nothing else removes anything.
    /// </summary>
    /// <returns>What was removed. A hundred purchases at a time are durable; a cancelled purge keeps to what it has done.</returns>
    /// <exception cref="JournalException">It could not be made durable.</exception>
    public async Task<JournalPurge> PurgeAsync(CancellationToken cancellationToken)
    {
        var before = (_time.GetUtcNow() - _options.Retention).UtcTicks;
        var (purchases, states, trips) = (0, 0, 0);
        try
        {
            int removed;
            do
            {
                (removed, var theirs) = await RunAsync(() => _transaction.Run(() => RemoveExpired(before)), cancellationToken).ConfigureAwait(false);
                purchases += removed;
                states += theirs;
            }
            while (removed == PurchasesAPurge);

            trips = await RunAsync(() => _transaction.Run(() => RemoveTrips(before)), cancellationToken).ConfigureAwait(false);
            return new JournalPurge(purchases, states, trips);
        }
        finally
        {
            Log.Purged(_logger, _file, purchases, _options.Retention, states, trips);
        }
    }

    private (int Purchases, int States) RemoveExpired(long before)
    {
        using var expired = new Statement(_connection, JournalSql.Expired, "$before", "$most");
        using var removePurchase = new Statement(_connection, JournalSql.RemovePurchase, "$id");
        using var removeStates = new Statement(_connection, JournalSql.RemoveStates, "$id");
        var ids = new List<string>();
        using (var reader = expired.Read(before, (long)PurchasesAPurge))
        {
            while (reader.Read())
            {
                ids.Add(reader.GetString(0));
            }
        }

        var states = 0;
        foreach (var id in ids)
        {
            removePurchase.Execute(id);
            states += removeStates.Change(id);
        }

        return (ids.Count, states);
    }

    private int RemoveTrips(long before)
    {
        using var remove = new Statement(_connection, JournalSql.RemoveTrips, "$before");
        return remove.Change(before);
    }
}
