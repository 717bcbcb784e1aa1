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
    // What .NET gives an open whose flock another process has: Linux's EWOULDBLOCK.
    private const int WouldBlock = 11;

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

            FileStream? file = null;
            try
            {
                file = JournalFolder.OpenOwned(_path, FileShare.None);
                file.SetLength(0);
                file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture) + "\n"));
            }
            catch (IOException error) when (file is null && error.HResult == WouldBlock)
            {
                return false;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                file?.Dispose();
                throw new JournalException($"Purchase journal lock {_path} cannot be made, opened or written: {error.Message}", error);
            }

            _file = file;
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
