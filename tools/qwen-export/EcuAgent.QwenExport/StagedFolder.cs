using System.Runtime.InteropServices;

namespace EcuAgent.QwenExport;

/// <summary>
/// A folder under construction beside or inside its target. <see cref="Commit"/> brings it into place; disposing without that leaves
/// the target as it was.
/// </summary>
internal sealed class StagedFolder : IDisposable
{
    private readonly string _target;
    private readonly bool _targetWasThere;
    private readonly PosixSignalRegistration[] _signals;
    private volatile bool _isCommitting;
    private bool _isDone;

    public StagedFolder(string target)
    {
        _target = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(target));
        if (File.Exists(_target))
        {
            throw new ExportException($"{_target}: a file, expected a folder to write to");
        }

        _targetWasThere = Directory.Exists(_target);
        Path = _targetWasThere
            ? System.IO.Path.Combine(_target, $".partial-{Guid.NewGuid():N}")
            : $"{_target}.partial-{Guid.NewGuid():N}";

        // Ended from outside, nothing half done stays either; the signal then ends the process as it would without us.
        _signals = [.. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, OnSignal))];
        Directory.CreateDirectory(Path);
    }

    /// <summary>Where to write.</summary>
    public string Path { get; }

    /// <summary>
    /// A new target appears whole. In an existing one, files are replaced one by one, <paramref name="last"/> at the end, so that
    /// whoever reads in between sees it contradict the rest; when a replacement fails, the old files come back.
    /// </summary>
    /// <param name="last">File that vouches for the others.</param>
    /// <param name="stale">Files of the target to remove unless they were written anew.</param>
    public void Commit(string last, IEnumerable<string> stale)
    {
        _isCommitting = true;
        if (!_targetWasThere)
        {
            Directory.Move(Path, _target);
            _isDone = true;
            return;
        }

        var names = Directory.GetFiles(Path).Select(System.IO.Path.GetFileName).OfType<string>().OrderBy(n => n == last).ToList();
        var backup = Directory.CreateDirectory(System.IO.Path.Combine(Path, "old")).FullName;
        var moved = new List<string>();
        var placed = new List<string>();
        try
        {
            foreach (var name in names.Union(stale).OrderByDescending(n => n == last))
            {
                var old = System.IO.Path.Combine(_target, name);
                if (File.Exists(old))
                {
                    File.Move(old, System.IO.Path.Combine(backup, name));
                    moved.Add(name);
                }
            }

            foreach (var name in names)
            {
                File.Move(System.IO.Path.Combine(Path, name), System.IO.Path.Combine(_target, name));
                placed.Add(name);
            }
        }
        catch
        {
            foreach (var name in placed)
            {
                File.Delete(System.IO.Path.Combine(_target, name));
            }

            foreach (var name in moved)
            {
                File.Move(System.IO.Path.Combine(backup, name), System.IO.Path.Combine(_target, name), overwrite: true);
            }

            throw;
        }

        _isDone = true;
        Directory.Delete(Path, recursive: true);
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        Remove();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The few renames of a commit are finished first: half of them would be worse than a moment's wait.
        context.Cancel = _isCommitting;
        if (!_isCommitting)
        {
            Remove();
        }
    }

    private void Remove()
    {
        // A signal comes while the export goes on, which may add a file between two looks.
        const int Attempts = 20;
        for (var attempt = 1; !_isDone && Directory.Exists(Path); attempt++)
        {
            try
            {
                Directory.Delete(Path, recursive: true);
            }
            catch (IOException) when (attempt < Attempts)
            {
                continue;
            }
        }
    }
}
