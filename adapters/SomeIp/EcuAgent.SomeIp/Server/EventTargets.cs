using System.Net;
using EcuAgent.SomeIp.Transport;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Server;

/// <summary>An event of a service: its session id and who gets it.</summary>
internal sealed class EventTargets(SomeIpEventDescription description, SomeIpRuntime runtime)
{
    private readonly Lock _lock = new();
    private readonly ProtectedMessage? _protected = description.Protection is null ? null : new ProtectedMessage(description.Protection, runtime);

    /// <summary>The protected message that left last has the value that the field has now.</summary>
    private bool _hasFieldValue;
    private ushort _session;

    internal SomeIpEventDescription Description { get; } = description;

    /// <summary>Replaced as a whole when subscribers change.</summary>
    internal volatile SocketAddress[] Udp = [];

    internal volatile TcpConnection[] Tcp = [];

    internal SomeIpSendOutcome Send(SomeIpHeader header, ReadOnlySpan<byte> payload, UdpSocket? udp, bool isFieldValue)
    {
        var addresses = Udp;
        var connections = Tcp;
        if (addresses.Length + connections.Length == 0)
        {
            if (_protected is not null)
            {
                lock (_lock)
                {
                    _hasFieldValue = false;
                }
            }

            return SomeIpSendOutcome.NoSubscriber;
        }

        // Under the lock, so that session ids and counters reach each subscriber in order.
        lock (_lock)
        {
            if (_protected is null)
            {
                header = header with { SessionId = NextSession_NeedsLock() };
            }
            else if (TryProtect_NeedsLock(header, payload, udp))
            {
                _hasFieldValue = isFieldValue;
                header = _protected.Header;
                payload = _protected.Payload;
            }
            else
            {
                return SomeIpSendOutcome.Failed;
            }

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

    /// <summary>
    /// Sends a field's value to one subscriber. Under a protection that is the last transmission once more, byte for byte: it says what the others
    /// got last, and a counter of its own would be missing in their sequence. Only a value that nobody got yet is protected here.
    /// </summary>
    internal void SendInitial(SomeIpHeader header, ReadOnlySpan<byte> payload, UdpSocket? udp, IPEndPoint? to, TcpConnection? connection)
    {
        lock (_lock)
        {
            if (_protected is null)
            {
                header = header with { SessionId = NextSession_NeedsLock() };
            }
            else if (_hasFieldValue || TryProtect_NeedsLock(header, payload, udp))
            {
                _hasFieldValue = true;
                header = _protected.Header;
                payload = _protected.Payload;
            }
            else
            {
                return;
            }

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

    private bool TryProtect_NeedsLock(in SomeIpHeader header, ReadOnlySpan<byte> payload, UdpSocket? udp)
    {
        _hasFieldValue = false;

        // A message that cannot be sent at all must not take a counter: receivers would count it as lost.
        var size = _protected!.HeaderBytes + payload.Length;
        var fits = Description.Transport == SomeIpTransport.Tcp ? TcpConnection.Fits(size, runtime) : udp!.Fits(size, Description.Tp);
        return fits && _protected.TryMake(header with { SessionId = NextSession_NeedsLock() }, payload);
    }

    private ushort NextSession_NeedsLock() => _session = _session == ushort.MaxValue ? (ushort)1 : (ushort)(_session + 1);
}
