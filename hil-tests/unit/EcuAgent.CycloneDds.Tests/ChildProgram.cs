using System.Diagnostics;

namespace EcuAgent.CycloneDds.Tests;

/// <summary>Runs a program of the output folder to its end.</summary>
internal static class ChildProgram
{
    internal static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string assembly, string[] arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(PeerProcess.DotnetHost) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, assembly));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(Domains.Watchdog);
        return (process.ExitCode, await output, await errors);
    }
}
