using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Journal;

/// <summary>The folder of the journal's files.</summary>
public static class JournalFolder
{
    private const string DatabaseName = "purchases.db";
    private const string HeadName = "purchases.head";
    private const string LockName = "purchases.lock";

    // A database has at least one page. SQLite takes a file with less for an empty one and writes over it.
    private const int SmallestPageBytes = 512;

    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <summary>Where it is unless a setting names another one: the user's state folder (XDG_STATE_HOME, ~/.local/state), "ecuagent/commerce".</summary>
    public static string Default => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
            ? state
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "ecuagent",
        "commerce");

    /// <summary>The database in a folder.</summary>
    public static string DatabaseIn(string folder) => Path.Combine(folder, DatabaseName);

    /// <summary>The note of the newest state in a folder (see <see cref="JournalHead"/>).</summary>
    internal static string HeadIn(string folder) => Path.Combine(folder, HeadName);

    /// <summary>The lock file in a folder (see <see cref="JournalLock"/>).</summary>
    internal static string LockIn(string folder) => Path.Combine(folder, LockName);

    /// <summary>Makes folder and database where they are missing, both their owner's alone.</summary>
    /// <returns>True where a database was there that others could read, which is mended.</returns>
    /// <exception cref="JournalException">They cannot be made, or others may write to the folder.</exception>
    internal static bool Prepare(string folder)
    {
        var database = DatabaseIn(folder);
        try
        {
            CreateOwned(folder);
            RequireWhole(folder);
            OpenOwned(database).Dispose();
            return Narrow(database);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"Purchase journal {database} cannot be made or opened for writing: {error.Message}", error);
        }
    }

    /// <summary>Opens a file for reading and writing; a new one is its owner's alone.</summary>
    internal static FileStream OpenOwned(string path, FileShare share = FileShare.ReadWrite | FileShare.Delete)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.ReadWrite,
            Share = share,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>
    /// Refuses a folder whose parts do not belong together: SQLite takes an empty database for a new one and discards the log beside it.
    /// </summary>
    /// <exception cref="JournalException">The database is missing or empty, and something else says that it was written.</exception>
    internal static void RequireWhole(string folder)
    {
        var database = DatabaseIn(folder);
        var length = Length(database);
        if (length >= SmallestPageBytes)
        {
            return;
        }

        if (length > 0)
        {
            throw new JournalException(FormattableString.Invariant($"Purchase journal {database} is not a database: it has {length} bytes only"));
        }

        if (JournalHead.Read(HeadIn(folder)) is { } states and > 0)
        {
            throw new JournalException($"Purchase journal {database} is missing or empty, but {HeadIn(folder)} names {states} states that were acknowledged");
        }

        if (Length(database + "-wal") > 0)
        {
            throw new JournalException($"Purchase journal {database} is missing or empty, but its log {database}-wal is not");
        }
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;

    private static void CreateOwned(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        // Leaves the mode of a folder that is there as it is: whoever made it may have meant it.
        Directory.CreateDirectory(folder, OwnerFolder);
        if ((File.GetUnixFileMode(folder) & OthersWrite) != 0)
        {
            throw new JournalException($"Purchase journal folder {folder} can be written by others (mode {Octal(folder)}); allowed: its owner alone (0700)");
        }
    }

    private static bool Narrow(string database)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(database) & ~OwnerFile) == 0)
        {
            return false;
        }

        File.SetUnixFileMode(database, OwnerFile);
        return true;
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static string Octal(string path) => Convert.ToString((int)File.GetUnixFileMode(path), 8);
}
