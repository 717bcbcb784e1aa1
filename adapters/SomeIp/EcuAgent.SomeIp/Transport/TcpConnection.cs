using System.Net;
using System.Net.Sockets;
using EcuAgent.SomeIp.Wire;
using Microsoft.Extensions.Logging;

namespace EcuAgent.SomeIp.Transport;

/// <summary>
/// A TCP connection, taken or made, with a thread that receives and one that sends. What waits to be sent is bounded: a message that does
/// not fit is dropped and counted.
/// </summary>
internal sealed class TcpConnection : IDisposable
{
    private const int FirstQueueBytes = 4096;

    private readonly Socket _socket;
    private readonly bool _isClient;
    private readonly SomeIpRuntime _runtime;
    private readonly IMessageHandler _handler;
    private readonly ITcpOwner _owner;
    private readonly Thread _receiver;
    private readonly Thread _sender;
    private readonly object _gate = new();
    private byte[] _filling = new byte[FirstQueueBytes];
    private byte[] _sending = new byte[FirstQueueBytes];
    private int _filled;
    private bool _closed;

    private TcpConnection(Socket socket, IPEndPoint remote, bool isClient, SomeIpRuntime runtime, IMessageHandler handler, ITcpOwner owner)
    {
        _socket = socket;
        _isClient = isClient;
        _runtime = runtime;
        _handler = handler;
        _owner = owner;
        Remote = remote;
        RemoteKey = EndpointKey.From(remote);
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        _receiver = new Thread(Run) { IsBackground = true, Name = $"someip tcp {remote}" };
        _sender = new Thread(SendLoop) { IsBackground = true, Name = $"someip tcp {remote} out" };
    }

    internal IPEndPoint Remote { get; }

    internal EndpointKey RemoteKey { get; }

    /// <summary>Own side, once connected.</summary>
    internal IPEndPoint? Local { get; private set; }

    internal bool IsConnected => Local is not null && !Volatile.Read(ref _closed);

    /// <summary>A connection that a listener took; <see cref="Start"/> it.</summary>
    internal static TcpConnection Take(Socket socket, SomeIpRuntime runtime, IMessageHandler handler, ITcpOwner owner) =>
        new(socket, (IPEndPoint)socket.RemoteEndPoint!, isClient: false, runtime, handler, owner) { Local = (IPEndPoint)socket.LocalEndPoint! };

    /// <summary>A connection to be made; <see cref="Start"/> connects in the background.</summary>
    internal static TcpConnection To(IPEndPoint remote, SomeIpRuntime runtime, IMessageHandler handler, ITcpOwner owner)
    {
        var socket = new Socket(remote.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(runtime.Options.LocalAddress, 0));
        return new(socket, remote, isClient: true, runtime, handler, owner);
    }

    internal void Start() => _receiver.Start();

    /// <summary>False, and counted, when no connection could ever take a message of this size.</summary>
    internal static bool Fits(int payloadBytes, SomeIpRuntime runtime)
    {
        if (MagicCookie.Size + SomeIpHeader.Size + payloadBytes <= runtime.Options.TcpSendQueueBytes)
        {
            return true;
        }

        runtime.Counters.Add(SomeIpFault.TcpQueueFull);
        return false;
    }

    /// <summary>Queues one message. False when it does not fit or the connection is gone.</summary>
    internal bool Send(in SomeIpHeader header, ReadOnlySpan<byte> payload)
    {
        var size = SomeIpHeader.Size + payload.Length;
        lock (_gate)
        {
            if (_closed || Local is null)
            {
                _runtime.Counters.Add(SomeIpFault.SendFailed);
                return false;
            }

            var start = _filled == 0 && _runtime.Options.SendMagicCookies ? MagicCookie.Size : _filled;
            if (!TryGrow(start + size))
            {
                _runtime.Counters.Add(SomeIpFault.TcpQueueFull);
                return false;
            }

            if (start != _filled)
            {
                (_isClient ? MagicCookie.OfClient : MagicCookie.OfServer).CopyTo(_filling);
            }

            header.Write(_filling.AsSpan(start));
            payload.CopyTo(_filling.AsSpan(start + SomeIpHeader.Size));
            _filled = start + size;
            Monitor.Pulse(_gate);
        }

        _runtime.Counters.Sent();
        return true;
    }

    /// <summary>Closes; the threads end by themselves.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }

        _socket.Dispose();
    }

    /// <summary>Waits for the threads, unless called by one of them.</summary>
    internal void Join()
    {
        if (Thread.CurrentThread == _receiver || Thread.CurrentThread == _sender)
        {
            return;
        }

        foreach (var thread in (ReadOnlySpan<Thread>)[_receiver, _sender])
        {
            if (thread.IsAlive)
            {
                thread.Join();
            }
        }
    }

    private bool TryGrow(int size)
    {
        if (size <= _filling.Length)
        {
            return true;
        }

        if (size > _runtime.Options.TcpSendQueueBytes)
        {
            return false;
        }

        Array.Resize(ref _filling, Math.Min(Math.Max(size, _filling.Length * 2), _runtime.Options.TcpSendQueueBytes));
        return true;
    }

    private void Run()
    {
        try
        {
            if (_isClient)
            {
                _socket.Connect(Remote);
                Local = (IPEndPoint)_socket.LocalEndPoint!;
            }

            _sender.Start();
            _owner.Connected(this);
            Receive();
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            Log.Tcp(_runtime.Logger, Local, Remote, e.Message);
        }
        finally
        {
            Dispose();
            _owner.Closed(this);
        }
    }

    private void Receive()
    {
        var reader = new SomeIpStreamReader(_runtime.Options.MaxTcpMessageBytes);
        var origin = new MessageOrigin(this);
        while (!reader.IsLost)
        {
            var received = _socket.Receive(reader.FreeSpace, SocketFlags.None);
            if (received == 0)
            {
                if (reader.PendingBytes > 0)
                {
                    _runtime.Counters.Add(SomeIpFault.StreamEndedInMessage);
                }

                return;
            }

            reader.Advance(received);
            ReadMessages(reader, origin);
        }

        _runtime.Counters.Add(SomeIpFault.StreamLost);
    }

    private void ReadMessages(SomeIpStreamReader reader, in MessageOrigin origin)
    {
        while (true)
        {
            if (reader.TryRead(out var header, out var payload, out var fault))
            {
                _runtime.Counters.Received();
                if (header.MessageType.IsTp())
                {
                    _runtime.Counters.Add(SomeIpFault.TpOverTcp);
                }
                else
                {
                    _handler.OnMessage(origin, header, payload);
                }
            }
            else if (fault != SomeIpFault.None)
            {
                _runtime.Counters.Add(fault);
                if (reader.IsLost)
                {
                    return;
                }
            }
            else
            {
                return;
            }
        }
    }

    private void SendLoop()
    {
        while (true)
        {
            int size;
            lock (_gate)
            {
                while (_filled == 0 && !_closed)
                {
                    Monitor.Wait(_gate);
                }

                if (_closed)
                {
                    return;
                }

                (_filling, _sending) = (_sending, _filling);
                size = _filled;
                _filled = 0;
            }

            try
            {
                for (var sent = 0; sent < size;)
                {
                    sent += _socket.Send(_sending.AsSpan(sent..size), SocketFlags.None);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                _runtime.Counters.Add(SomeIpFault.SendFailed);
                Dispose();
                return;
            }
        }
    }
}
