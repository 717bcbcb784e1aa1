using System.Net;
using EcuAgent.SomeIp.Client;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Server;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EcuAgent.SomeIp;

/// <summary>
/// One participant of a SOME/IP network on one address: offers services, finds and calls those of others. It does not find its own services;
/// several nodes in one process need an address each (127.0.0.1, 127.0.0.2, and so on).
/// </summary>
public sealed partial class SomeIpNode : IDisposable
{
    private readonly Lock _sd = new();
    private readonly SdEngine _engine;
    private readonly ITimer _sdTimer;
    private readonly UdpSocket _sdUnicast;
    private readonly UdpSocket _sdMulticast;
    private readonly SocketAddress _sdGroup;
    private readonly Notifier _notifier;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Dictionary<(SomeIpTransport Transport, int Port), ServerPort> _ports = [];
    private readonly List<SomeIpService> _services = [];
    private readonly List<SomeIpProxy> _proxies = [];
    private readonly Dictionary<IPEndPoint, TcpConnection> _servers = [];
    private readonly Dictionary<IPEndPoint, UdpSocket> _groups = [];
    private readonly ClientReceiver _client;
    private int _runningMethods;
    private int _tcpConnections;
    private bool _disposed;

    private SomeIpNode(SomeIpRuntime runtime)
    {
        Runtime = runtime;
        var options = runtime.Options;
        Calls = new PendingCalls(runtime);
        _notifier = new Notifier(runtime);
        _client = new ClientReceiver(this);
        var own = new IPEndPoint(options.LocalAddress, options.SdPort);
        _engine = new SdEngine(
            new SdEngineOptions { Own = own, Timings = options.Timings, Limits = options.SdLimits, SubnetPrefixLength = options.PrefixLength },
            Random.Shared, new Host(this), runtime.Counters);
        _sdGroup = UdpSocket.Scoped(new IPEndPoint(options.SdGroup, options.SdPort), options).Serialize();
        _sdTimer = runtime.Time.CreateTimer(static node => ((SomeIpNode)node!).OnSdTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _sdUnicast = UdpSocket.Bind(own, "sd", runtime, new SdReceiver(this, multicast: false));
        try
        {
            _sdMulticast = UdpSocket.Join(new IPEndPoint(options.SdGroup, options.SdPort), "sd group", runtime, new SdReceiver(this, multicast: true));
            try
            {
                ClientUdp = UdpSocket.Bind(new IPEndPoint(options.LocalAddress, options.ClientUdpPort), "client udp", runtime, _client);
            }
            catch
            {
                _sdMulticast.Dispose();
                throw;
            }
        }
        catch
        {
            _sdUnicast.Dispose();
            throw;
        }
    }

    public SomeIpNodeOptions Options => Runtime.Options;

    public SomeIpCounters Counters => Runtime.Counters;

    /// <summary>Where events and answers over UDP arrive.</summary>
    public IPEndPoint ClientEndPoint => ClientUdp.LocalEndPoint;

    internal SomeIpRuntime Runtime { get; }

    internal ILogger Logger => Runtime.Logger;

    internal TimeProvider Time => Runtime.Time;

    internal PendingCalls Calls { get; }

    internal UdpSocket ClientUdp { get; }

    internal CancellationToken Stopping => _stopping.Token;

    internal TimeSpan Now => Time.GetElapsedTime(0);

    /// <summary>Opens the sockets and begins to listen.</summary>
    /// <exception cref="SomeIpException">An option is out of range, or an endpoint cannot be bound.</exception>
    public static SomeIpNode Start(SomeIpNodeOptions? options = null, ILoggerFactory? loggerFactory = null, TimeProvider? time = null)
    {
        options ??= new SomeIpNodeOptions();
        options.Validate();
        var logger = (loggerFactory ?? NullLoggerFactory.Instance).CreateLogger<SomeIpNode>();
        var node = new SomeIpNode(new SomeIpRuntime(options, new SomeIpCounters(logger), time ?? TimeProvider.System, logger));
        node._sdUnicast.Start();
        node._sdMulticast.Start();
        node.ClientUdp.Start();
        Log.Started(logger, options.LocalAddress, options.SdPort, options.SdGroup);
        return node;
    }

    /// <summary>Prepares a service; it is offered once started.</summary>
    /// <exception cref="SomeIpException">The description does not hold together, or a port cannot be bound.</exception>
    public SomeIpService CreateService(SomeIpServiceDescription description)
    {
        description.Validate();
        lock (_sd)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var service = new SomeIpService(this, description, Port(SomeIpTransport.Udp, description.UdpPort), Port(SomeIpTransport.Tcp, description.TcpPort));
            service.Udp?.Add(service);
            try
            {
                service.Tcp?.Add(service);
            }
            catch (SomeIpException)
            {
                service.Udp?.Remove(service);
                throw;
            }

            _services.Add(service);
            return service;
        }
    }

    /// <summary>Looks for a service until the proxy is disposed.</summary>
    public SomeIpProxy CreateProxy(SomeIpProxyOptions options)
    {
        lock (_sd)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var proxy = new SomeIpProxy(this, options);
            _proxies.Add(proxy);
            _engine.Require(proxy.Required, Now);
            Schedule_NeedsLock();
            return proxy;
        }
    }

    /// <summary>Takes back all offers and subscriptions, ends all calls and closes the sockets.</summary>
    public void Dispose()
    {
        lock (_sd)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            _engine.Shutdown(Now);
            foreach (var proxy in _proxies)
            {
                proxy.SetRoute(null);
            }
        }

        _stopping.Cancel();
        _sdTimer.Dispose();
        _sdUnicast.Dispose();
        _sdMulticast.Dispose();
        foreach (var port in _ports.Values)
        {
            port.Dispose();
        }

        TcpConnection[] connections;
        UdpSocket[] groups;
        lock (_sd)
        {
            connections = [.. _servers.Values];
            groups = [.. _groups.Values];
        }

        foreach (var connection in connections)
        {
            connection.Dispose();
            connection.Join();
        }

        foreach (var group in groups)
        {
            group.Dispose();
        }

        ClientUdp.Dispose();
        Calls.Dispose();
        _stopping.Dispose();
    }

    internal void StartOffer(SomeIpService service)
    {
        lock (_sd)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (service.Offered.Phases.Phase == SdPhase.Down)
            {
                _engine.Offer(service.Offered, Now);
                Schedule_NeedsLock();
            }
        }
    }

    internal void StopOffer(SomeIpService service)
    {
        lock (_sd)
        {
            if (!_disposed && service.Offered.Phases.Phase != SdPhase.Down)
            {
                _engine.StopOffer(service.Offered, Now);
                Schedule_NeedsLock();
            }
        }
    }

    internal void Remove(SomeIpService service)
    {
        StopOffer(service);
        var unused = new List<ServerPort>();
        lock (_sd)
        {
            if (_disposed || !_services.Remove(service))
            {
                return;
            }

            foreach (var port in new[] { service.Udp, service.Tcp }.OfType<ServerPort>())
            {
                if (port.Remove(service))
                {
                    _ports.Remove((port == service.Udp ? SomeIpTransport.Udp : SomeIpTransport.Tcp, port.EndPoint.Port));
                    unused.Add(port);
                }
            }
        }

        // Outside of the lock: their threads may wait for it.
        foreach (var port in unused)
        {
            port.Dispose();
        }
    }

    internal SomeIpSubscription Subscribe(SomeIpProxy proxy, SomeIpSubscriptionOptions options)
    {
        options.Validate();
        lock (_sd)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);

            // Proxies of one service that subscribe to the same group are told apart by the counter.
            var used = _proxies.Where(other => other.Required.ServiceId == proxy.Required.ServiceId).SelectMany(static other => other.Subscriptions)
                .Where(other => other.EventgroupId == options.EventgroupId).Select(static other => other.Inner.Counter).ToHashSet();
            var counter = Enumerable.Range(0, 16).FirstOrDefault(candidate => !used.Contains((byte)candidate), -1);
            if (counter < 0)
            {
                throw new SomeIpException($"Service {proxy.Required.ServiceId:X4}: eventgroup {options.EventgroupId:X4} has 16 subscriptions already.");
            }

            var inner = new ClientSubscription(proxy.Required, options.EventgroupId) { Counter = (byte)counter, SilenceLimit = options.SilenceLimit };
            var subscription = new SomeIpSubscription(this, proxy, inner, options);
            proxy.Subscriptions.Add(subscription);
            proxy.UpdateWatched();
            proxy.StartsAnew();
            _engine.Subscribe(inner, Now);
            Schedule_NeedsLock();
            return subscription;
        }
    }

    internal void Unsubscribe(SomeIpSubscription subscription)
    {
        lock (_sd)
        {
            if (!_disposed && subscription.Proxy.Subscriptions.Remove(subscription))
            {
                subscription.Proxy.UpdateWatched();
                _engine.Unsubscribe(subscription.Inner);
                subscription.SetState(SubscriptionState.Waiting);
                Schedule_NeedsLock();
            }
        }
    }

    internal void Release(SomeIpProxy proxy)
    {
        lock (_sd)
        {
            if (_disposed || !_proxies.Remove(proxy))
            {
                return;
            }

            _engine.Release(proxy.Required);
            proxy.Subscriptions.Clear();
            proxy.UpdateWatched();
            proxy.SetRoute(null);
            UpdateRoutes_NeedsLock();
            Schedule_NeedsLock();
        }
    }

    /// <summary>Counts, and answers a request; errors are never answered with errors, nor is fire and forget.</summary>
    internal void Refuse(in MessageOrigin origin, in SomeIpHeader request, SomeIpFault fault, SomeIpReturnCode code)
    {
        Counters.Add(fault);
        if (request.MessageType == SomeIpMessageType.Request && request.ReturnCode == SomeIpReturnCode.Ok)
        {
            origin.Send(
                request with
                {
                    Length = SomeIpHeader.LengthOfEmpty,
                    ProtocolVersion = SomeIpHeader.SupportedProtocolVersion,
                    MessageType = SomeIpMessageType.Exception,
                    ReturnCode = code,
                },
                default,
                allowTp: false);
        }
    }

    internal bool TryEnterMethod()
    {
        if (Interlocked.Increment(ref _runningMethods) <= Options.MaxRunningMethods)
        {
            return true;
        }

        LeaveMethod();
        return false;
    }

    internal void LeaveMethod() => Interlocked.Decrement(ref _runningMethods);

    internal bool TryEnterConnection()
    {
        if (Interlocked.Increment(ref _tcpConnections) <= Options.MaxTcpConnections)
        {
            return true;
        }

        LeaveConnection();
        Counters.Add(SomeIpFault.TcpConnectionsFull);
        return false;
    }

    internal void LeaveConnection() => Interlocked.Decrement(ref _tcpConnections);

    /// <summary>A client's TCP connection has ended.</summary>
    internal void ClientGone(IPEndPoint client)
    {
        lock (_sd)
        {
            if (!_disposed)
            {
                _engine.TcpClosed(client);
                Schedule_NeedsLock();
            }
        }
    }

    private ServerPort? Port(SomeIpTransport transport, int? port)
    {
        if (port is not { } number)
        {
            return null;
        }

        if (number == 0 || !_ports.TryGetValue((transport, number), out var found))
        {
            found = new ServerPort(this, transport, number);
            _ports.Add((transport, found.EndPoint.Port), found);
            found.Start();
        }

        return found;
    }
}
