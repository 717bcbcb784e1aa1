using System.Globalization;
using EcuAgent.Core.Commerce;
using Microsoft.Data.Sqlite;

namespace EcuAgent.Commerce.Journal;

/// <summary>
/// Tables of the database and the way from one version to the next. The version is SQLite's <c>user_version</c>; <c>application_id</c> tells a
/// journal from other databases. A version that was published is never edited: a change is one more script at the end.
/// </summary>
internal static class JournalSchema
{
    /// <summary>"EcuJ" in ASCII.</summary>
    internal const int ApplicationId = 0x4563754A;

    // Times are 100 ns since 0001-01-01 UTC; with their offsets they stand in "details".
    private const string First = """
        CREATE TABLE purchase (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          merchant_id TEXT NOT NULL,
          begun_at INTEGER NOT NULL,
          stage INTEGER NOT NULL,
          changed_at INTEGER NOT NULL,
          latest INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX purchase_by_begin ON purchase (begun_at, number);
        CREATE INDEX purchase_by_stage ON purchase (stage, changed_at);

        CREATE TABLE state (
          number INTEGER PRIMARY KEY,
          purchase_id TEXT NOT NULL REFERENCES purchase (id) DEFERRABLE INITIALLY DEFERRED,
          stage INTEGER NOT NULL,
          reason TEXT NOT NULL,
          begun_at INTEGER NOT NULL,
          written_at INTEGER NOT NULL,
          merchant_id TEXT NOT NULL,
          ordered TEXT NOT NULL,
          details TEXT NOT NULL,
          digest BLOB NOT NULL
        ) STRICT;
        CREATE INDEX state_by_purchase ON state (purchase_id, number);
        CREATE TRIGGER state_is_never_changed BEFORE UPDATE ON state
          BEGIN SELECT RAISE(ABORT, 'states are never changed'); END;
        CREATE TRIGGER state_goes_with_its_purchase BEFORE DELETE ON state
          WHEN EXISTS (SELECT 1 FROM purchase WHERE id = OLD.purchase_id)
          BEGIN SELECT RAISE(ABORT, 'states are deleted with their purchase only'); END;

        CREATE TABLE merchant (
          id TEXT NOT NULL PRIMARY KEY,
          first_placed INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE trip (
          number INTEGER PRIMARY KEY,
          began_at INTEGER NOT NULL,
          began TEXT NOT NULL
        ) STRICT;
        """;

    /// <summary>The scripts from the empty file on; the version of a file is how many of them it has had.</summary>
    internal static IReadOnlyList<string> Scripts { get; } = [First];

    /// <summary>The version that this program writes and reads.</summary>
    internal static int Version => Scripts.Count;

    /// <summary>Refuses a database that is not a journal of exactly this version.</summary>
    /// <exception cref="JournalException">It is another one's, or of another version.</exception>
    internal static void RequireCurrent(SqliteConnection connection, string file)
    {
        var version = JournalDatabase.InOneSnapshot(connection, () => FileVersion(connection, file, Version));
        if (version < Version)
        {
            throw new JournalException($"Purchase journal {file} has version {version}, older than this program's {Version}; the service brings it up to date when it opens it");
        }
    }

    /// <summary>Brings the database up to the newest version, in one transaction.</summary>
    /// <returns>The version that it had.</returns>
    /// <exception cref="JournalException">It is another one's, or newer than this program.</exception>
    /// <exception cref="SqliteException">It cannot be read or written; then it is as it was.</exception>
    internal static int Migrate(SqliteConnection connection, string file, IReadOnlyList<string> scripts)
    {
        var version = JournalDatabase.InOneSnapshot(connection, () => FileVersion(connection, file, scripts.Count));
        if (version == scripts.Count)
        {
            return version;
        }

        using var transaction = new JournalTransaction(connection);
        return transaction.Run(() =>
        {
            // Another process may have been faster.
            var present = FileVersion(connection, file, scripts.Count);
            foreach (var script in scripts.Skip(present))
            {
                JournalDatabase.Execute(connection, script);
            }

            JournalDatabase.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {scripts.Count};"));
            return present;
        });
    }

    // To be read in one transaction: another process may be making the tables.
    private static int FileVersion(SqliteConnection connection, string file, int newest)
    {
        var application = JournalDatabase.Number(connection, "PRAGMA application_id");
        var version = JournalDatabase.Number(connection, "PRAGMA user_version");
        var isNew = version == 0 && application == 0 && JournalDatabase.Number(connection, "SELECT COUNT(*) FROM sqlite_schema") == 0;
        if (!isNew && application != ApplicationId)
        {
            throw new JournalException($"{file} is a database, but not a purchase journal (application_id {application})");
        }

        return version <= newest
            ? (int)version
            : throw new JournalException($"Purchase journal {file} has version {version}, newer than this program, which knows up to {newest}; it is left as it is");
    }
}
