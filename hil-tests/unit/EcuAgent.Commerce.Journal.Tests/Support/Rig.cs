using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Commerce.Journal.Tests.Support;

/// <summary>A folder with a journal in it, gone at the end.</summary>
internal sealed class Rig : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("ecuagent-journal-");

    internal Rig() => Options = new PurchaseJournalOptions { Directory = Path.Combine(_root.FullName, "commerce"), BusyTimeout = TimeSpan.FromSeconds(1) };

    internal PurchaseJournalOptions Options { get; set; }

    internal FakeTimeProvider Time { get; } = new(Purchase.Noon);

    internal string Folder => Options.Directory!;

    internal string Database => JournalFolder.DatabaseIn(Folder);

    internal string Log => Database + "-wal";

    internal string Head => Path.Combine(Folder, "purchases.head");

    public void Dispose() => _root.Delete(recursive: true);

    internal PurchaseJournal Open() => PurchaseJournal.Open(Options, Time, NullLogger<PurchaseJournal>.Instance);

    /// <summary>The files as they are now, the index of the log excepted: what a power loss would leave.</summary>
    internal Rig Copy()
    {
        var copy = new Rig();
        copy.Options = Options with { Directory = copy.Folder };
        Directory.CreateDirectory(copy.Folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var file in Directory.GetFiles(Folder).Where(file => !file.EndsWith("-shm", StringComparison.Ordinal)))
        {
            File.Copy(file, Path.Combine(copy.Folder, Path.GetFileName(file)));
        }

        return copy;
    }

    /// <summary>Runs SQL past the journal.</summary>
    internal void Tamper(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Database};Pooling=False;Foreign Keys=False");
        connection.Open();
        using var command = new SqliteCommand(sql, connection);
        command.ExecuteNonQuery();
    }

    /// <summary>Changes rows of states past the journal and the rule that they are never changed.</summary>
    internal void TamperStates(string sql) => Tamper(
        $"""
        PRAGMA ignore_check_constraints = ON;
        DROP TRIGGER state_is_never_changed;
        {sql};
        CREATE TRIGGER state_is_never_changed BEFORE UPDATE ON state
          BEGIN SELECT RAISE(ABORT, 'states are never changed'); END;
        """);
}
