using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EcuAgent.Commerce.Journal;

/// <summary>
/// Writing transactions of one connection, one after the other. In place of <see cref="SqliteTransaction"/>, which fails over the rollback
/// where a full disk has ended the transaction already, and so hides the cause.
/// </summary>
internal sealed class JournalTransaction(SqliteConnection connection) : IDisposable
{
    private readonly Statement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly Statement _commit = new(connection, "COMMIT");
    private readonly Statement _rollback = new(connection, "ROLLBACK");

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }

    /// <summary>All of <paramref name="work"/> or, where it throws, nothing of it. Durable when this returns.</summary>
    /// <exception cref="SqliteException">It could not be written; nothing of it was.</exception>
    internal T Run<T>(Func<T> work)
    {
        _begin.Execute();
        try
        {
            var result = work();
            _commit.Execute();
            return result;
        }
        catch
        {
            if (raw.sqlite3_get_autocommit(connection.Handle!) == 0)
            {
                _rollback.Execute();
            }

            throw;
        }
    }
}
