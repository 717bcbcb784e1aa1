using System.Diagnostics;
using System.Runtime.InteropServices;

namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>A program under test in a process of its own, with everything it prints.</summary>
internal sealed partial class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _lines = [];
    private readonly List<(Func<string, bool> Match, TaskCompletionSource<string> Found)> _waiters = [];
    private readonly Task _ended;

    private ChildProcess(Process process)
    {
        _process = process;
        _ended = Task.WhenAll(Read(process.StandardOutput), Read(process.StandardError));
    }

    /// <summary>The host that runs this program, for others of its kind.</summary>
    public static string DotnetHost { get; } =
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ??
        (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");

    public int Id => _process.Id;

    /// <summary>Lines printed so far: what comes later has this place or a higher one.</summary>
    public int Mark
    {
        get
        {
            lock (_lines)
            {
                return _lines.Count;
            }
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Output and error lines so far, in the order of arrival.</summary>
    public string Output
    {
        get
        {
            lock (_lines)
            {
                return string.Join('\n', _lines);
            }
        }
    }

    public static ChildProcess StartDotnet(string assembly, params string[] arguments) => Start(DotnetHost, null, [assembly, .. arguments]);

    public static ChildProcess Start(string program, IReadOnlyDictionary<string, string>? environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Completes with the first line from a place on, past ones included, that fits; fails when the process ends without one.</summary>
    public async Task<string> LineAsync(Func<string, bool> match, int mark = 0)
    {
        var found = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lines)
        {
            if (_lines.Skip(mark).FirstOrDefault(match) is { } line)
            {
                return line;
            }

            _waiters.Add((match, found));
        }

        Task first;
        try
        {
            first = await Task.WhenAny(found.Task, _ended).WaitAsync(Domains.Watchdog);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"the line did not come; the process printed:\n{string.Join('\n', Output.Split('\n').Skip(mark))}");
        }

        return first == found.Task || found.Task.IsCompleted
            ? await found.Task
            : throw new InvalidOperationException($"the process ended without the line; it printed:\n{Output}");
    }

    public Task<string> LineAsync(string part) => LineAsync(l => l.Contains(part, StringComparison.Ordinal));

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync().WaitAsync(Domains.Watchdog);
        await _ended.WaitAsync(Domains.Watchdog);
        return _process.ExitCode;
    }

    public void Terminate() => Send(15);

    /// <summary>Freezes it, so that what reaches it now is never answered.</summary>
    public void Freeze() => Send(19);

    /// <summary>Lets a frozen one go on.</summary>
    public void Thaw() => Send(18);

    public async Task KillAsync()
    {
        _process.Kill();
        await ExitAsync();
    }

    public Task SendAsync(string line) => _process.StandardInput.WriteLineAsync(line);

    public void CloseInput() => _process.StandardInput.Close();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        await ExitAsync();
        _process.Dispose();
    }

    private void Send(int signal) => Assert.Equal(0, Kill(_process.Id, signal));

    private async Task Read(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_lines)
            {
                _lines.Add(line);
                foreach (var (match, found) in _waiters)
                {
                    if (match(line))
                    {
                        found.TrySetResult(line);
                    }
                }
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int process, int signal);
}
