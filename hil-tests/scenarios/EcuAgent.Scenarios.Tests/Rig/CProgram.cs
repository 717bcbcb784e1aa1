using System.ComponentModel;
using System.Diagnostics;

namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>A C program on Cyclone DDS, built from the IDL by <c>idlc</c> and <c>gcc</c>: a peer that shares no code with ours.</summary>
internal static class CProgram
{
    /// <summary>Builds it, or skips the running test where a tool is missing.</summary>
    /// <param name="folder">Where to build.</param>
    /// <param name="source">C file of this project's Peers folder.</param>
    /// <param name="changeIdl">What to change in the contract before compiling it.</param>
    /// <returns>The program's path.</returns>
    public static string Build(TemporaryFolder folder, string source, Func<string, string>? changeIdl = null)
    {
        var peers = Path.Combine(AppContext.BaseDirectory, "Peers");
        var idl = File.ReadAllText(Path.Combine(peers, "ecu_v1.idl"));
        File.WriteAllText(folder.File("ecu_v1.idl"), changeIdl is null ? idl : changeIdl(idl));
        Run(folder, "idlc", "Debian package cyclonedds-tools", "-l", "c", "ecu_v1.idl");
        var preprocessed = Exit(folder, "gcc", "Debian package gcc", "-E", "-o", "/dev/null", "ecu_v1.h");
        Assert.SkipWhen(preprocessed.Code != 0, $"gcc cannot read Cyclone's headers (Debian package cyclonedds-dev): {preprocessed.Error}");
        var program = folder.File(Path.GetFileNameWithoutExtension(source));
        Run(folder, "gcc", "Debian package gcc", "-O1", "-I", ".", "-o", program, Path.Combine(peers, source), "ecu_v1.c", "-lddsc");
        return program;
    }

    /// <summary>Starts it on loopback only.</summary>
    public static ChildProcess Start(string program, int domain) => ChildProcess.Start(
        program,
        new Dictionary<string, string>
        {
            ["CYCLONEDDS_URI"] = """
                <CycloneDDS><Domain Id="any">
                  <General><Interfaces><NetworkInterface name="lo" multicast="false"/></Interfaces><AllowMulticast>false</AllowMulticast></General>
                  <Discovery><ParticipantIndex>auto</ParticipantIndex><MaxAutoParticipantIndex>31</MaxAutoParticipantIndex>
                    <Peers><Peer Address="127.0.0.1"/></Peers></Discovery>
                </Domain></CycloneDDS>
                """,
        },
        domain.ToString());

    private static void Run(TemporaryFolder folder, string tool, string source, params string[] arguments)
    {
        var (code, error) = Exit(folder, tool, source, arguments);
        Assert.True(code == 0, $"{tool} {string.Join(' ', arguments)}: exit code {code}\n{error}");
    }

    private static (int Code, string Error) Exit(TemporaryFolder folder, string tool, string source, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(tool, arguments)
            {
                WorkingDirectory = folder.Path,
                RedirectStandardError = true,
            })!;
            var error = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return (process.ExitCode, error);
        }
        catch (Win32Exception error)
        {
            Assert.Skip($"{tool} is missing ({source}): {error.Message}");
            throw;
        }
    }
}
