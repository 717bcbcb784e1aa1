using System.Diagnostics;
using System.Runtime.InteropServices;
using EcuAgent.Scenarios.Tests.Rig;

namespace EcuAgent.TwoHosts.Tests.Rig;

/// <summary>
/// The network namespace that the whole test process lives in: it is the car, and sees no network but the links that tests make. As root, or in a user
/// namespace where the kernel lets anybody make one.
/// </summary>
internal static partial class TestNamespace
{
    private const string Mark = "ECUAGENT_TWO_HOSTS_INSIDE";

    /// <summary>Why there is no namespace; null inside one.</summary>
    public static string? Missing { get; private set; }

    /// <summary>Starts this program again inside a namespace of its own, in place of this process. Returns inside it, and where none can be had.</summary>
    public static void Enter(string[] args)
    {
        if (Environment.GetEnvironmentVariable(Mark) is not null)
        {
            return;
        }

        foreach (var way in new string[][] { ["-n"], ["-U", "-r", "-n"] })
        {
            if (Try("unshare", [.. way, "--", "sh", "-c", "ip link set lo up && ip tuntap add probe mode tap"]) is { } problem)
            {
                Missing ??= problem;
                continue;
            }

            string?[] program =
            [
                "unshare", .. way, "--", "sh", "-c", "ip link set lo up && exec \"$@\"", "sh",
                "env", Mark + "=1", ChildProcess.DotnetHost, typeof(TestNamespace).Assembly.Location, .. args, null,
            ];
            _ = Execute(program[0]!, program);
            Missing = $"unshare could not be started: {Marshal.GetLastPInvokeErrorMessage()}";
            return;
        }
    }

    /// <summary>Skips the running test where no namespace can be made.</summary>
    public static void Require() => Assert.SkipWhen(Missing is not null, $"no network namespace with a TAP device can be made here: {Missing}");

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message has what it said.</exception>
    public static void Run(string program, params string[] arguments)
    {
        if (Try(program, arguments) is { } problem)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {problem}");
        }
    }

    private static string? Try(string program, string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{said.Trim()} (exit code {process.ExitCode})";
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return missing.Message;
        }
    }

    [LibraryImport("libc", EntryPoint = "execvp", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Execute(string file, string?[] arguments);
}
