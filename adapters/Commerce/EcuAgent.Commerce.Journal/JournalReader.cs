using EcuAgent.Core.Commerce;
using Microsoft.Data.Sqlite;

namespace EcuAgent.Commerce.Journal;

/// <summary>
/// Reads the journal for tools, also while the service writes it. Changes nothing in it; SQLite itself may leave an empty log beside the file.
/// Each call sees all that was acknowledged before it. Not thread-safe.
/// </summary>
public sealed class JournalReader : IDisposable
{
    private static readonly TimeSpan BusyTimeout = TimeSpan.FromSeconds(2);

    private readonly SqliteConnection _connection;
    private readonly string _folder;
    private readonly string _file;

    private JournalReader(SqliteConnection connection, string folder)
    {
        _connection = connection;
        _folder = folder;
        _file = JournalFolder.DatabaseIn(folder);
    }

    /// <summary>Opens the journal in a folder; null where nothing was ever written.</summary>
    /// <exception cref="JournalException">It is there and cannot be read: not allowed, damaged, newer than this program, another program's.</exception>
    public static JournalReader? Open(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var full = Path.GetFullPath(folder);
        var file = JournalFolder.DatabaseIn(full);
        try
        {
            JournalFolder.RequireWhole(full);
            if (new FileInfo(file) is not { Exists: true, Length: > 0 })
            {
                return null;
            }

            var connection = JournalDatabase.OpenForReading(file, BusyTimeout);
            try
            {
                JournalSchema.RequireCurrent(connection, file);
                return new JournalReader(connection, full);
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
        catch (SqliteException error)
        {
            throw JournalFaults.From(file, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"Purchase journal {file} cannot be opened: {error.Message}", error);
        }
    }

    /// <summary>All states of one purchase, oldest first; empty when it is not known.</summary>
    /// <exception cref="JournalException">One of them cannot be read; none is left out.</exception>
    public IReadOnlyList<PurchaseRecord> History(string purchaseId)
    {
        ArgumentException.ThrowIfNullOrEmpty(purchaseId);
        return Guarded(() =>
        {
            using var statement = new Statement(_connection, JournalSql.History, "$id");
            using var reader = statement.Read(purchaseId);
            var states = new List<PurchaseRecord>();
            while (reader.Read())
            {
                states.Add(StateRow.Read(reader, _file));
            }

            return states;
        });
    }

    /// <summary>Latest states of the purchases, the one begun last first.</summary>
    /// <param name="most">At most so many, 1 or more.</param>
    /// <exception cref="JournalException">One of them cannot be read; none is left out.</exception>
    public IReadOnlyList<PurchaseRecord> Latest(int most = int.MaxValue)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        return Guarded(() =>
        {
            using var statement = new Statement(_connection, JournalSql.Newest, "$most");
            using var reader = statement.Read((long)most);
            return new LatestState(_file).ReadAll(reader);
        });
    }

    /// <summary>Checks the whole file: structure, indexes, that nothing acknowledged is missing, and every state. Reads all of it.</summary>
    /// <returns>What is wrong, at most 100 entries; empty when all is well.</returns>
    /// <exception cref="JournalException">It cannot be read at all.</exception>
    public IReadOnlyList<string> Faults() => Guarded(() => JournalChecks.Faults(_connection, _file, JournalHead.Read(JournalFolder.HeadIn(_folder))));

    /// <summary>Closes the file.</summary>
    public void Dispose() => _connection.Dispose();

    private T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SqliteException error)
        {
            throw JournalFaults.From(_file, error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new JournalException($"Purchase journal {_file} cannot be read: {error.Message}", error);
        }
    }
}
