using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Core.Audit;

/// <summary>
/// The append-only audit: JSON lines in a hash chain, one file after the other. A record counts as written once it is on
/// the medium. Nothing here throws for input or output: what cannot be written is counted, the next record that can be
/// written is preceded by one that says how many are missing, and the health carries a code. A chain found broken at
/// start is left untouched; a new file begins with a record of what was found. Thread-safe, one writer at a time.
/// </summary>
public sealed class AuditLog : IDisposable
{
    /// <summary>Degraded reason: the last record could not be written.</summary>
    public const string Unavailable = "audit_unavailable";

    /// <summary>Degraded reason: records were lost since the start.</summary>
    public const string RecordsLost = "audit_records_lost";

    /// <summary>Degraded reason: the chain was found broken at start.</summary>
    public const string ChainBroken = "audit_chain_broken";

    /// <summary>Degraded reason: the head note could not be written, so records cut off at the end would not be missed.</summary>
    public const string HeadStale = "audit_head_stale";

    internal const string StartFirst = "first";
    internal const string StartAfterRotation = "rotation";
    internal const string StartAfterBreak = "broken_chain";

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly IAuditStorage storage;
    private readonly AuditOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<AuditLog> logger;
    private readonly Lock gate = new();
    private readonly ArrayBufferWriter<byte> buffer = new(1024);
    private readonly Utf8JsonWriter writer;

    private byte[]? key;
    private IAuditFile? file;
    private string fileName = "";
    private long goodLength;
    private long seq;
    private string lastHash = AuditRecordFormat.NoHash;
    private long unreportedLost;
    private long lostCount;
    private long writtenCount;
    private long? failedAt;
    private bool chainBroken;
    private bool headStale;
    private bool disposed;

    internal AuditLog(IAuditStorage storage, AuditOptions options, TimeProvider time, ILogger<AuditLog> logger)
    {
        this.storage = storage;
        this.options = options;
        this.time = time;
        this.logger = logger;
        writer = new Utf8JsonWriter(buffer);
        lock (gate)
        {
            Guard_NeedsLock(Start_NeedsLock);
        }
    }

    /// <summary>How many records were written since the start, the chain's own included.</summary>
    public long WrittenCount => Interlocked.Read(ref writtenCount);

    /// <summary>How many records were lost since the start.</summary>
    public long LostCount => Interlocked.Read(ref lostCount);

    /// <summary>Codes for the health topic; empty when all is well.</summary>
    public IReadOnlyList<string> DegradedReasons
    {
        get
        {
            lock (gate)
            {
                List<string> reasons = [];
                if (failedAt is not null)
                {
                    reasons.Add(Unavailable);
                }

                if (lostCount > 0)
                {
                    reasons.Add(RecordsLost);
                }

                if (headStale)
                {
                    reasons.Add(HeadStale);
                }

                if (chainBroken)
                {
                    reasons.Add(ChainBroken);
                }

                return reasons;
            }
        }
    }

    /// <summary>Hash of the last record, to be kept elsewhere by who wants proof against a chain computed anew.</summary>
    public string LastHash
    {
        get
        {
            lock (gate)
            {
                return lastHash;
            }
        }
    }

    /// <summary>Opens the audit in a folder. A folder that cannot be used gives a log that counts and tries again.</summary>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public static AuditLog Open(AuditOptions options, TimeProvider time, ILogger<AuditLog> logger)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(logger);
        options.Validate();
        return new(new DiskAuditStorage(options.Directory, options.FlushToDisk), options, time, logger);
    }

    /// <summary>Appends a record. False when it could not be written; then it is counted as lost.</summary>
    public bool Append(in AuditEntry entry)
    {
        AuditEntry copy = entry;
        lock (gate)
        {
            // While the folder is out of order, trying on every record would stall the caller each time.
            bool worthTrying = !disposed && (failedAt is not { } at || time.GetElapsedTime(at) >= RetryAfter);
            if (worthTrying && Guard_NeedsLock(() => Append_NeedsLock(copy)))
            {
                return true;
            }

            unreportedLost++;
            Interlocked.Increment(ref lostCount);
            return false;
        }
    }

    /// <summary>
    /// The keyed digest under which a text stands in the audit: 32 hexadecimal digits of HMAC-SHA-256 with the key in
    /// audit.key. Null when there is no key.
    /// </summary>
    public string? Digest(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        lock (gate)
        {
            return Digest_NeedsLock(text);
        }
    }

    /// <summary>Closes the file. Further appends are counted as lost.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            file?.Dispose();
            file = null;
            storage.Dispose();
            writer.Dispose();
        }
    }

    private bool Guard_NeedsLock(Action action)
    {
        try
        {
            action();
            if (failedAt is not null)
            {
                Log.AuditBack(logger, unreportedLost);
            }

            failedAt = null;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // Swallowed on purpose: a full disk must not stop the assistant. It is counted, logged once and in the health.
            if (failedAt is null)
            {
                Log.AuditFailed(logger, options.Directory, e);
            }

            failedAt = time.GetTimestamp();
            Recover_NeedsLock();
            return false;
        }
    }

    private void Recover_NeedsLock()
    {
        if (file is null)
        {
            return;
        }

        try
        {
            file.Truncate(goodLength);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            // The half-written record stays; the next start of the chain finds it and records the break.
            file.Dispose();
            file = null;
            Log.AuditFailed(logger, options.Directory, e);
        }
    }

    private void Start_NeedsLock()
    {
        storage.Acquire();
        key ??= storage.ReadOrCreateKey();
        IReadOnlyList<string> names = storage.List();
        if (names.Count == 0)
        {
            Begin_NeedsLock(1, StartFirst, null);
            return;
        }

        string newest = names[^1];
        string? headText = storage.ReadHead();
        AuditHead? head = headText is null ? null : AuditHead.Parse(headText);
        AuditFileCheck check = AuditVerifier.Check(storage, newest, head?.File == newest ? head : null);
        string? problem = check.Problem
            ?? (headText is not null && head is null ? "the head note is not readable" : null)
            ?? (head is not null && !names.Contains(head.File) ? $"the head note names {head.File}, which is not there" : null);
        if (problem is not null)
        {
            chainBroken = true;
            Log.AuditChainBroken(logger, newest, check.BadLine, problem);
            Begin_NeedsLock(DiskAuditStorage.NumberOf(newest)!.Value + 1, StartAfterBreak, new(newest, check.BadLine, problem));
            return;
        }

        file = storage.OpenAppend(newest);
        fileName = newest;
        goodLength = file.Length;
        seq = check.Last!.Value.Seq;
        lastHash = check.Last.Value.Hash;
    }

    private void Begin_NeedsLock(int number, string reason, Break? found)
    {
        (IAuditFile? file, string name, long length, long seq, string hash) before = (file, fileName, goodLength, seq, lastHash);
        bool continues = reason == StartAfterRotation;
        IAuditFile next = storage.OpenAppend(DiskAuditStorage.FileName(number));
        while (next.Length > 0)
        {
            // Left behind by a beginning that failed half way; never to be touched again.
            next.Dispose();
            next = storage.OpenAppend(DiskAuditStorage.FileName(++number));
        }

        try
        {
            (file, fileName, goodLength) = (next, DiskAuditStorage.FileName(number), 0);
            if (!continues)
            {
                (seq, lastHash) = (0, AuditRecordFormat.NoHash);
            }

            string? previousFile = found?.File ?? (continues ? before.name : null);
            Write_NeedsLock(AuditRecordFormat.ChainStarted, json => WriteStart(json, reason, previousFile, found));
        }
        catch
        {
            if (goodLength == 0)
            {
                Recover_NeedsLock();
                file?.Dispose();
                (file, fileName, goodLength, seq, lastHash) = before;
            }

            throw;
        }

        before.file?.Dispose();
    }

    private static void WriteStart(Utf8JsonWriter json, string reason, string? previousFile, Break? found)
    {
        json.WriteString("reason", reason);
        json.WriteString("format", "ecuagent-audit/1");
        if (previousFile is not null)
        {
            json.WriteString("previousFile", previousFile);
        }

        if (found is null)
        {
            return;
        }

        if (found.Line is { } line)
        {
            json.WriteNumber("firstBadLine", line);
        }

        json.WriteString("problem", found.Problem);
    }

    private void Append_NeedsLock(AuditEntry entry)
    {
        if (file is null)
        {
            Start_NeedsLock();
        }

        if (goodLength >= options.MaxFileBytes)
        {
            Begin_NeedsLock(DiskAuditStorage.NumberOf(fileName)!.Value + 1, StartAfterRotation, null);
        }

        if (unreportedLost > 0)
        {
            long lost = unreportedLost;
            Write_NeedsLock("records_lost", json => json.WriteNumber("count", lost));
            unreportedLost = 0;
        }

        Write_NeedsLock(AuditFields.Code(entry.Kind), json => AuditFields.Write(json, entry, Digest_NeedsLock));
    }

    private void Write_NeedsLock(string kind, Action<Utf8JsonWriter> fields)
    {
        buffer.ResetWrittenCount();
        writer.Reset(buffer);
        writer.WriteStartObject();
        writer.WriteNumber("seq", seq + 1);
        writer.WriteString("time", time.GetUtcNow());
        writer.WriteString("prev", lastHash);
        writer.WriteString("kind", kind);
        fields(writer);

        // Flushed before the closing brace: the hash member follows and closes the object itself.
        writer.Flush();
        string hash = AuditRecordFormat.Seal(buffer);
        file!.Append(buffer.WrittenSpan);
        goodLength += buffer.WrittenCount;
        seq++;
        lastHash = hash;
        Interlocked.Increment(ref writtenCount);
        WriteHead_NeedsLock();
    }

    private void WriteHead_NeedsLock()
    {
        try
        {
            storage.WriteHead(new AuditHead(fileName, seq, lastHash).ToText());
            headStale = false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The record itself is safe; only the proof that it was the last one lags behind.
            if (!headStale)
            {
                Log.AuditHeadStale(logger, options.Directory, e);
            }

            headStale = true;
        }
    }

    private string? Digest_NeedsLock(string text) =>
        key is null ? null : Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));

    private sealed record Break(string File, long? Line, string Problem);
}
