using System.Buffers;
using EcuAgent.SomeIp.Discovery;
using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp;

/// <summary>Checks or changes what a client wants to set; what is written to <paramref name="accepted"/> becomes the value.</summary>
public delegate SomeIpReturnCode SomeIpFieldSetter(ReadOnlySpan<byte> wanted, IBufferWriter<byte> accepted);

/// <summary>A value of a service that is read, set and told of.</summary>
public sealed class SomeIpField
{
    private readonly SomeIpService _service;
    private readonly Lock _lock = new();
    private byte[] _value;
    private int _length;

    internal SomeIpField(SomeIpService service, ushort? notifierId, ReadOnlySpan<byte> initial)
    {
        _service = service;
        NotifierId = notifierId;
        _value = initial.ToArray();
        _length = initial.Length;
    }

    internal ushort? NotifierId { get; }

    /// <summary>A copy of the value.</summary>
    public byte[] Value
    {
        get
        {
            lock (_lock)
            {
                return _value.AsSpan(0, _length).ToArray();
            }
        }
    }

    /// <summary>Sets the value and tells the subscribers. Allocates only when the value is longer than any before.</summary>
    public SomeIpSendOutcome Set(ReadOnlySpan<byte> value)
    {
        lock (_lock)
        {
            if (value.Length > _value.Length)
            {
                _value = new byte[value.Length];
            }

            value.CopyTo(_value);
            _length = value.Length;
            return NotifierId is { } id ? _service.Notify(id, value, isFieldValue: true) : SomeIpSendOutcome.NoSubscriber;
        }
    }

    internal SomeIpReturnCode Get(IBufferWriter<byte> response)
    {
        lock (_lock)
        {
            response.Write(_value.AsSpan(0, _length));
            return SomeIpReturnCode.Ok;
        }
    }

    internal void NotifyInitial(Subscriber subscriber)
    {
        lock (_lock)
        {
            _service.NotifyInitial(NotifierId!.Value, _value.AsSpan(0, _length), subscriber);
        }
    }
}
