using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;

namespace EcuAgent.SomeIp.Transport;

/// <summary>Takes TCP connections on one port, on its own thread.</summary>
internal sealed class TcpAcceptor : IDisposable
{
    private const int MaxFailuresInARow = 100;

    private readonly Socket _socket;
    private readonly Action<Socket> _taken;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private volatile bool _disposed;

    /// <exception cref="SomeIpException">The endpoint cannot be bound.</exception>
    internal TcpAcceptor(IPEndPoint endpoint, SomeIpRuntime runtime, Action<Socket> taken)
    {
        _taken = taken;
        _logger = runtime.Logger;
        _socket = new Socket(endpoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            _socket.Bind(endpoint);
            _socket.Listen();
        }
        catch (SocketException e)
        {
            _socket.Dispose();
            throw new SomeIpException($"TCP {endpoint} cannot be used: {e.SocketErrorCode}.", e);
        }

        LocalEndPoint = (IPEndPoint)_socket.LocalEndPoint!;
        _thread = new Thread(Loop) { IsBackground = true, Name = $"someip tcp listen {endpoint}" };
    }

    internal IPEndPoint LocalEndPoint { get; }

    internal void Start() => _thread.Start();

    public void Dispose()
    {
        _disposed = true;
        _socket.Dispose();
        if (_thread.IsAlive)
        {
            _thread.Join();
        }
    }

    private void Loop()
    {
        for (var failures = 0; !_disposed;)
        {
            try
            {
                _taken(_socket.Accept());
                failures = 0;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (_disposed)
                {
                    return;
                }

                if (++failures > MaxFailuresInARow)
                {
                    Log.LoopEnded(_logger, e, _thread.Name!);
                    return;
                }
            }
        }
    }
}
