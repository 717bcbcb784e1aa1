using System.Globalization;
using EcuAgent.Core.Commerce;
using Microsoft.Data.Sqlite;

namespace EcuAgent.Commerce.Journal;

/// <summary>Looks whether the database is whole and agrees with itself.</summary>
internal static class JournalChecks
{
    private const int MostFaults = 100;

    // A purchase is filed by what its latest state says, and that is its newest.
    private const string MisfiledPurchases =
        """
        SELECT p.id FROM purchase p LEFT JOIN state s ON s.number = p.latest
        WHERE s.number IS NULL OR s.purchase_id <> p.id OR s.stage <> p.stage OR s.merchant_id <> p.merchant_id
          OR s.begun_at <> p.begun_at OR s.written_at <> p.changed_at
          OR p.latest <> (SELECT MAX(number) FROM state WHERE purchase_id = p.id)
        """;

    private static readonly string ForgottenMerchants = string.Create(
        CultureInfo.InvariantCulture,
        $"SELECT s.number FROM state s WHERE s.stage = {(int)PurchaseStage.Placed} AND NOT EXISTS (SELECT 1 FROM merchant m WHERE m.id = s.merchant_id)");

    /// <summary>Refuses a database without tables that had states: it would be taken for a new one.</summary>
    /// <exception cref="JournalException">All that was acknowledged is missing.</exception>
    internal static void RequireNotEmptied(SqliteConnection connection, string file, long? head)
    {
        if (head > 0 && JournalDatabase.Number(connection, "SELECT COUNT(*) FROM sqlite_schema") == 0)
        {
            throw new JournalException($"Purchase journal {file} is damaged: it is empty, but {head} states were acknowledged");
        }
    }

    /// <summary>
    /// The check at the start: structure, and that everything is filed where it is looked for. SQLite's quick_check would pass over indexes, and a
    /// purchase that an index has lost is a purchase that nobody reconciles. The whole check takes about 0.2 s for 8,400 purchases (61 MB).
    /// </summary>
    /// <param name="connection">An open connection without a transaction.</param>
    /// <param name="file">Named in the exception.</param>
    /// <param name="head">Number of the newest state that was acknowledged, read before this call; null when not known.</param>
    /// <exception cref="JournalException">Something is wrong; the message has the first fault.</exception>
    internal static void RequireSound(SqliteConnection connection, string file, long? head)
    {
        var faults = JournalDatabase.InOneSnapshot<IReadOnlyList<string>>(connection, () => [.. Structure(connection, mostProblems: 1, head).Take(1)]);
        if (faults is [var fault])
        {
            throw new JournalException($"Purchase journal {file} is damaged: {fault}");
        }
    }

    /// <summary>The thorough check: every state is read as well. Empty when all is well; at most 100 faults.</summary>
    internal static IReadOnlyList<string> Faults(SqliteConnection connection, string file, long? head) =>
        JournalDatabase.InOneSnapshot<IReadOnlyList<string>>(
            connection,
            () => [.. Structure(connection, MostFaults, head)
                .Concat(UnreadableStates(connection, file))
                .Take(MostFaults)]);

    private static IEnumerable<string> Structure(SqliteConnection connection, int mostProblems, long? head)
    {
        var last = JournalDatabase.Number(connection, $"SELECT COALESCE(({JournalSql.LastNumber}), 0)");
        if (head > last)
        {
            yield return FormattableString.Invariant($"the newest {head - last} states that were acknowledged are missing; it ends with state {last}, state {head} was written");
        }

        foreach (var problem in Column(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA integrity_check({mostProblems})")).Where(problem => problem is not "ok"))
        {
            yield return $"{problem}";
        }

        foreach (var table in Column(connection, "PRAGMA foreign_key_check"))
        {
            yield return $"a row of {table} has lost its purchase";
        }

        foreach (var id in Column(connection, MisfiledPurchases))
        {
            yield return $"purchase {id} does not agree with its latest state";
        }

        foreach (var number in Column(connection, ForgottenMerchants))
        {
            yield return $"the merchant of the placed state {number} is not among those bought from";
        }
    }

    private static IEnumerable<string> UnreadableStates(SqliteConnection connection, string file)
    {
        using var command = new SqliteCommand($"SELECT {StateRow.Columns} FROM state s ORDER BY s.number", connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            if (Fault(reader) is { } fault)
            {
                yield return fault;
            }
        }

        string? Fault(SqliteDataReader row)
        {
            try
            {
                StateRow.Read(row, file);
                return null;
            }
            catch (JournalException error)
            {
                return error.Message;
            }
        }
    }

    private static IEnumerable<object> Column(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetValue(0);
        }
    }
}
