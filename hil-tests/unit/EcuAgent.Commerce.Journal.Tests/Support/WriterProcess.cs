using System.Diagnostics;

namespace EcuAgent.Commerce.Journal.Tests.Support;

/// <summary>The second process.</summary>
internal sealed class WriterProcess : IDisposable
{
    /// <summary>After this a test is taken for hung.</summary>
    internal static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private WriterProcess(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        _process = Process.Start(start)!;
    }

    private static string DotnetHost =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ??
        (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "EcuAgent.Commerce.Journal.Writer.dll");

    internal static WriterProcess Start(params string[] arguments) => new(new ProcessStartInfo(DotnetHost, [Assembly, .. arguments]));

    /// <summary>Starts it by a shell command, which sets what is to be different; "$@" is the program.</summary>
    internal static WriterProcess StartBy(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo("sh", ["-c", command, "sh", DotnetHost, Assembly, .. arguments]);

        // Memory that is mapped twice counts as a file and meets the limit of file sizes.
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        return new WriterProcess(start);
    }

    internal async Task<string?> ReadLineAsync() => await _process.StandardOutput.ReadLineAsync().WaitAsync(Watchdog);

    /// <summary>What it still prints, up to its end.</summary>
    internal async Task<IReadOnlyList<string>> ReadToEndAsync() =>
        (await _process.StandardOutput.ReadToEndAsync().WaitAsync(Watchdog)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>SIGKILL; ends when it is gone.</summary>
    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.StandardInput.Close();
            if (!_process.WaitForExit(Watchdog))
            {
                Kill();
            }
        }

        _process.Dispose();
    }
}
