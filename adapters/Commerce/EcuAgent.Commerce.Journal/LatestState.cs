using EcuAgent.Core.Commerce;
using Microsoft.Data.Sqlite;

namespace EcuAgent.Commerce.Journal;

/// <summary>Reads rows of purchases with their latest states.</summary>
internal static class LatestState
{
    private const int Id = StateRow.ColumnCount;
    private const int Stage = Id + 1;
    private const int Latest = Id + 2;

    /// <exception cref="JournalException">The purchase and its latest state do not fit, or the state is unreadable.</exception>
    internal static PurchaseRecord Read(SqliteDataReader reader, string file)
    {
        if (reader.IsDBNull(0))
        {
            throw new JournalException($"Purchase journal {file}: state {reader.GetValue(Latest)} of purchase {reader.GetValue(Id)} is missing");
        }

        var record = StateRow.Read(reader, file);
        RequireEqual("id", record.Id, reader.GetValue(Id));
        RequireEqual("stage", (long)record.Stage, reader.GetValue(Stage));
        return record;

        void RequireEqual(string column, object inState, object inPurchase)
        {
            if (!inState.Equals(inPurchase))
            {
                throw new JournalException($"Purchase journal {file}: purchase {record.Id} and its latest state {reader.GetValue(Latest)} differ, column {column}");
            }
        }
    }

    /// <exception cref="JournalException">One of them is unreadable; none is left out.</exception>
    internal static IReadOnlyList<PurchaseRecord> ReadAll(SqliteDataReader reader, string file)
    {
        var records = new List<PurchaseRecord>();
        while (reader.Read())
        {
            records.Add(Read(reader, file));
        }

        return records;
    }
}
