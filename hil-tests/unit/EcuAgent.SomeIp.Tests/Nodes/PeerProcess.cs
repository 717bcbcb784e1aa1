using System.Diagnostics;

namespace EcuAgent.SomeIp.Tests.Nodes;

/// <summary>A real second process. Disposed in good order by the end of its stdin, or killed.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process) => _process = process;

    internal static string DotnetHost => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ??
        (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet");

    internal static async Task<PeerProcess> StartAsync(byte host, int sdPort, int port, byte field, int offerTtlSeconds)
    {
        var start = new ProcessStartInfo(DotnetHost) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "EcuAgent.SomeIp.Peer.dll"), Network.Address(host).ToString(), $"{sdPort}", $"{port}", $"{field}", $"{offerTtlSeconds}" })
        {
            start.ArgumentList.Add(argument);
        }

        var peer = new PeerProcess(Process.Start(start)!);
        Assert.Equal("ready", await peer._process.StandardOutput.ReadLineAsync().WaitAsync(Network.Watchdog));
        return peer;
    }

    internal void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>In good order. Returns the exit code.</summary>
    internal int Stop()
    {
        _process.StandardInput.Close();
        Assert.True(_process.WaitForExit(Network.Watchdog), "the peer does not end");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            Kill();
        }

        _process.Dispose();
    }
}
