using EcuAgent.Core.Commerce;
using Microsoft.Data.Sqlite;

namespace EcuAgent.Commerce.Journal;

/// <summary>
/// Reads rows of purchases with their latest states, and keeps what it read: a state never changes, so one that was read and checked needs neither
/// again. Keeps the states of <see cref="Kept"/> purchases at most; one more begins anew. Not thread-safe.
/// </summary>
/// <param name="file">Named in exceptions.</param>
internal sealed class LatestState(string file)
{
    /// <summary>More than a car buys in a day, and with 2 KiB a state some 2 MiB.</summary>
    internal const int Kept = 1024;

    private const int Id = StateRow.ColumnCount;
    private const int Stage = Id + 1;
    private const int Latest = Id + 2;

    private readonly Dictionary<string, (long Number, PurchaseRecord Record)> _kept = new(StringComparer.Ordinal);

    /// <exception cref="JournalException">The purchase and its latest state do not fit, or the state is unreadable.</exception>
    internal PurchaseRecord Read(SqliteDataReader reader)
    {
        if (reader.IsDBNull(0))
        {
            throw new JournalException($"Purchase journal {file}: state {reader.GetValue(Latest)} of purchase {reader.GetValue(Id)} is missing");
        }

        if (reader.GetValue(Id) is string id && _kept.TryGetValue(id, out var kept) && kept.Number.Equals(reader.GetValue(Latest)))
        {
            RequireEqual("stage", (long)kept.Record.Stage, reader.GetValue(Stage));
            return kept.Record;
        }

        var record = StateRow.Read(reader, file);
        RequireEqual("id", record.Id, reader.GetValue(Id));
        RequireEqual("stage", (long)record.Stage, reader.GetValue(Stage));
        Keep(reader.GetInt64(Latest), record);
        return record;

        void RequireEqual(string column, object inState, object inPurchase)
        {
            if (!inState.Equals(inPurchase))
            {
                throw new JournalException($"Purchase journal {file}: purchase {reader.GetValue(Id)} and its latest state {reader.GetValue(Latest)} differ, column {column}");
            }
        }
    }

    /// <exception cref="JournalException">One of them is unreadable; none is left out.</exception>
    internal IReadOnlyList<PurchaseRecord> ReadAll(SqliteDataReader reader)
    {
        var records = new List<PurchaseRecord>();
        while (reader.Read())
        {
            records.Add(Read(reader));
        }

        return records;
    }

    private void Keep(long number, PurchaseRecord record)
    {
        if (_kept.Count == Kept && !_kept.ContainsKey(record.Id))
        {
            _kept.Clear();
        }

        _kept[record.Id] = (number, record);
    }
}
