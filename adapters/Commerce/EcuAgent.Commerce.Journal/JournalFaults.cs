using EcuAgent.Core.Commerce;
using Microsoft.Data.Sqlite;

namespace EcuAgent.Commerce.Journal;

/// <summary>Says what an error of SQLite means for the journal.</summary>
internal static class JournalFaults
{
    // Primary result codes, https://sqlite.org/rescode.html.
    private const int Permission = 3;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int Authorization = 23;
    private const int NotADatabase = 26;

    internal static JournalException From(string file, SqliteException error) =>
        new(FormattableString.Invariant($"Purchase journal {file} {Cause(error.SqliteErrorCode)} (SQLite {error.SqliteExtendedErrorCode}: {error.Message})"), error);

    private static string Cause(int code) => code switch
    {
        Busy or Locked => "is locked by another process",
        Full => "is full: the disk has no room, or the size allowed to it is reached",
        ReadOnly => "is read-only",
        Corrupt => "is damaged",
        NotADatabase => "is not a database",
        CannotOpen => "cannot be opened",
        Permission or Authorization => "may not be opened",
        InputOutput => "cannot be read or written",
        _ => "failed",
    };
}
