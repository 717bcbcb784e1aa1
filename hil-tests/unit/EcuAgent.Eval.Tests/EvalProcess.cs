using System.Collections.Concurrent;
using System.Diagnostics;

namespace EcuAgent.Eval.Tests;

/// <summary>The built program in a process of its own.</summary>
internal sealed class EvalProcess : IDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _lines = new();
    private readonly TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private EvalProcess(ProcessStartInfo start)
    {
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Take(line.Data);
        _process.ErrorDataReceived += (_, line) => Take(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>All it has written, wrapped lines joined by spaces.</summary>
    public string Output => string.Join(' ', _lines.Select(line => line.Trim()));

    public int Id => _process.Id;

    /// <summary>Ends with the first progress line.</summary>
    public Task Progress => _progress.Task;

    public static EvalProcess Start(params string[] arguments) => StartIn(AppContext.BaseDirectory, arguments);

    public static EvalProcess StartIn(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "eval.dll") },
        };
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return new EvalProcess(start);
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync();
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private void Take(string? line)
    {
        if (line is null)
        {
            return;
        }

        _lines.Enqueue(line);
        if (line.Contains("utterances (", StringComparison.Ordinal))
        {
            _progress.TrySetResult();
        }
    }
}
