using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EcuAgent.Core.Audit;

/// <summary>What the chain needs of one record.</summary>
/// <param name="Seq">Its number, from 1.</param>
/// <param name="Previous">Hash of the record before.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Hash">Its own hash.</param>
/// <param name="StartReason">Of a "chain_started" record, why the file was begun.</param>
internal readonly record struct AuditRecord(long Seq, string Previous, string Kind, string Hash, string? StartReason);

/// <summary>
/// One record is one line: {"seq":N,"time":"...","prev":"HASH","kind":"...",...,"hash":"HASH"}. The hash is SHA-256 over
/// the line's bytes before ,"hash": and so covers everything but itself and the fixed end, which is compared literally.
/// </summary>
internal static class AuditRecordFormat
{
    internal const string ChainStarted = "chain_started";
    internal const int HashLength = 64;

    /// <summary>Longest line, in bytes. Records that we write have under 2,000.</summary>
    internal const int MaximumLineBytes = 16 * 1024;

    internal static readonly string NoHash = new('0', HashLength);

    private static ReadOnlySpan<byte> HashOpener => ",\"hash\":\""u8;

    private static ReadOnlySpan<byte> HashCloser => "\"}"u8;

    /// <summary>Closes the object that stands in <paramref name="buffer"/> without its last brace; gives its hash.</summary>
    internal static string Seal(ArrayBufferWriter<byte> buffer)
    {
        string hash = Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
        buffer.Write(HashOpener);
        Encoding.ASCII.GetBytes(hash, buffer);
        buffer.Write(HashCloser);
        buffer.Write("\n"u8);
        return hash;
    }

    /// <summary>Reads a line without its line feed. <paramref name="problem"/> says what differs.</summary>
    internal static bool TryRead(ReadOnlySpan<byte> line, out AuditRecord record, out string problem)
    {
        record = default;
        int tail = HashOpener.Length + HashLength + HashCloser.Length;
        if (line.Length <= tail)
        {
            problem = $"has {line.Length} bytes, too few for a record";
            return false;
        }

        ReadOnlySpan<byte> body = line[..^tail];
        ReadOnlySpan<byte> end = line[^tail..];
        if (!end.StartsWith(HashOpener) || !end.EndsWith(HashCloser))
        {
            problem = "does not end in a hash";
            return false;
        }

        string written = Encoding.Latin1.GetString(end.Slice(HashOpener.Length, HashLength));
        string computed = Convert.ToHexStringLower(SHA256.HashData(body));
        if (!string.Equals(written, computed, StringComparison.Ordinal))
        {
            problem = $"hash is {computed}, but {written} is written";
            return false;
        }

        try
        {
            return TryReadFields(line, written, out record, out problem);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException)
        {
            problem = $"is not JSON of a record: {e.Message}";
            return false;
        }
    }

    private static bool TryReadFields(ReadOnlySpan<byte> line, string hash, out AuditRecord record, out string problem)
    {
        Utf8JsonReader reader = new(line);
        reader.Read();
        long seq = Next(ref reader, "seq"u8) ? reader.GetInt64() : 0;
        string? time = Next(ref reader, "time"u8) ? reader.GetString() : null;
        string? previous = Next(ref reader, "prev"u8) ? reader.GetString() : null;
        string? kind = Next(ref reader, "kind"u8) ? reader.GetString() : null;
        string? startReason = kind == ChainStarted && Next(ref reader, "reason"u8) ? reader.GetString() : null;
        while (reader.Read())
        {
            // To the end: whatever is left has to be JSON as well.
        }

        record = new AuditRecord(seq, previous ?? "", kind ?? "", hash, startReason);
        problem = seq < 1 || time is null || previous is null || kind is null ? "lacks seq, time, prev or kind" : "";
        return problem.Length == 0;
    }

    private static bool Next(ref Utf8JsonReader reader, ReadOnlySpan<byte> name) =>
        reader.Read() && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals(name) && reader.Read();
}
