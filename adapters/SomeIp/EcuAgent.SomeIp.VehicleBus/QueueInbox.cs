using EcuAgent.Signals;
using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>Messages in the order of arrival. When it is full the newest is refused: the older ones were said first, and a sender repeats or gives up.</summary>
internal sealed class QueueInbox<T>(IncomingTopic<T> topic, string name, int capacity, Action arrived, Action<BusWarning> warn) : TopicInbox, ISampleSink<T>
    where T : unmanaged
{
    private readonly Lock _lock = new();
    private readonly (T Sample, E2eStatus E2e)[] _waiting = new (T, E2eStatus)[capacity];
    private int _first;
    private int _count;
    private long _lost;
    private long _refused;

    public override long Lost => Interlocked.Read(ref _lost);

    public override long Refused => Interlocked.Read(ref _refused);

    public void OnSample(in T sample, E2eStatus e2e)
    {
        lock (_lock)
        {
            if (_count < _waiting.Length)
            {
                _waiting[(_first + _count) % _waiting.Length] = (sample, e2e);
                _count++;
            }
            else
            {
                Interlocked.Increment(ref _lost);
                warn(new BusWarning(BusWarningKind.SampleRejected, name, "QUEUE_FULL"));
            }
        }

        arrived();
    }

    public void OnDamaged() => Interlocked.Increment(ref _refused);

    public override bool Take(int most)
    {
        for (var taken = 0; taken < most; taken++)
        {
            T sample;
            E2eStatus e2e;
            lock (_lock)
            {
                if (_count == 0)
                {
                    return false;
                }

                (sample, e2e) = _waiting[_first];
                _first = (_first + 1) % _waiting.Length;
                _count--;
            }

            topic.Take(in sample, e2e);
        }

        lock (_lock)
        {
            return _count > 0;
        }
    }
}
