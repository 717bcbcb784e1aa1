using System.Text.Json;

namespace EcuAgent.QwenCloud.Privacy;

/// <summary>Reads the record of what left the car.</summary>
public static class SentRecordReader
{
    /// <summary>Largest file that is read, in bytes; the writer's files are smaller.</summary>
    public const int LargestFileBytes = 16 * 1024 * 1024;

    /// <summary>Reads all that the record still has, oldest first.</summary>
    /// <param name="folder">The privacy folder; a missing one has an empty record.</param>
    /// <returns>The entries, and how many lines could not be read (a line cut by a power loss, or a file over the bound).</returns>
    /// <exception cref="IOException">A file is there and cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file is there and may not be read.</exception>
    public static (IReadOnlyList<SentEntry> Entries, int UnreadableLines) Read(string folder)
    {
        var entries = new Dictionary<long, SentEntry>();
        var unreadable = 0;
        foreach (var name in new[] { PrivacyFolder.OlderRecordName, PrivacyFolder.RecordName })
        {
            var path = Path.Combine(folder, name);
            if (PrivacyFolder.ReadSmall(path, LargestFileBytes) is not { } content)
            {
                unreadable += File.Exists(path) ? 1 : 0;
                continue;
            }

            foreach (var range in content.AsSpan().Split((byte)'\n'))
            {
                var line = content.AsSpan()[range];
                if (!line.IsEmpty && !Add(entries, line))
                {
                    unreadable++;
                }
            }
        }

        return ([.. entries.Values.OrderBy(entry => entry.Number)], unreadable);
    }

    private static bool Add(Dictionary<long, SentEntry> entries, ReadOnlySpan<byte> utf8)
    {
        RecordLine? line;
        try
        {
            line = JsonSerializer.Deserialize(utf8, PrivacyJson.Readable.RecordLine);
        }
        catch (JsonException)
        {
            return false;
        }

        if (line is { Sent: { } sent })
        {
            entries[line.Number] = new SentEntry(line.Number, line.Time, line.To ?? "", line.Why ?? "", sent, null, null);
            return true;
        }

        // The beginning may have been dropped with an older file: an outcome alone says nothing.
        if (line is { Outcome: not null } && entries.TryGetValue(line.Number, out var entry))
        {
            entries[line.Number] = entry with { Outcome = line.Outcome, ElapsedMs = line.ElapsedMs };
        }

        return line is not null;
    }
}
