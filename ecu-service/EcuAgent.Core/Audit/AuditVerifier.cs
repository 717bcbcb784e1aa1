namespace EcuAgent.Core.Audit;

/// <summary>
/// Checks audit files. Finds every changed, added, removed or reordered byte of a chain whose hashes were not all
/// computed anew; against that, keep the newest hash elsewhere. Records cut off at the end are found with the head note.
/// </summary>
public static class AuditVerifier
{
    /// <summary>Checks one file, with the head note beside it if that speaks of this file.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static AuditVerification Verify(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string directory = Path.GetDirectoryName(Path.GetFullPath(path))!;
        string name = Path.GetFileName(path);
        using DiskAuditStorage storage = new(directory, flushToDisk: false);
        AuditHead? head = storage.ReadHead() is { } text ? AuditHead.Parse(text) : null;
        AuditFileCheck check = Check(storage, name, head?.File == name ? head : null);
        return new(check.BadLine is null, check.Records, path, check.BadLine, check.Problem, check.HeadSeen);
    }

    /// <summary>Checks all files of a folder and that each continues the one before.</summary>
    /// <exception cref="IOException">Something cannot be read.</exception>
    public static AuditVerification VerifyDirectory(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        using DiskAuditStorage storage = new(directory, flushToDisk: false);
        return VerifyAll(storage);
    }

    internal static AuditVerification VerifyAll(IAuditStorage storage)
    {
        string? headText = storage.ReadHead();
        AuditHead? head = headText is null ? null : AuditHead.Parse(headText);
        long records = 0;
        (string? File, long? Line, string? Problem) fault = headText is not null && head is null
            ? (DiskAuditStorage.HeadName, 1, "is no head note")
            : default;
        AuditFileCheck? before = null;
        bool headSeen = false;
        string? last = null;
        foreach (string name in storage.List())
        {
            AuditFileCheck check = Check(storage, name, head?.File == name ? head : null);
            records += check.Records;
            headSeen |= check.HeadSeen;
            if (fault.Problem is null)
            {
                fault = check.First is { } first && Discontinuity(first, before) is { } gap ? (name, 1, gap)
                    : check.BadLine is not null ? (name, check.BadLine, check.Problem)
                    : default;
            }

            before = check;
            last = name;
        }

        if (fault.Problem is null && head is not null && !headSeen)
        {
            fault = (head.File, null, "is named by the head note, but is not there");
        }

        return new(fault.Problem is null, records, fault.File ?? last, fault.Line, fault.Problem, headSeen);
    }

    internal static AuditFileCheck Check(IAuditStorage storage, string name, AuditHead? head)
    {
        using Stream stream = storage.OpenRead(name);
        return AuditFileCheck.Run(stream, head);
    }

    private static string? Discontinuity(AuditRecord first, AuditFileCheck? before)
    {
        if (first.StartReason == AuditLog.StartAfterBreak)
        {
            return null;
        }

        return before?.Last is { } last
            ? first.Seq == last.Seq + 1 && first.Previous == last.Hash ? null
                : $"does not continue the file before, which ends with seq {last.Seq} and hash {last.Hash}"
            : first.Seq == 1 && first.Previous == AuditRecordFormat.NoHash ? null
                : $"starts with seq {first.Seq}: earlier files are missing";
    }
}
