using System.Net;
using System.Net.Sockets;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

public sealed partial class SomeIpNode
{
    private static readonly TimeSpan MaxTimer = TimeSpan.FromDays(1);

    private void OnSdTimer()
    {
        lock (_sd)
        {
            if (!_disposed)
            {
                _engine.Advance(Now);
                Schedule_NeedsLock();
            }
        }
    }

    private void Schedule_NeedsLock()
    {
        var due = _engine.NextDue;
        var now = Now;
        _sdTimer.Change(
            due == TimeSpan.MaxValue ? Timeout.InfiniteTimeSpan : due <= now ? TimeSpan.Zero : due - now < MaxTimer ? due - now : MaxTimer,
            Timeout.InfiniteTimeSpan);
    }

    private SomeIpProxy? ProxyOf_NeedsLock(RequiredService required) => _proxies.Find(proxy => proxy.Required == required);

    private void SetRoute_NeedsLock(SomeIpProxy proxy, RemoteService? service)
    {
        SomeIpProxy.Route? route = null;
        if (service is not null)
        {
            route = new SomeIpProxy.Route(service, proxy.NeedsTcp && service.Tcp is not null ? Server_NeedsLock(service.Tcp) : null);
        }

        proxy.SetRoute(route);
        UpdateRoutes_NeedsLock();
        _notifier.Post(proxy);
    }

    private void UpdateRoutes_NeedsLock()
    {
        var routes = new Dictionary<(ushort, EndpointKey), SomeIpProxy[]>();
        foreach (var proxy in _proxies)
        {
            if (proxy.Required.Bound is not { } service)
            {
                continue;
            }

            foreach (var endpoint in new[] { service.Udp, service.Tcp }.OfType<IPEndPoint>())
            {
                var key = (service.ServiceId, EndpointKey.From(endpoint));
                routes[key] = [.. routes.GetValueOrDefault(key, []), proxy];
            }
        }

        _client.Routes = routes;
    }

    /// <summary>The connection to a server, begun if there is none; null when there are too many.</summary>
    private TcpConnection? Server_NeedsLock(IPEndPoint server)
    {
        if (_servers.TryGetValue(server, out var connection))
        {
            return connection;
        }

        if (!TryEnterConnection())
        {
            return null;
        }

        try
        {
            connection = TcpConnection.To(server, Runtime, _client, _client);
        }
        catch (SocketException e)
        {
            // No socket to be had: tried again at the next offer.
            Log.Tcp(Logger, null, server, e.Message);
            LeaveConnection();
            return null;
        }

        _servers.Add(server, connection);
        connection.Start();
        return connection;
    }

    private void OnServerConnection(TcpConnection connection, bool connected)
    {
        lock (_sd)
        {
            if (!connected)
            {
                LeaveConnection();
                if (_servers.GetValueOrDefault(connection.Remote) == connection)
                {
                    _servers.Remove(connection.Remote);
                }
            }

            // A connection that another one has replaced already is of no concern to the proxies.
            if (!_disposed && _servers.GetValueOrDefault(connection.Remote, connection) == connection)
            {
                UpdateProxies_NeedsLock(connection, connected);
                Schedule_NeedsLock();
            }
        }

        if (!connected)
        {
            Calls.Fail(connection.RemoteKey, connection, SomeIpCallOutcome.ConnectionLost);
        }
    }

    private void UpdateProxies_NeedsLock(TcpConnection connection, bool connected)
    {
        foreach (var proxy in _proxies.Where(proxy => proxy.NeedsTcp && connection.Remote.Equals(proxy.Required.Bound?.Tcp)).ToArray())
        {
            if (connected)
            {
                SetRoute_NeedsLock(proxy, proxy.Required.Bound);
                _engine.EndpointsReady(proxy.Required, Now);
            }
            else
            {
                // Without a connection until the next offer; that bounds how often an absent server is tried.
                proxy.SetRoute(new SomeIpProxy.Route(proxy.Required.Bound!, null));
                _engine.ConnectionLost(proxy.Required);
                _notifier.Post(proxy);
            }
        }
    }

    private void Join_NeedsLock(IPEndPoint group)
    {
        if (_groups.ContainsKey(group) || _groups.Count >= Options.MaxMulticastGroups)
        {
            return;
        }

        try
        {
            var socket = UdpSocket.Join(group, $"group {group}", Runtime, _client);
            _groups.Add(group, socket);
            socket.Start();
        }
        catch (SomeIpException e)
        {
            Log.JoinFailed(Logger, group, (e.InnerException as SocketException)?.SocketErrorCode ?? default);
        }
    }

    /// <summary>What the engine tells and asks; always called with the lock held.</summary>
    private sealed class Host(SomeIpNode node) : ISdHost
    {
        public void Send(IPEndPoint? peer, ReadOnlySpan<byte> message) => node._sdUnicast.SendRaw(peer?.Serialize() ?? node._sdGroup, message);

        public void Up(RequiredService required, RemoteService service)
        {
            Log.ServiceUp(node.Logger, service.ServiceId, service.InstanceId, service.Peer);
            if (node.ProxyOf_NeedsLock(required) is { } proxy)
            {
                node.SetRoute_NeedsLock(proxy, service);
            }
        }

        public void Down(RequiredService required, RemoteService service, ServiceDownReason reason)
        {
            Log.ServiceDown(node.Logger, service.ServiceId, service.InstanceId, service.Peer, reason);
            if (node.ProxyOf_NeedsLock(required) is { } proxy)
            {
                node.SetRoute_NeedsLock(proxy, null);
            }

            if (service.Udp is not null)
            {
                node.Calls.Fail(EndpointKey.From(service.Udp), null, SomeIpCallOutcome.ConnectionLost);
            }
        }

        public void Renewed(RequiredService required, RemoteService service)
        {
            // An offer is the occasion to connect again.
            if (service.Tcp is not null && node.ProxyOf_NeedsLock(required) is { NeedsTcp: true } && !node._servers.ContainsKey(service.Tcp))
            {
                node.Server_NeedsLock(service.Tcp);
            }
        }

        public bool TryGetEndpoints(ClientSubscription subscription, RemoteService service, List<SdOption> options)
        {
            var transports = node.ProxyOf_NeedsLock(subscription.Service)?.Subscriptions.Find(known => known.Inner == subscription)?.Options.Transports;
            if (transports is null)
            {
                return false;
            }

            if (transports.Contains(SomeIpTransport.Udp))
            {
                if (service.Udp is null)
                {
                    return false;
                }

                options.Add(SdEndpointOption.Unicast(node.ClientUdp.LocalEndPoint, SdTransport.Udp));
            }

            if (transports.Contains(SomeIpTransport.Tcp))
            {
                if (service.Tcp is null || node.Server_NeedsLock(service.Tcp) is not { IsConnected: true, Local: { } local })
                {
                    return false;
                }

                options.Add(SdEndpointOption.Unicast(local, SdTransport.Tcp));
            }

            return true;
        }

        public void SubscriptionChanged(ClientSubscription subscription, IPEndPoint? multicast)
        {
            if (multicast is not null)
            {
                node.Join_NeedsLock(multicast);
            }

            if (node.ProxyOf_NeedsLock(subscription.Service)?.Subscriptions.Find(known => known.Inner == subscription) is not { } found ||
                found.State == subscription.State)
            {
                return;
            }

            if (subscription is { State: SubscriptionState.Refused, Service.Bound: { } service })
            {
                Log.SubscriptionRefused(node.Logger, service.ServiceId, service.InstanceId, subscription.EventgroupId, service.Peer);
            }

            found.SetState(subscription.State);
            node._notifier.Post(found);
        }

        public bool IsTcpConnected(OfferedService service, IPEndPoint client) =>
            node._services.Find(known => known.Offered == service)?.Tcp?.Find(client) is not null;

        public void SubscribersChanged(OfferedService service)
        {
            Log.Subscribers(node.Logger, service.ServiceId, service.InstanceId, service.Eventgroups.Values.Sum(static group => group.Subscribers.Count));
            node._services.Find(known => known.Offered == service)?.UpdateTargets();
        }

        public void SendInitial(OfferedService service, OfferedEventgroup group, Subscriber subscriber) =>
            node._services.Find(known => known.Offered == service)?.SendFields(group, subscriber);

        public void Rebooted(IPEndPoint peer)
        {
            Log.PeerRebooted(node.Logger, peer);
            foreach (var port in node._ports.Values)
            {
                port.CloseConnections(peer.Address);
            }

            foreach (var connection in node._servers.Values.Where(connection => connection.Remote.Address.Equals(peer.Address)).ToArray())
            {
                node._servers.Remove(connection.Remote);
                connection.Dispose();
            }
        }
    }

    /// <summary>Service discovery messages of one socket.</summary>
    private sealed class SdReceiver(SomeIpNode node, bool multicast) : IMessageHandler
    {
        public void OnMessage(in MessageOrigin origin, in SomeIpHeader header, ReadOnlySpan<byte> payload)
        {
            var source = origin.Key.ToEndPoint(node.Options.LocalAddress.AddressFamily);
            lock (node._sd)
            {
                if (!node._disposed)
                {
                    node._engine.Receive(header, payload, source, multicast, node.Now);
                    node.Schedule_NeedsLock();
                }
            }
        }
    }

    /// <summary>Answers and events, from every client socket.</summary>
    private sealed class ClientReceiver(SomeIpNode node) : IMessageHandler, ITcpOwner
    {
        /// <summary>Proxies by service and server endpoint; replaced as a whole.</summary>
        internal volatile Dictionary<(ushort ServiceId, EndpointKey Server), SomeIpProxy[]> Routes = [];

        public void OnMessage(in MessageOrigin origin, in SomeIpHeader header, ReadOnlySpan<byte> payload)
        {
            if (header.ProtocolVersion != SomeIpHeader.SupportedProtocolVersion)
            {
                node.Counters.Add(SomeIpFault.WrongProtocolVersion);
                return;
            }

            switch (header.MessageType)
            {
                case SomeIpMessageType.Notification:
                    OnEvent(origin, header, payload);
                    break;
                case SomeIpMessageType.Response or SomeIpMessageType.Exception:
                    OnAnswer(origin, header, payload);
                    break;
                default:
                    node.Counters.Add(header.MessageType.IsKnown() ? SomeIpFault.WrongMessageType : SomeIpFault.UnknownMessageType);
                    break;
            }
        }

        public void Connected(TcpConnection connection) => node.OnServerConnection(connection, connected: true);

        public void Closed(TcpConnection connection) => node.OnServerConnection(connection, connected: false);

        private void OnEvent(in MessageOrigin origin, in SomeIpHeader header, ReadOnlySpan<byte> payload)
        {
            if (header.ReturnCode != SomeIpReturnCode.Ok)
            {
                node.Counters.Add(SomeIpFault.WrongReturnCode);
                return;
            }

            var taken = false;
            if (Routes.TryGetValue((header.ServiceId, origin.Key), out var proxies))
            {
                foreach (var proxy in proxies)
                {
                    if (proxy.Required.Bound?.MajorVersion is { } version && version != header.InterfaceVersion)
                    {
                        node.Counters.Add(SomeIpFault.WrongInterfaceVersion);
                        return;
                    }

                    taken |= proxy.TryDeliver(header, payload);
                }
            }

            if (!taken)
            {
                node.Counters.Add(SomeIpFault.UnexpectedEvent);
            }
        }

        private void OnAnswer(in MessageOrigin origin, in SomeIpHeader header, ReadOnlySpan<byte> payload)
        {
            if (node.Calls.Take(origin, header) is { } call)
            {
                call.Complete(header.ReturnCode, payload);
            }
            else
            {
                node.Counters.Add(SomeIpFault.UnexpectedResponse);
            }
        }
    }
}
