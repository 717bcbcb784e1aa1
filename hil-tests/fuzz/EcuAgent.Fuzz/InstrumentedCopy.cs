using System.Diagnostics;

namespace EcuAgent.Fuzz;

/// <summary>A copy of the program whose watched assemblies count their branches; deleted when disposed.</summary>
internal sealed class InstrumentedCopy : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ecuagent-fuzz-");

    internal InstrumentedCopy(string source)
    {
        foreach (var file in Directory.EnumerateFiles(source))
        {
            File.Copy(file, Path.Combine(_folder.FullName, Path.GetFileName(file)));
        }

        foreach (var name in FuzzTargets.Watched)
        {
            SharpFuzz.Fuzzer.Instrument(Path.Combine(_folder.FullName, name), static _ => true, SharpFuzz.Options.Value);
        }
    }

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Runs the copy with these arguments to its end.</summary>
    /// <returns>Its exit code.</returns>
    internal int Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { WorkingDirectory = Directory.GetCurrentDirectory() };
        start.ArgumentList.Add(Path.Combine(_folder.FullName, "EcuAgent.Fuzz.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment[Program.InstrumentedVariable] = "1";
        using var process = Process.Start(start)!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
