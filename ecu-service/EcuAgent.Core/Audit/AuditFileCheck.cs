namespace EcuAgent.Core.Audit;

/// <summary>What checking one file gave.</summary>
/// <param name="Records">Good records before the first bad line.</param>
/// <param name="First">The first record, if good.</param>
/// <param name="Last">The last good record.</param>
/// <param name="BadLine">The first bad line, from 1; null when all are good.</param>
/// <param name="Problem">What is wrong with it.</param>
/// <param name="HeadSeen">True when the record that the head note names is there with its hash.</param>
internal sealed record AuditFileCheck(
    long Records, AuditRecord? First, AuditRecord? Last, long? BadLine, string? Problem, bool HeadSeen)
{
    /// <summary>Checks one file from its first to its last byte. Holds one line in memory.</summary>
    internal static AuditFileCheck Run(Stream stream, AuditHead? head)
    {
        byte[] buffer = new byte[AuditRecordFormat.MaximumLineBytes];
        int filled = 0;
        long line = 0;
        AuditRecord? first = null;
        AuditRecord? last = null;
        bool headSeen = false;
        AuditFileCheck Bad(string problem) => new(line - 1, first, last, line, problem, headSeen);

        while (true)
        {
            int read = stream.Read(buffer, filled, buffer.Length - filled);
            filled += read;
            int start = 0;
            int feed;
            while ((feed = buffer.AsSpan(start, filled - start).IndexOf((byte)'\n')) >= 0)
            {
                line++;
                if (!AuditRecordFormat.TryRead(buffer.AsSpan(start, feed), out AuditRecord record, out string problem))
                {
                    return Bad(problem);
                }

                if (Misplaced(record, last) is { } misplaced)
                {
                    return Bad(misplaced);
                }

                if (head is not null && record.Seq == head.Seq)
                {
                    if (record.Hash != head.Hash)
                    {
                        return Bad($"hash is {record.Hash}, but the head note says {head.Hash}");
                    }

                    headSeen = true;
                }

                first ??= record;
                last = record;
                start += feed + 1;
            }

            buffer.AsSpan(start, filled - start).CopyTo(buffer);
            filled -= start;
            if (filled == buffer.Length)
            {
                line++;
                return Bad($"is longer than {buffer.Length} bytes");
            }

            if (read == 0)
            {
                break;
            }
        }

        if (filled > 0)
        {
            line++;
            return Bad($"is cut off after {filled} bytes, without a line feed");
        }

        line++;
        return last is null ? Bad("the file has no records")
            : head is not null && !headSeen ? Bad($"records are missing: the head note says {head.Seq}, the last one is {last.Value.Seq}")
            : new AuditFileCheck(line - 1, first, last, null, null, headSeen);
    }

    private static string? Misplaced(AuditRecord record, AuditRecord? before)
    {
        if (before is not { } previous)
        {
            return record.Kind == AuditRecordFormat.ChainStarted ? null
                : $"the first record is \"{record.Kind}\", not \"{AuditRecordFormat.ChainStarted}\"";
        }

        return record.Seq != previous.Seq + 1 ? $"seq is {record.Seq}, expected {previous.Seq + 1}"
            : record.Previous != previous.Hash ? $"prev is {record.Previous}, but the record before has {previous.Hash}"
            : record.Kind == AuditRecordFormat.ChainStarted ? "a chain starts in mid-file"
            : null;
    }
}
