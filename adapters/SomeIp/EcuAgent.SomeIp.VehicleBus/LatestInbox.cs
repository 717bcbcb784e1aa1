using EcuAgent.Idl;
using EcuAgent.Signals;
using EcuAgent.VehicleBus;

namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>
/// The newest samples of each source. When a source sends faster than they are taken, its own oldest one is overwritten, and no other's: a flood
/// of one sender starves nobody. A source beyond <see cref="MaxSources"/> is refused and counted.
/// </summary>
internal sealed class LatestInbox<T> : TopicInbox, ISampleSink<T>
    where T : unmanaged
{
    /// <summary>Sources of one topic; VehicleState counts four of a signal.</summary>
    public const int MaxSources = 8;

    private readonly Lock _lock = new();
    private readonly IncomingTopic<T> _topic;
    private readonly string _name;
    private readonly TimeSpan? _deadline;
    private readonly TimeProvider _time;
    private readonly Action _arrived;
    private readonly Source[] _sources = new Source[MaxSources];
    private int _count;
    private int _turn;
    private int _waiting;
    private long _lost;
    private long _refused;

    public LatestInbox(IncomingTopic<T> topic, string name, int depth, TimeSpan? deadline, TimeProvider time, Action arrived)
    {
        _topic = topic;
        _name = name;
        _deadline = deadline;
        _time = time;
        _arrived = arrived;
        for (var i = 0; i < MaxSources; i++)
        {
            _sources[i].Kept = new (T, E2eStatus)[depth];
        }
    }

    public override long Lost => Interlocked.Read(ref _lost);

    public override long Refused => Interlocked.Read(ref _refused);

    public void OnSample(in T sample, E2eStatus e2e)
    {
        lock (_lock)
        {
            var index = Find_NeedsLock(in _topic.SourceOf(in sample));
            if (index < 0)
            {
                Interlocked.Increment(ref _refused);
                return;
            }

            Add_NeedsLock(ref _sources[index], in sample, e2e);
        }

        _arrived();
    }

    /// <summary>Whoever sent it, the newest word of each source of this topic can no longer be relied on.</summary>
    public void OnDamaged()
    {
        lock (_lock)
        {
            if (_count == 0)
            {
                Interlocked.Increment(ref _refused);
                return;
            }

            for (var i = 0; i < _count; i++)
            {
                var last = _sources[i].Last;
                Add_NeedsLock(ref _sources[i], in last, E2eStatus.Failed);
            }
        }

        _arrived();
    }

    public void OnServiceGone()
    {
        lock (_lock)
        {
            for (var i = 0; i < _count; i++)
            {
                _sources[i].IsGone = true;
                _sources[i].IsGoneUntold = true;
            }

            _waiting += _count;
        }

        _arrived();
    }

    public override bool Take(int most)
    {
        for (var taken = 0; taken < most; taken++)
        {
            if (!TryNext(out var sample, out var e2e, out var isGone))
            {
                return false;
            }

            if (isGone)
            {
                _topic.SourceGone(in sample);
            }
            else
            {
                _topic.Take(in sample, e2e);
            }
        }

        return Volatile.Read(ref _waiting) > 0;
    }

    public override void CheckDeadline(Action<BusWarning> warn)
    {
        if (_deadline is not { } deadline)
        {
            return;
        }

        var missed = 0;
        var now = _time.GetTimestamp();
        lock (_lock)
        {
            for (var i = 0; i < _count; i++)
            {
                if (!_sources[i].IsGone && _time.GetElapsedTime(_sources[i].HeardAt, now) > deadline)
                {
                    _sources[i].HeardAt = now;
                    missed++;
                }
            }
        }

        for (; missed > 0; missed--)
        {
            warn(new BusWarning(BusWarningKind.DeadlineMissed, _name, "DEADLINE"));
        }
    }

    private bool TryNext(out T sample, out E2eStatus e2e, out bool isGone)
    {
        sample = default;
        e2e = default;
        isGone = false;
        if (Volatile.Read(ref _waiting) == 0)
        {
            return false;
        }

        lock (_lock)
        {
            // In turn, so that a flooded source cannot starve the others of its topic.
            for (var i = 0; i < _count; i++)
            {
                _turn = (_turn + 1) % _count;
                ref var source = ref _sources[_turn];
                if (source.Count > 0)
                {
                    (sample, e2e) = source.Kept[source.First];
                    source.First = (source.First + 1) % source.Kept.Length;
                    source.Count--;
                    _waiting--;
                    return true;
                }

                if (source.IsGoneUntold)
                {
                    source.IsGoneUntold = false;
                    sample = source.Last;
                    isGone = true;
                    _waiting--;
                    return true;
                }
            }

            _waiting = 0;
            return false;
        }
    }

    private int Find_NeedsLock(in BoundedString32 name)
    {
        for (var i = 0; i < _count; i++)
        {
            if (_topic.SourceOf(in _sources[i].Last) == name)
            {
                return i;
            }
        }

        return _count < MaxSources ? _count++ : -1;
    }

    private void Add_NeedsLock(ref Source source, in T sample, E2eStatus e2e)
    {
        if (source.IsGoneUntold)
        {
            // It is back before anybody heard that it was gone, and this sample says more.
            source.IsGoneUntold = false;
            _waiting--;
        }

        if (source.Count == source.Kept.Length)
        {
            source.First = (source.First + 1) % source.Kept.Length;
            source.Count--;
            _waiting--;
            Interlocked.Increment(ref _lost);
        }

        source.Kept[(source.First + source.Count) % source.Kept.Length] = (sample, e2e);
        source.Count++;
        source.Last = sample;
        source.IsGone = false;
        source.HeardAt = _time.GetTimestamp();
        _waiting++;
    }

    private struct Source
    {
        public (T Sample, E2eStatus E2e)[] Kept;
        public int First;
        public int Count;
        public T Last;
        public bool IsGone;
        public bool IsGoneUntold;
        public long HeardAt;
    }
}
