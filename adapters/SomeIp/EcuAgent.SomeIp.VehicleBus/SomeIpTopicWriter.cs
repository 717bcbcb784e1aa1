using EcuAgent.SomeIp.Services;
using EcuAgent.SomeIp.TypeSupport;
using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>One place of a topic, on its way out. Thread-safe; allocates nothing for a sample.</summary>
internal abstract class SomeIpTopicWriter<T>(MappedTopic topic, TimeProvider time, Action<BusWarning> warn) : ITopicWriter<T>
    where T : unmanaged, ISomeIpType<T>
{
    private readonly Lock _lock = new();
    private readonly byte[] _payload = new byte[T.MaxSomeIpBytes];
    private readonly RateLimit _rate = new(topic.MaxRateHz, time);
    private int _length;
    private bool _isOwed;

    /// <inheritdoc/>
    public abstract bool HasPeer { get; }

    /// <summary>Whether the newest value is sent later when it comes too early: the value of a field, but no message.</summary>
    protected abstract bool KeepsValue { get; }

    /// <inheritdoc/>
    public bool TryWrite(in T sample)
    {
        lock (_lock)
        {
            if (!SomeIpPayload.TryWrite(in sample, _payload, out _length, out var fault))
            {
                _isOwed = false;
                warn(new BusWarning(BusWarningKind.Malformed, topic.Topic, Enum.GetName(fault) ?? ""));
                return false;
            }

            if (!_rate.TryEnter())
            {
                _isOwed = KeepsValue;
                warn(new BusWarning(BusWarningKind.RateExceeded, topic.Topic, ""));
                return _isOwed;
            }

            return Send_NeedsLock();
        }
    }

    /// <summary>Sends what came too early, as soon as the rate allows.</summary>
    public void SendOwed()
    {
        lock (_lock)
        {
            if (_isOwed && _rate.TryEnter())
            {
                Send_NeedsLock();
            }
        }
    }

    /// <inheritdoc/>
    public void Release(in T key)
    {
        // No ownership on SOME/IP.
    }

    protected abstract SomeIpSendOutcome Send(ReadOnlySpan<byte> payload);

    private bool Send_NeedsLock()
    {
        _isOwed = false;

        // That nobody listens is no failure; what was not sent, or not to all, the node has counted and logged.
        return Send(_payload.AsSpan(0, _length)) is SomeIpSendOutcome.Sent or SomeIpSendOutcome.NoSubscriber;
    }
}
