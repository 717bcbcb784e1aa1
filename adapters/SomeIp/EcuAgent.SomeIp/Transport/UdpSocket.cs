using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using EcuAgent.SomeIp.Wire;
using Microsoft.Extensions.Logging;

namespace EcuAgent.SomeIp.Transport;

/// <summary>A UDP socket with a receive loop on its own thread. Receiving and sending allocate nothing.</summary>
internal sealed class UdpSocket : IDisposable
{
    private const int MaxDatagram = 65536;
    private const int MaxFailuresInARow = 100;

    private readonly Socket _socket;
    private readonly IMessageHandler _handler;
    private readonly TpReassembler _tp;
    private readonly TpLimits _tpLimits;
    private readonly TpPacer? _pacer;
    private readonly SomeIpCounters _counters;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly string _name;
    private readonly Thread _thread;
    private volatile bool _disposed;

    private UdpSocket(Socket socket, string name, SomeIpRuntime runtime, IMessageHandler handler)
    {
        _socket = socket;
        _name = name;
        _handler = handler;
        _counters = runtime.Counters;
        _time = runtime.Time;
        _logger = runtime.Logger;
        _tpLimits = runtime.Options.TpLimits;
        _tp = new TpReassembler(_tpLimits, _counters);
        _pacer = runtime.Options.TpPacing.SeparationTime > TimeSpan.Zero ? new TpPacer(runtime.Options.TpPacing, _counters, _time, SendRaw) : null;
        LocalEndPoint = (IPEndPoint)socket.LocalEndPoint!;
        _thread = new Thread(Loop) { IsBackground = true, Name = "someip " + name };
    }

    internal IPEndPoint LocalEndPoint { get; }

    /// <exception cref="SomeIpException">The endpoint cannot be bound.</exception>
    internal static UdpSocket Bind(IPEndPoint endpoint, string name, SomeIpRuntime runtime, IMessageHandler handler) =>
        Create(endpoint, name, runtime, handler, static (socket, runtime, endpoint) =>
        {
            SetMulticastInterface(socket, runtime.Options);
            socket.Bind(endpoint);
        });

    /// <summary>Hears one group on the interface of the node and nothing else.</summary>
    /// <exception cref="SomeIpException">The group cannot be joined.</exception>
    internal static UdpSocket Join(IPEndPoint group, string name, SomeIpRuntime runtime, IMessageHandler handler) =>
        Create(Scoped(group, runtime.Options), name, runtime, handler, static (socket, runtime, group) =>
        {
            var local = runtime.Options.LocalAddress;
            socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
            if (OperatingSystem.IsLinux() && group.AddressFamily == AddressFamily.InterNetwork)
            {
                // IP_MULTICAST_ALL off: not also what other sockets of this machine have joined on other interfaces.
                socket.SetRawSocketOption(0, 49, BitConverter.GetBytes(0));
            }

            // Bound to the group itself nothing else arrives; Windows knows no such binding.
            socket.Bind(OperatingSystem.IsWindows() ? new IPEndPoint(local, group.Port) : group);
            if (group.AddressFamily == AddressFamily.InterNetworkV6)
            {
                socket.SetSocketOption(SocketOptionLevel.IPv6, SocketOptionName.AddMembership, new IPv6MulticastOption(group.Address, InterfaceIndex(local)));
            }
            else
            {
                socket.SetSocketOption(SocketOptionLevel.IP, SocketOptionName.AddMembership, new MulticastOption(group.Address, local));
            }
        });

    /// <summary>IPv6 groups of an interface or link (ff01, ff02) are only a place to send to together with their interface.</summary>
    internal static IPEndPoint Scoped(IPEndPoint group, SomeIpNodeOptions options)
    {
        if (group.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return group;
        }

        var bytes = group.Address.GetAddressBytes();
        return (bytes[1] & 0xF) is 1 or 2 ? new IPEndPoint(new IPAddress(bytes, InterfaceIndex(options.LocalAddress)), group.Port) : group;
    }

    internal void Start() => _thread.Start();

    /// <summary>
    /// Sends one message, or queues it where TP is paced; above 1400 bytes of payload as TP segments where allowed. False when it was not sent, which is
    /// counted.
    /// </summary>
    internal bool Send(SocketAddress to, in SomeIpHeader header, ReadOnlySpan<byte> payload, bool allowTp)
    {
        if (allowTp && _pacer is not null)
        {
            // Short ones as well: they must not overtake a long one of the same event that is still on its way.
            return Fits(payload.Length, allowTp) && _pacer.TryAdd(to, header, payload);
        }

        var datagram = DatagramScratch.Buffer;
        if (payload.Length <= SomeIpHeader.MaxUdpPayload)
        {
            header.Write(datagram);
            payload.CopyTo(datagram.AsSpan(SomeIpHeader.Size));
            return SendRaw(to, datagram.AsSpan(0, SomeIpHeader.Size + payload.Length));
        }

        if (!Fits(payload.Length, allowTp))
        {
            return false;
        }

        var segmenter = new TpSegmenter(header, payload);
        while (segmenter.TryWriteNext(datagram, out var written))
        {
            if (!SendRaw(to, datagram.AsSpan(0, written)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>False, and counted, when a message of this size cannot be sent.</summary>
    internal bool Fits(int payloadBytes, bool allowTp)
    {
        if (payloadBytes <= (allowTp ? Math.Max(_tpLimits.MaxMessageBytes, SomeIpHeader.MaxUdpPayload) : SomeIpHeader.MaxUdpPayload))
        {
            return true;
        }

        _counters.Add(SomeIpFault.TooLargeForUdp);
        return false;
    }

    internal bool SendRaw(SocketAddress to, ReadOnlySpan<byte> datagram)
    {
        try
        {
            _socket.SendTo(datagram, SocketFlags.None, to);
            _counters.Sent();
            return true;
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _counters.Add(SomeIpFault.SendFailed);
            if (e is SocketException error)
            {
                Log.SocketError(_logger, _name, error.SocketErrorCode);
            }

            return false;
        }
    }

    public void Dispose()
    {
        _disposed = true;
        _pacer?.Dispose();
        _socket.Dispose();
        if (_thread.IsAlive && Thread.CurrentThread != _thread)
        {
            _thread.Join();
        }
    }

    private static UdpSocket Create(
        IPEndPoint endpoint, string name, SomeIpRuntime runtime, IMessageHandler handler, Action<Socket, SomeIpRuntime, IPEndPoint> setUp)
    {
        var socket = new Socket(endpoint.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.ReceiveBufferSize = runtime.Options.ReceiveBufferBytes;
            if (OperatingSystem.IsWindows())
            {
                // SIO_UDP_CONNRESET off: a peer that is gone must not make the next receive fail.
                socket.IOControl(-1744830452, new byte[4], null);
            }

            setUp(socket, runtime, endpoint);
            return new UdpSocket(socket, name, runtime, handler);
        }
        catch (SocketException e)
        {
            socket.Dispose();
            throw new SomeIpException($"UDP {endpoint} on {runtime.Options.LocalAddress} cannot be used: {e.SocketErrorCode}.", e);
        }
    }

    private static void SetMulticastInterface(Socket socket, SomeIpNodeOptions options)
    {
        var v6 = options.LocalAddress.AddressFamily == AddressFamily.InterNetworkV6;
        var level = v6 ? SocketOptionLevel.IPv6 : SocketOptionLevel.IP;
        if (v6)
        {
            socket.SetSocketOption(level, SocketOptionName.MulticastInterface, (int)InterfaceIndex(options.LocalAddress));
        }
        else
        {
            socket.SetSocketOption(level, SocketOptionName.MulticastInterface, options.LocalAddress.GetAddressBytes());
        }

        socket.SetSocketOption(level, SocketOptionName.MulticastLoopback, true);
        socket.SetSocketOption(level, SocketOptionName.MulticastTimeToLive, options.MulticastTtl);
    }

    private static long InterfaceIndex(IPAddress local)
    {
        foreach (var nic in NetworkInterface.GetAllNetworkInterfaces())
        {
            var properties = nic.GetIPProperties();
            if (properties.UnicastAddresses.Any(address => address.Address.Equals(local)))
            {
                return properties.GetIPv6Properties().Index;
            }
        }

        throw new SomeIpException($"No interface has the address {local}.");
    }

    private void Loop()
    {
        try
        {
            Receive();
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // A loop that ends leaves the node deaf; it must not pass unseen.
            Log.LoopEnded(_logger, e, _name);
        }
        finally
        {
            _tp.Dispose();
        }
    }

    private void Receive()
    {
        var buffer = new byte[MaxDatagram];
        var from = new SocketAddress(LocalEndPoint.AddressFamily);
        var size = from.Size;
        var failures = 0;
        while (!_disposed)
        {
            int received;
            try
            {
                from.Size = size;
                received = _socket.ReceiveFrom(buffer, SocketFlags.None, from);
                failures = 0;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                if (_disposed)
                {
                    return;
                }

                _counters.Add(SomeIpFault.ReceiveFailed);
                if (++failures > MaxFailuresInARow)
                {
                    throw;
                }

                continue;
            }

            try
            {
                OnDatagram(buffer.AsSpan(0, received), from);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // Whatever one datagram brings about, the next one must be heard.
                _counters.Add(SomeIpFault.HandlerFailed);
                Log.HandlerFailed(_logger, e, 0, 0);
            }
        }
    }

    private void OnDatagram(ReadOnlySpan<byte> datagram, SocketAddress from)
    {
        var key = EndpointKey.From(from);
        var origin = new MessageOrigin(this, from, key);
        var reader = new SomeIpDatagramReader(datagram);
        SomeIpFault fault;
        while (reader.TryRead(out var header, out var payload, out fault))
        {
            _counters.Received();
            if (!header.MessageType.IsTp())
            {
                _handler.OnMessage(origin, header, payload);
            }
            else if (!header.MessageType.IsKnown() || header.ProtocolVersion != SomeIpHeader.SupportedProtocolVersion)
            {
                _counters.Add(header.MessageType.IsKnown() ? SomeIpFault.WrongProtocolVersion : SomeIpFault.UnknownMessageType);
            }
            else if (_tp.TryAdd(key, header, payload, _time.GetElapsedTime(0), out var whole, out var wholePayload))
            {
                _handler.OnMessage(origin, whole, wholePayload);
            }
        }

        if (fault != SomeIpFault.None)
        {
            _counters.Add(fault);
        }
    }
}
