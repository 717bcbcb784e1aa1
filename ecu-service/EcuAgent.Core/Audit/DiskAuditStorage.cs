using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EcuAgent.Core.Audit;

/// <summary>The audit's folder on disk: audit-000001.jsonl, ..., audit.head, audit.key, audit.lock.</summary>
/// <param name="directory">The folder.</param>
/// <param name="flushToDisk">Whether each append is forced to the medium.</param>
internal sealed class DiskAuditStorage(string directory, bool flushToDisk) : IAuditStorage
{
    internal const string HeadName = "audit.head";

    private const int KeyBytes = 32;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private FileStream? processLock;

    internal static string FileName(int number) => string.Create(CultureInfo.InvariantCulture, $"audit-{number:D6}.jsonl");

    /// <summary>The number in an audit file's name; null for other names.</summary>
    internal static int? NumberOf(string name) =>
        name.StartsWith("audit-", StringComparison.Ordinal) && name.EndsWith(".jsonl", StringComparison.Ordinal)
        && int.TryParse(name.AsSpan(6, name.Length - 12), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;

    public void Acquire()
    {
        Directory.CreateDirectory(directory);
        processLock ??= new FileStream(PathOf("audit.lock"), Options(FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
    }

    public IReadOnlyList<string> List() =>
        [.. Directory.EnumerateFiles(directory, "audit-*.jsonl")
            .Where(path => new FileInfo(path).Length > 0)
            .Select(path => Path.GetFileName(path))
            .Where(name => NumberOf(name) is not null)
            .OrderBy(name => NumberOf(name))];

    public Stream OpenRead(string name) => new FileStream(PathOf(name), FileMode.Open, FileAccess.Read, FileShare.ReadWrite);

    public IAuditFile OpenAppend(string name) =>
        new DiskAuditFile(new FileStream(PathOf(name), Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite)), flushToDisk);

    public string? ReadHead()
    {
        string path = PathOf(HeadName);
        return File.Exists(path) ? File.ReadAllText(path, Encoding.UTF8) : null;
    }

    public void WriteHead(string text)
    {
        // Overwritten in place: the text has one length, and so little is written by the medium as a whole.
        using FileStream stream = new(PathOf(HeadName), Options(FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite));
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    public byte[] ReadOrCreateKey()
    {
        string path = PathOf("audit.key");
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: KeyBytes } existing)
        {
            return existing;
        }

        byte[] key = RandomNumberGenerator.GetBytes(KeyBytes);
        using FileStream stream = new(path, Options(FileMode.Create, FileAccess.Write, FileShare.None));
        stream.Write(key);
        stream.Flush(flushToDisk: true);
        return key;
    }

    public void Dispose()
    {
        processLock?.Dispose();
        processLock = null;
    }

    private static FileStreamOptions Options(FileMode mode, FileAccess access, FileShare share)
    {
        FileStreamOptions options = new() { Mode = mode, Access = access, Share = share, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        return options;
    }

    private string PathOf(string name) => Path.Combine(directory, name);

    private sealed class DiskAuditFile : IAuditFile
    {
        private readonly FileStream stream;
        private readonly bool flushToDisk;

        internal DiskAuditFile(FileStream stream, bool flushToDisk)
        {
            this.stream = stream;
            this.flushToDisk = flushToDisk;
            stream.Seek(0, SeekOrigin.End);
        }

        public long Length => stream.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk);
        }

        public void Truncate(long length)
        {
            stream.SetLength(length);
            stream.Seek(0, SeekOrigin.End);
        }

        public void Dispose() => stream.Dispose();
    }
}
