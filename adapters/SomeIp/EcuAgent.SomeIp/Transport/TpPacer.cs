using System.Buffers;
using System.Net;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Transport;

/// <summary>Sends one datagram; false when the socket did not take it.</summary>
internal delegate bool DatagramSender(SocketAddress to, ReadOnlySpan<byte> datagram);

/// <summary>
/// The messages of one socket that TP may cut: one queue, sent burst by burst. Bounded; what does not fit is dropped and counted. Thread-safe; allocates
/// nothing once its places and buffers are there.
/// </summary>
internal sealed class TpPacer : IDisposable
{
    private readonly TpPacing _pacing;
    private readonly SomeIpCounters _counters;
    private readonly DatagramSender _send;
    private readonly Lock _lock = new();
    private readonly Place[] _places;
    private readonly byte[] _datagram = new byte[SomeIpHeader.Size + SomeIpHeader.MaxUdpPayload];
    private readonly ITimer _timer;
    private int _first;
    private int _count;
    private int _bytes;

    /// <summary>A burst has left and the time after it is not over.</summary>
    private bool _waits;
    private bool _disposed;

    internal TpPacer(TpPacing pacing, SomeIpCounters counters, TimeProvider time, DatagramSender send)
    {
        _pacing = pacing;
        _counters = counters;
        _send = send;
        _places = new Place[pacing.QueueMessages];
        _timer = time.CreateTimer(static pacer => ((TpPacer)pacer!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>False when the message was dropped, which is counted.</summary>
    internal bool TryAdd(SocketAddress to, in SomeIpHeader header, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            if (_disposed || _count == _places.Length || payload.Length > _pacing.QueueBytes - _bytes)
            {
                _counters.Add(_disposed ? SomeIpFault.SendFailed : SomeIpFault.TpQueueFull);
                return false;
            }

            var place = _places[(_first + _count) % _places.Length] ??= new Place();
            place.Take(to, header, payload);
            _count++;
            _bytes += payload.Length;
            if (!_waits)
            {
                SendBurst_NeedsLock();
            }

            return true;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            while (_count > 0)
            {
                _counters.Add(SomeIpFault.SendFailed);
                Leave_NeedsLock(_places[_first]);
            }
        }

        _timer.Dispose();
    }

    private void OnTimer()
    {
        lock (_lock)
        {
            _waits = false;
            if (_count > 0)
            {
                SendBurst_NeedsLock();
            }
        }
    }

    private void SendBurst_NeedsLock()
    {
        for (var i = 0; i < _pacing.BurstSegments && _count > 0; i++)
        {
            var place = _places[_first];

            // A segment that is lost makes the rest of its message useless.
            if (!_send(place.To, place.Next(_datagram)) || place.IsDone)
            {
                Leave_NeedsLock(place);
            }
        }

        _waits = true;
        _timer.Change(_pacing.SeparationTime, Timeout.InfiniteTimeSpan);
    }

    private void Leave_NeedsLock(Place place)
    {
        _bytes -= place.Bytes;
        place.Leave();
        _first = (_first + 1) % _places.Length;
        _count--;
    }

    /// <summary>One message and how much of it has left.</summary>
    private sealed class Place
    {
        private SocketAddress? _to;
        private SomeIpHeader _header;
        private byte[] _payload = [];
        private int _sent;

        internal SocketAddress To => _to!;

        internal int Bytes { get; private set; }

        internal bool IsDone { get; private set; }

        internal void Take(SocketAddress to, in SomeIpHeader header, ReadOnlySpan<byte> payload)
        {
            // A copy: the address of an answer belongs to the loop that received its request.
            if (_to is null || _to.Family != to.Family || _to.Buffer.Length < to.Size)
            {
                _to = new SocketAddress(to.Family, to.Size);
            }

            to.Buffer.Span[..to.Size].CopyTo(_to.Buffer.Span);
            _to.Size = to.Size;
            _header = header;
            _payload = ArrayPool<byte>.Shared.Rent(payload.Length);
            payload.CopyTo(_payload);
            Bytes = payload.Length;
            _sent = 0;
            IsDone = false;
        }

        internal ReadOnlySpan<byte> Next(Span<byte> datagram)
        {
            var payload = _payload.AsSpan(0, Bytes);
            if (Bytes <= SomeIpHeader.MaxUdpPayload)
            {
                _header.Write(datagram);
                payload.CopyTo(datagram[SomeIpHeader.Size..]);
                IsDone = true;
                return datagram[..(SomeIpHeader.Size + Bytes)];
            }

            var segmenter = new TpSegmenter(_header, payload, offset: _sent);
            segmenter.TryWriteNext(datagram, out var written);
            _sent = segmenter.Offset;
            IsDone = segmenter.Offset == Bytes;
            return datagram[..written];
        }

        internal void Leave()
        {
            ArrayPool<byte>.Shared.Return(_payload);
            _payload = [];
            Bytes = 0;
        }
    }
}
