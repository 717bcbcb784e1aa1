using System.Diagnostics;
using System.Globalization;

namespace EcuAgent.DemoRun;

/// <summary>A part of the demo as a process of its own. Its output goes to a log file.</summary>
internal sealed class PartProcess : IAsyncDisposable
{
    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(3);

    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<string> _firstLine = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopping;

    private PartProcess(string name, Process process, StreamWriter log, string logFile)
    {
        Name = name;
        LogFile = logFile;
        _process = process;
        _log = log;
    }

    public string Name { get; }

    public string LogFile { get; }

    /// <summary>The first line it writes.</summary>
    public Task<string> FirstLine => _firstLine.Task;

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts a program.</summary>
    /// <param name="name">Short name, also of the log file.</param>
    /// <param name="assembly">Path of the program's dll.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="logFolder">Where its output goes.</param>
    /// <param name="endedBySurprise">Called with it and its exit code when it has ended without being asked to.</param>
    public static PartProcess Start(string name, string assembly, IEnumerable<string> arguments, string logFolder, Action<PartProcess, int> endedBySurprise)
    {
        var host = Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == "dotnet" ? self : "dotnet";
        var start = new ProcessStartInfo(host)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var logFile = Path.Combine(logFolder, $"{name}.log");
        var log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        var part = new PartProcess(name, process, log, logFile);
        process.OutputDataReceived += (_, line) => part.Keep(line.Data);
        process.ErrorDataReceived += (_, line) => part.Keep(line.Data);
        process.Exited += (_, _) => part.Tell(endedBySurprise);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return part;
    }

    /// <summary>Completes when it has ended by itself.</summary>
    public Task WaitForEndAsync(CancellationToken cancellationToken) => _process.WaitForExitAsync(cancellationToken);

    /// <summary>Asks it to end, and ends it when it does not.</summary>
    public async Task StopAsync()
    {
        if (_stopping || _process.HasExited)
        {
            return;
        }

        _stopping = true;
        using (var kill = Process.Start("/bin/sh", ["-c", string.Create(CultureInfo.InvariantCulture, $"kill -TERM {_process.Id}")]))
        {
            await kill.WaitForExitAsync();
        }

        using var patience = new CancellationTokenSource(StopWithin);
        await _process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Kill();
    }

    /// <summary>Ends it at once.</summary>
    public void Kill()
    {
        _stopping = true;
        try
        {
            if (!_process.HasExited)
            {
                _process.Kill(entireProcessTree: true);
            }
        }
        catch (InvalidOperationException)
        {
            // It ended in between.
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _process.Dispose();
        lock (_gate)
        {
            _log.Dispose();
        }
    }

    private void Tell(Action<PartProcess, int> endedBySurprise)
    {
        if (_stopping)
        {
            return;
        }

        try
        {
            endedBySurprise(this, _process.ExitCode);
        }
        catch (InvalidOperationException)
        {
            // Disposed in between: the demo is over anyway.
        }
    }

    private void Keep(string? line)
    {
        if (line is null)
        {
            return;
        }

        _firstLine.TrySetResult(line);
        lock (_gate)
        {
            if (_log.BaseStream.CanWrite)
            {
                _log.WriteLine(line);
            }
        }
    }
}
