using EcuAgent.E2E;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Protection;

/// <summary>
/// Checks one protected message of one sender, from within the handler that receives it. Thread-safe, since an event may come on the threads of two sockets;
/// allocates only for a message longer than any before.
/// </summary>
public sealed class E2eReception
{
    private readonly Lock _lock = new();
    private readonly E2eReceiver _receiver;
    private readonly int _headerBytes;
    private readonly int _longest;
    private byte[] _message = [];
    private int _generation;

    /// <summary>Starts without any message.</summary>
    /// <param name="options">What the sender protects with; the offset is that of SOME/IP, 8.</param>
    /// <param name="window">Counts of the state machine; null: its defaults.</param>
    /// <exception cref="ArgumentException">An option cannot be used; the message names each with its value.</exception>
    public E2eReception(E2eOptions options, E2eWindowOptions? window = null)
    {
        SomeIpOffset.Check(options);
        _receiver = new E2eReceiver(options, window ?? new E2eWindowOptions());
        _headerBytes = options.HeaderBytes;
        _longest = options.MaxLengthBytes;
    }

    /// <summary>The state after the last check.</summary>
    public E2eState State
    {
        get
        {
            lock (_lock)
            {
                return _receiver.State;
            }
        }
    }

    /// <summary>Checks an event as its handler got it; starts anew by itself with each generation of the event's source.</summary>
    /// <param name="received">The event, with the E2E header in front of its payload.</param>
    /// <param name="data">What follows the E2E header; empty when the message is too short to have one. To be used when the verdict says so.</param>
    public E2eVerdict Receive(scoped in SomeIpEvent received, out ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            // Two sockets may overtake each other: only a later generation counts.
            if (received.Generation - _generation > 0)
            {
                _generation = received.Generation;
                _receiver.Reset();
            }

            return Receive_NeedsLock(received.Header, received.Payload, out data);
        }
    }

    /// <summary>Checks a request as its handler got it. Whoever knows that the sender restarted calls <see cref="Reset"/>.</summary>
    /// <param name="header">Its SOME/IP header, of which the bytes from the Request ID on are protected.</param>
    /// <param name="payload">Its payload with the E2E header in front.</param>
    /// <param name="data">What follows the E2E header; empty when the message is too short to have one. To be used when the verdict says so.</param>
    public E2eVerdict Receive(scoped in SomeIpHeader header, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> data)
    {
        lock (_lock)
        {
            return Receive_NeedsLock(header, payload, out data);
        }
    }

    /// <summary>The time of a check has come and no message with it; for receivers that look at fixed times.</summary>
    public E2eVerdict NoNewData()
    {
        lock (_lock)
        {
            return _receiver.NoNewData();
        }
    }

    /// <summary>Starts anew: the sender is known to have done so.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _receiver.Reset();
        }
    }

    private E2eVerdict Receive_NeedsLock(scoped in SomeIpHeader header, ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> data)
    {
        data = payload.Length >= _headerBytes ? payload[_headerBytes..] : default;

        // Refused by its length either way, and a sender must not choose how much is kept.
        return _receiver.Receive(payload.Length > _longest - SomeIpE2e.OffsetBytes ? default : Protected_NeedsLock(header, payload));
    }

    private ReadOnlySpan<byte> Protected_NeedsLock(in SomeIpHeader header, ReadOnlySpan<byte> payload)
    {
        var size = SomeIpHeader.Size + payload.Length;
        if (size > _message.Length)
        {
            _message = new byte[size];
        }

        header.Write(_message);
        payload.CopyTo(_message.AsSpan(SomeIpHeader.Size));
        return SomeIpE2e.Protected(_message.AsSpan(0, size));
    }
}
