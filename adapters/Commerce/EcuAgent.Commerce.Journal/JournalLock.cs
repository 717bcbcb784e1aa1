using System.Globalization;
using System.Text;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Journal;

/// <summary>
/// The lock file of a journal's folder. The kernel holds the lock for the open file (flock) and frees it with the process, also after <c>kill -9</c>; what
/// stands in the file is the process id, for people. All members may be called from any thread.
/// </summary>
/// <param name="folder">The journal's folder; it has to be there.</param>
public sealed class JournalLock(string folder) : IJournalLock, IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _path = JournalFolder.LockIn(folder);
    private FileStream? _file;

    /// <inheritdoc/>
    public bool TryTake()
    {
        lock (_gate)
        {
            if (_file is not null)
            {
                return true;
            }

            try
            {
                // Two steps: only the second one tells a lock of another process from a folder that cannot be written.
                JournalFolder.OpenOwned(_path).Dispose();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new JournalException($"Purchase journal lock {_path} cannot be made or opened: {error.Message}", error);
            }

            try
            {
                _file = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            }
            catch (IOException)
            {
                return false;
            }

            _file.SetLength(0);
            _file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            return true;
        }
    }

    /// <inheritdoc/>
    public void Release()
    {
        lock (_gate)
        {
            _file?.Dispose();
            _file = null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Release();
}
