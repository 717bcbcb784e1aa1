using System.Diagnostics;

namespace EcuAgent.CycloneDds.Tests;

/// <summary>A real second process. Disposed in good order by the end of its stdin, or killed.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    internal static string DotnetHost =>
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ??
        (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");

    internal static async Task<PeerProcess> StartAsync(uint domainId, params string[] arguments)
    {
        var start = new ProcessStartInfo(DotnetHost) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "EcuAgent.CycloneDds.Peer.dll"));
        start.ArgumentList.Add(domainId.ToString());
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var peer = new PeerProcess(Process.Start(start)!);
        Assert.Equal("ready", await peer._process.StandardOutput.ReadLineAsync().WaitAsync(Domains.Watchdog));
        return peer;
    }

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
            if (!_process.WaitForExit(Domains.Watchdog))
            {
                Kill();
            }
        }

        _process.Dispose();
    }
}
