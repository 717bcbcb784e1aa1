namespace EcuAgent.QwenCloud.Privacy;

/// <summary>The folder in which the helper keeps consent, record and state.</summary>
public static class PrivacyFolder
{
    internal const string ConsentName = "consent.json";
    internal const string StatusName = "status.json";
    internal const string RecordName = "sent.jsonl";
    internal const string OlderRecordName = "sent.1.jsonl";

    private const UnixFileMode OwnerFolder = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Where it is unless a setting names another one: the user's state folder (XDG_STATE_HOME, ~/.local/state), "ecuagent/cloud".</summary>
    public static string Default => Path.Combine(
        Environment.GetEnvironmentVariable("XDG_STATE_HOME") is { Length: > 0 } state
            ? state
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "state"),
        "ecuagent",
        "cloud");

    /// <summary>Makes the folder where it is missing, readable by its owner only.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be made.</exception>
    public static void Create(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerFolder);
        }
    }

    /// <summary>Opens a file for writing, readable by its owner only.</summary>
    internal static FileStream OpenOwned(string path, FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.ReadWrite | FileShare.Delete };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerFile;
        }

        return new FileStream(path, options);
    }

    /// <summary>Puts a small file in place as a whole: a reader sees the old one or the new one.</summary>
    /// <param name="folder">Made where it is missing.</param>
    /// <param name="name">Name of the file in it.</param>
    /// <param name="content">All of it.</param>
    /// <param name="durable">True waits until the disk has it.</param>
    internal static void Replace(string folder, string name, ReadOnlySpan<byte> content, bool durable)
    {
        Create(folder);
        var path = Path.Combine(folder, name);
        var next = path + ".new";
        File.Delete(next);
        using (var stream = OpenOwned(next, FileMode.CreateNew))
        {
            stream.Write(content);
            stream.Flush(flushToDisk: durable);
        }

        File.Move(next, path, overwrite: true);
    }

    /// <summary>Whether somebody else than the owner could have put this file there or changed it.</summary>
    internal static bool OthersMayWrite(string path) =>
        !OperatingSystem.IsWindows()
        && ((File.GetUnixFileMode(path) | File.GetUnixFileMode(Path.GetDirectoryName(Path.GetFullPath(path))!)) & OthersWrite) != 0;

    /// <summary>Reads a small file; null when it is missing or longer than <paramref name="mostBytes"/>.</summary>
    internal static byte[]? ReadSmall(string path, int mostBytes)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (stream.Length > mostBytes)
            {
                return null;
            }

            var content = new byte[stream.Length];
            stream.ReadExactly(content);
            return content;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
