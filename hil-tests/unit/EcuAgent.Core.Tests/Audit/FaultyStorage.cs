using EcuAgent.Core.Audit;

namespace EcuAgent.Core.Tests.Audit;

/// <summary>A real folder whose disk can be made to fail.</summary>
internal sealed class FaultyStorage(string directory) : IAuditStorage
{
    private readonly DiskAuditStorage disk = new(directory, flushToDisk: false);

    internal bool AcquireFails { get; set; }

    internal bool OpenFails { get; set; }

    internal bool HeadFails { get; set; }

    internal bool TruncateFails { get; set; }

    /// <summary>How many bytes of the next append reach the disk before it is full; null for a disk with room.</summary>
    internal int? RoomBytes { get; set; }

    internal int AppendAttempts { get; private set; }

    public void Acquire()
    {
        ThrowIf(AcquireFails);
        disk.Acquire();
    }

    public IReadOnlyList<string> List() => disk.List();

    public Stream OpenRead(string name) => disk.OpenRead(name);

    public IAuditFile OpenAppend(string name)
    {
        ThrowIf(OpenFails);
        return new FaultyFile(this, disk.OpenAppend(name));
    }

    public string? ReadHead() => disk.ReadHead();

    public void WriteHead(string text)
    {
        ThrowIf(HeadFails);
        disk.WriteHead(text);
    }

    public byte[] ReadOrCreateKey() => disk.ReadOrCreateKey();

    public void Dispose() => disk.Dispose();

    private static void ThrowIf(bool fails)
    {
        if (fails)
        {
            throw new IOException("No space left on device");
        }
    }

    private sealed class FaultyFile(FaultyStorage storage, IAuditFile file) : IAuditFile
    {
        public long Length => file.Length;

        public void Append(ReadOnlySpan<byte> bytes)
        {
            storage.AppendAttempts++;
            if (storage.RoomBytes is { } room)
            {
                file.Append(bytes[..Math.Min(room, bytes.Length)]);
                ThrowIf(true);
            }

            file.Append(bytes);
        }

        public void Truncate(long length)
        {
            ThrowIf(storage.TruncateFails);
            file.Truncate(length);
        }

        public void Dispose() => file.Dispose();
    }
}
