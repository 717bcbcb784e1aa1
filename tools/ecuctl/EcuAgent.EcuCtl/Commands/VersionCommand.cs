using System.CommandLine;
using System.Reflection;

namespace EcuAgent.EcuCtl.Commands;

/// <summary><c>ecuctl version</c>.</summary>
internal static class VersionCommand
{
    public static Command Create()
    {
        var command = CtlCommands.New("version", "Prints the version of ecuctl.");
        command.SetAction(_ =>
        {
            var assembly = typeof(VersionCommand).Assembly;
            Console.WriteLine("ecuctl " + assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion);
            return ExitCode.Ok;
        });
        return command;
    }
}
