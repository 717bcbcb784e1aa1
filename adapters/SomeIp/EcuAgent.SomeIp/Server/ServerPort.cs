using System.Buffers;
using System.Net;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Server;

/// <summary>A UDP or TCP port with the services that are reached through it.</summary>
internal sealed class ServerPort : IMessageHandler, ITcpOwner, IDisposable
{
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? _response;

    private readonly SomeIpNode _node;
    private readonly TcpAcceptor? _acceptor;
    private readonly Lock _lock = new();
    private readonly List<TcpConnection> _connections = [];
    private Dictionary<ushort, SomeIpService> _services = [];

    internal ServerPort(SomeIpNode node, SomeIpTransport transport, int port)
    {
        _node = node;
        var endpoint = new IPEndPoint(node.Options.LocalAddress, port);
        if (transport == SomeIpTransport.Udp)
        {
            UdpSocket = UdpSocket.Bind(endpoint, $"server udp {endpoint}", node.Runtime, this);
            EndPoint = UdpSocket.LocalEndPoint;
        }
        else
        {
            _acceptor = new TcpAcceptor(endpoint, node.Runtime, Take);
            EndPoint = _acceptor.LocalEndPoint;
        }
    }

    internal IPEndPoint EndPoint { get; }

    internal UdpSocket? UdpSocket { get; }

    internal void Start()
    {
        UdpSocket?.Start();
        _acceptor?.Start();
    }

    /// <exception cref="SomeIpException">The port has this service already; instances of one service need ports of their own.</exception>
    internal void Add(SomeIpService service)
    {
        lock (_lock)
        {
            var services = new Dictionary<ushort, SomeIpService>(_services);
            if (!services.TryAdd(service.Description.ServiceId, service))
            {
                throw new SomeIpException($"{EndPoint} serves an instance of service {service.Description.ServiceId:X4} already.");
            }

            _services = services;
        }
    }

    /// <returns>No service is left.</returns>
    internal bool Remove(SomeIpService service)
    {
        lock (_lock)
        {
            _services = _services.Where(pair => pair.Value != service).ToDictionary();
            return _services.Count == 0;
        }
    }

    /// <summary>The connection that a client opened from this endpoint.</summary>
    internal TcpConnection? Find(IPEndPoint client)
    {
        lock (_lock)
        {
            return _connections.Find(connection => connection.IsConnected && connection.Remote.Equals(client));
        }
    }

    /// <summary>Closes the connections of an address that has restarted.</summary>
    internal void CloseConnections(IPAddress address)
    {
        TcpConnection[] stale;
        lock (_lock)
        {
            stale = [.. _connections.Where(connection => connection.Remote.Address.Equals(address))];
        }

        foreach (var connection in stale)
        {
            connection.Dispose();
        }
    }

    public void OnMessage(in MessageOrigin origin, in SomeIpHeader header, ReadOnlySpan<byte> payload)
    {
        if (header.ProtocolVersion != SomeIpHeader.SupportedProtocolVersion)
        {
            _node.Refuse(origin, header, SomeIpFault.WrongProtocolVersion, SomeIpReturnCode.WrongProtocolVersion);
        }
        else if (header.MessageType is not (SomeIpMessageType.Request or SomeIpMessageType.RequestNoReturn))
        {
            _node.Counters.Add(header.MessageType.IsKnown() ? SomeIpFault.WrongMessageType : SomeIpFault.UnknownMessageType);
        }
        else if (header.ReturnCode != SomeIpReturnCode.Ok)
        {
            _node.Counters.Add(SomeIpFault.WrongReturnCode);
        }
        else if (_services.TryGetValue(header.ServiceId, out var service))
        {
            service.OnRequest(origin, header, payload, _response ??= new ArrayBufferWriter<byte>());
        }
        else
        {
            _node.Refuse(origin, header, SomeIpFault.UnknownService, SomeIpReturnCode.UnknownService);
        }
    }

    public void Connected(TcpConnection connection)
    {
    }

    public void Closed(TcpConnection connection)
    {
        lock (_lock)
        {
            _connections.Remove(connection);
        }

        _node.LeaveConnection();
        _node.ClientGone(connection.Remote);
    }

    public void Dispose()
    {
        _acceptor?.Dispose();
        UdpSocket?.Dispose();
        TcpConnection[] open;
        lock (_lock)
        {
            open = [.. _connections];
        }

        foreach (var connection in open)
        {
            connection.Dispose();
            connection.Join();
        }
    }

    private void Take(System.Net.Sockets.Socket socket)
    {
        if (!_node.TryEnterConnection())
        {
            socket.Dispose();
            return;
        }

        var connection = TcpConnection.Take(socket, _node.Runtime, this, this);
        lock (_lock)
        {
            _connections.Add(connection);
        }

        connection.Start();
    }
}
