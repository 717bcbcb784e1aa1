using System.Net;
using System.Net.Sockets;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>Passes bytes on to a server that the test can exchange between two connections.</summary>
internal sealed class Relay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();

    private Relay(Uri target) => Target = target;

    /// <summary>Where new connections lead.</summary>
    internal Uri Target { get; set; }

    /// <summary>Connections taken so far.</summary>
    internal int Connections { get; private set; }

    internal string Base => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/acp";

    internal static Task<Relay> StartAsync(Uri target)
    {
        var relay = new Relay(target);
        relay._listener.Start();
        _ = relay.AcceptAsync();
        return Task.FromResult(relay);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                Connections++;
                _ = PassOnAsync(client, Target, _stop.Token);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static async Task PassOnAsync(TcpClient client, Uri target, CancellationToken stop)
    {
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, target.Port, stop);
                var there = client.GetStream().CopyToAsync(server.GetStream(), stop);
                var back = server.GetStream().CopyToAsync(client.GetStream(), stop);
                await await Task.WhenAny(there, back);
            }
            catch (Exception error) when (error is IOException or SocketException or OperationCanceledException)
            {
                // One side tore the connection down; so does this, for the other.
                client.LingerState = new LingerOption(true, 0);
            }
        }
    }
}
