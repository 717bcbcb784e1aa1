using System.Text.Json;

namespace EcuAgent.QwenCloud.Privacy;

/// <summary>
/// The record of what left the car: a line before each request and one after it. Two files; when the newer is full it takes the place
/// of the older, whose lines are dropped. For one writer; safe for use from several threads.
/// </summary>
public sealed class SentRecord
{
    private readonly Lock _one = new();
    private readonly string _folder;
    private readonly int _mostFileBytes;
    private readonly TimeProvider _time;
    private long _number;
    private bool _checkedEnd;

    /// <summary>Opens the record and goes on after its last number.</summary>
    /// <param name="folder">The privacy folder; made at the first line.</param>
    /// <param name="mostFileBytes">Size of each of the two files, from 4 KiB.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is out of its range.</exception>
    public SentRecord(string folder, int mostFileBytes, TimeProvider time)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostFileBytes, 4096);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mostFileBytes, SentRecordReader.LargestFileBytes);
        _folder = folder;
        _mostFileBytes = mostFileBytes;
        _time = time;
        var (entries, _) = SentRecordReader.Read(folder);
        _number = entries.Count == 0 ? 0 : entries[^1].Number;
    }

    /// <summary>Writes down a request that is about to be sent. What cannot be written down must not be sent.</summary>
    /// <returns>The request's number for <see cref="Close"/>.</returns>
    /// <exception cref="IOException">The line cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The line may not be written.</exception>
    public long Open(string to, string why, SentFields sent)
    {
        lock (_one)
        {
            Append_NeedsLock(new RecordLine { Number = _number + 1, Time = _time.GetUtcNow(), To = to, Why = why, Sent = sent });
            return ++_number;
        }
    }

    /// <summary>Writes down what came of a request.</summary>
    /// <exception cref="IOException">The line cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The line may not be written.</exception>
    public void Close(long number, string outcome, TimeSpan elapsed)
    {
        lock (_one)
        {
            Append_NeedsLock(new RecordLine { Number = number, Time = _time.GetUtcNow(), Outcome = outcome, ElapsedMs = (long)elapsed.TotalMilliseconds });
        }
    }

    private static bool EndsInsideALine(string path)
    {
        if (new FileInfo(path) is not { Exists: true, Length: > 0 })
        {
            return false;
        }

        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() != '\n';
    }

    private void Append_NeedsLock(RecordLine line)
    {
        PrivacyFolder.Create(_folder);
        var path = Path.Combine(_folder, PrivacyFolder.RecordName);
        byte[] bytes = [.. JsonSerializer.SerializeToUtf8Bytes(line, PrivacyJson.Readable.RecordLine), (byte)'\n'];
        if (new FileInfo(path) is { Exists: true } file && file.Length + bytes.Length > _mostFileBytes)
        {
            File.Move(path, Path.Combine(_folder, PrivacyFolder.OlderRecordName), overwrite: true);
        }

        var isCut = !_checkedEnd && EndsInsideALine(path);
        _checkedEnd = false;
        using var stream = PrivacyFolder.OpenOwned(path, FileMode.Append);
        if (isCut)
        {
            // A line cut by a power loss or a full disk must not take the next one with it.
            stream.WriteByte((byte)'\n');
        }

        stream.Write(bytes);
        _checkedEnd = true;
    }
}
