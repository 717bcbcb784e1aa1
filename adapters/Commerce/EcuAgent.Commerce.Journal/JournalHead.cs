using System.Globalization;
using System.Text;

namespace EcuAgent.Commerce.Journal;

/// <summary>
/// The note beside the database that says how far it went, so that states cut off with the end of SQLite's log are missed: SQLite itself takes
/// a log that was cut for one that ended there. Text form: the number of the newest acknowledged state in 19 digits and a line feed. Written after
/// the database has the state and before the caller hears of it, so it never names more than was durable; not synced, so it may name less.
/// </summary>
internal sealed class JournalHead : IDisposable
{
    private const int NoteBytes = 20;

    private readonly FileStream _file;

    private JournalHead(FileStream file) => _file = file;

    public void Dispose() => _file.Dispose();

    /// <exception cref="IOException">It cannot be opened for writing.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened for writing.</exception>
    internal static JournalHead Open(string path) => new(JournalFolder.OpenOwned(path));

    /// <summary>The number in the note; null where there is none, or none that is whole (a power loss may leave zeros).</summary>
    internal static long? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        Span<byte> note = stackalloc byte[NoteBytes + 1];
        return RandomAccess.Read(file, note, 0) == NoteBytes && note[NoteBytes - 1] == '\n'
            && long.TryParse(Encoding.ASCII.GetString(note[..(NoteBytes - 1)]), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
    }

    /// <exception cref="IOException">It cannot be written.</exception>
    internal void Write(long number) =>
        RandomAccess.Write(_file.SafeFileHandle, Encoding.ASCII.GetBytes(number.ToString("D19", CultureInfo.InvariantCulture) + "\n"), 0);
}
