using System.Globalization;
using EcuAgent.Core.Commerce;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EcuAgent.Commerce.Journal;

/// <summary>Opens the database with the settings that the journal's promises rest on.</summary>
internal static class JournalDatabase
{
    // SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, https://sqlite.org/c3ref/c_dbconfig_defensive.html.
    private const int NoCheckpointOnClose = 1006;

    /// <summary>For the one writer. The file has to be there.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    /// <exception cref="JournalException">The file system cannot keep a log that is written ahead.</exception>
    internal static SqliteConnection OpenForWriting(string file, TimeSpan busyTimeout, long maximumBytes)
    {
        var connection = Open(file, SqliteOpenMode.ReadWrite, busyTimeout);
        try
        {
            var mode = Text(connection, "PRAGMA journal_mode = WAL");
            if (mode != "wal")
            {
                throw new JournalException($"Purchase journal {file} cannot be written ahead: its file system allows journal_mode {mode} only");
            }

            Execute(connection, "PRAGMA synchronous = FULL");
            Execute(connection, "PRAGMA foreign_keys = ON");

            // What was purged is gone from the file, too.
            Execute(connection, "PRAGMA secure_delete = ON");
            var pages = maximumBytes / Number(connection, "PRAGMA page_size");
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {pages}"));
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>For tools, also while the service writes.</summary>
    /// <exception cref="SqliteException">It cannot be opened.</exception>
    internal static SqliteConnection OpenForReading(string file, TimeSpan busyTimeout) => Open(file, SqliteOpenMode.ReadOnly, busyTimeout);

    /// <summary>Whether closing leaves the log as it is instead of moving it into the database: a journal that is refused is evidence.</summary>
    internal static void KeepLogAtClose(SqliteConnection connection, bool keep) =>
        raw.sqlite3_db_config(connection.Handle!, NoCheckpointOnClose, keep ? 1 : 0, out _);

    internal static void Execute(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>What is read sees the file of one instant, whatever others write meanwhile. Not to be called within a transaction.</summary>
    internal static T InOneSnapshot<T>(SqliteConnection connection, Func<T> read)
    {
        Execute(connection, "BEGIN");
        try
        {
            return read();
        }
        finally
        {
            Execute(connection, "ROLLBACK");
        }
    }

    internal static long Number(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }

    internal static string? Text(SqliteConnection connection, string sql)
    {
        using var command = new SqliteCommand(sql, connection);
        return command.ExecuteScalar() as string;
    }

    private static SqliteConnection Open(string file, SqliteOpenMode mode, TimeSpan busyTimeout)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = file,
            Mode = mode,

            // A pooled connection would keep the file open after it was disposed, and its settings for somebody else.
            Pooling = false,

            // The library tries again after SQLite itself has waited; by then this time is over as well. Zero would mean for ever.
            DefaultTimeout = (int)busyTimeout.TotalSeconds,
        }.ToString());
        try
        {
            connection.Open();
            Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA busy_timeout = {(long)busyTimeout.TotalMilliseconds}"));

            // The file may come from elsewhere: nothing in its schema may call functions, and its pages are looked at before they are believed.
            Execute(connection, "PRAGMA trusted_schema = OFF");
            Execute(connection, "PRAGMA cell_size_check = ON");
            Execute(connection, "PRAGMA temp_store = MEMORY");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
