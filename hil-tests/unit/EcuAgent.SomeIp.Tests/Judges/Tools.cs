using System.Diagnostics;
using EcuAgent.SomeIp.Tests.Nodes;

namespace EcuAgent.SomeIp.Tests.Judges;

/// <summary>Programs of others that judge our bytes. Where one is missing its tests are skipped.</summary>
internal static class Tools
{
    /// <summary>Debian's own Python, which is the one that python3-scapy belongs to.</summary>
    private const string Python = "/usr/bin/python3";

    private static readonly Lazy<bool> s_scapy = new(static () => Has(Python, "-c", "import scapy.contrib.automotive.someip"));
    private static readonly Lazy<bool> s_tshark = new(static () => Has("tshark", "--version"));

    internal static void NeedScapy() => Assert.SkipUnless(s_scapy.Value, "scapy is missing (Debian package python3-scapy)");

    internal static void NeedTshark() => Assert.SkipUnless(s_tshark.Value, "tshark is missing (Debian package tshark)");

    internal static Task<string> ScapyAsync(string script, string input, params string[] arguments) =>
        RunAsync(Python, input, [Path.Combine(AppContext.BaseDirectory, "Judges", script), .. arguments]);

    internal static async Task<string> RunAsync(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Network.Watchdog);
        Assert.True(process.ExitCode == 0, $"{program}: {await errors}\n{await output}");
        return await output;
    }

    private static bool Has(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
