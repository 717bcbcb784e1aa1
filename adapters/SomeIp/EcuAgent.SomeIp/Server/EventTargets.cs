using System.Net;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Server;

/// <summary>An event of a service: its session id and who gets it.</summary>
internal sealed class EventTargets(SomeIpEventDescription description)
{
    private readonly Lock _lock = new();
    private ushort _session;

    internal SomeIpEventDescription Description { get; } = description;

    /// <summary>Replaced as a whole when subscribers change.</summary>
    internal volatile SocketAddress[] Udp = [];

    internal volatile TcpConnection[] Tcp = [];

    internal SomeIpSendOutcome Send(SomeIpHeader header, ReadOnlySpan<byte> payload, UdpSocket? udp)
    {
        var addresses = Udp;
        var connections = Tcp;
        if (addresses.Length + connections.Length == 0)
        {
            return SomeIpSendOutcome.NoSubscriber;
        }

        // Under the lock, so that session ids reach each subscriber in order.
        lock (_lock)
        {
            header = header with { SessionId = NextSession_NeedsLock() };
            var ok = true;
            foreach (var address in addresses)
            {
                ok &= udp!.Send(address, header, payload, Description.Tp);
            }

            foreach (var connection in connections)
            {
                ok &= connection.Send(header, payload);
            }

            return ok ? SomeIpSendOutcome.Sent : SomeIpSendOutcome.Failed;
        }
    }

    internal void SendInitial(SomeIpHeader header, ReadOnlySpan<byte> payload, UdpSocket? udp, IPEndPoint? to, TcpConnection? connection)
    {
        lock (_lock)
        {
            header = header with { SessionId = NextSession_NeedsLock() };
            if (Description.Transport == SomeIpTransport.Tcp)
            {
                connection?.Send(header, payload);
            }
            else if (to is not null)
            {
                udp!.Send(to.Serialize(), header, payload, Description.Tp);
            }
        }
    }

    private ushort NextSession_NeedsLock() => _session = _session == ushort.MaxValue ? (ushort)1 : (ushort)(_session + 1);
}
