using System.ComponentModel;
using System.Diagnostics;
using Xunit;

namespace EcuAgent.Idl.Tests.Oracle;

/// <summary>Runs the native tools that the oracle needs; a test without them is skipped with the reason.</summary>
internal static class NativeTools
{
    /// <summary>Skips the running test when idlc, gcc or Cyclone's headers are missing.</summary>
    public static void Require()
    {
        RequireTool("idlc", "-v", "Debian package cyclonedds-tools");
        RequireTool("gcc", "--version", "Debian package gcc");
        var preprocessed = Run("gcc", Path.GetTempPath(), "#include <dds/dds.h>\n", "-E", "-x", "c", "-");
        Assert.SkipWhen(preprocessed.Code != 0, "dds/dds.h is not found by gcc (Debian package cyclonedds-dev; C_INCLUDE_PATH names other folders)");
    }

    /// <summary>Runs a tool to its end and returns what it printed.</summary>
    /// <exception cref="InvalidOperationException">The tool failed; its error text is in the message.</exception>
    public static string Succeed(string tool, string folder, params string[] arguments)
    {
        var (code, output, error) = Run(tool, folder, string.Empty, arguments);
        return code == 0
            ? output
            : throw new InvalidOperationException($"{tool} {string.Join(' ', arguments)}: exit code {code}\n{error}{output}");
    }

    private static void RequireTool(string tool, string argument, string source)
    {
        try
        {
            Run(tool, Path.GetTempPath(), string.Empty, argument);
        }
        catch (Win32Exception e)
        {
            Assert.Skip($"{tool} is missing ({source}): {e.Message}");
        }
    }

    private static (int Code, string Output, string Error) Run(string tool, string folder, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(tool, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.GetAwaiter().GetResult());
    }
}
