using System.Diagnostics;
using System.Globalization;

namespace EcuAgent.Bench.Service;

/// <summary>This program again as another process, in a role of <see cref="Peer"/>. Its stdin is its life line.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    internal PeerProcess(string role, uint domainId)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(PeerProcess).Assembly.Location);
        }

        start.ArgumentList.Add("peer");
        start.ArgumentList.Add(role);
        start.ArgumentList.Add(domainId.ToString(CultureInfo.InvariantCulture));
        _process = Process.Start(start)!;
    }

    internal void Say(string line) => _process.StandardInput.WriteLine(line);

    /// <summary>The next line that the peer prints.</summary>
    internal string Hear() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the peer process has ended by surprise");

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
