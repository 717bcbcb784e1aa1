using System.Diagnostics;
using System.Globalization;

namespace EcuAgent.Bench.Memory;

/// <summary>An ECU in a process of its own that says its speed at a steady rate. Its stdin is its life line.</summary>
internal sealed class SpeedProcess : IDisposable
{
    private readonly Process _process;

    internal SpeedProcess(string program, params string[] arguments)
    {
        _process = Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        if (_process.StandardOutput.ReadLine() != "ready")
        {
            throw new InvalidOperationException($"the ECU '{string.Join(' ', arguments)}' did not start");
        }
    }

    /// <summary>Samples sent so far.</summary>
    internal long Sent()
    {
        _process.StandardInput.WriteLine();
        return long.Parse(
            _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("an ECU has ended by surprise"), CultureInfo.InvariantCulture);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
