namespace EcuAgent.CycloneDds;

/// <summary>What readers have in common whatever their type.</summary>
public abstract class DdsReader : DdsEntity, IStatusListener, IDataListener
{
    private readonly DdsReaderHandlers? _handlers;
    private readonly MatchCounter _matched = new();
    private readonly Lock _waitSetsLock = new();
    private readonly List<DdsWaitSet> _waitSets = [];
    private uint _lost;
    private uint _rejected;
    private uint _deadlineMissed;
    private int _ready;
    private int _dataPending;

    private protected DdsReader(DdsTopic topic, DdsReaderHandlers? handlers)
        : base("reader of " + topic.TopicName, topic.Logger)
    {
        Topic = topic;
        _handlers = handlers;
    }

    /// <summary>The topic.</summary>
    public DdsTopic Topic { get; }

    /// <summary>Writers matched now.</summary>
    public int MatchedCount => _matched.Current;

    /// <summary>SAMPLE_LOST total.</summary>
    public uint SamplesLost => Volatile.Read(ref _lost);

    /// <summary>SAMPLE_REJECTED total.</summary>
    public uint SamplesRejected => Volatile.Read(ref _rejected);

    /// <summary>REQUESTED_DEADLINE_MISSED total.</summary>
    public uint DeadlinesMissed => Volatile.Read(ref _deadlineMissed);

    /// <summary>Completes when at least <paramref name="count"/> writers are matched.</summary>
    public Task WaitForMatchAsync(int count = 1, CancellationToken cancellationToken = default) => _matched.WaitAsync(count, cancellationToken);

    void IDataListener.OnDataAvailable()
    {
        if (Volatile.Read(ref _ready) == 0)
        {
            // The native reader is not usable before its creation has returned; the creating thread makes up for it.
            Interlocked.Exchange(ref _dataPending, 1);
            if (Volatile.Read(ref _ready) == 0 || Interlocked.Exchange(ref _dataPending, 0) == 0)
            {
                return;
            }
        }

        OnData();
    }

    void IStatusListener.OnMatched(DdsMatched status)
    {
        _matched.Set(status.CurrentCount);
        Log.Matched(Logger, Name, status.CurrentCount);
        Invoke(_handlers?.Matched, status, "subscription matched");
    }

    void IStatusListener.OnDeadlineMissed(DdsDeadlineMissed status)
    {
        Volatile.Write(ref _deadlineMissed, status.TotalCount);
        Invoke(_handlers?.DeadlineMissed, status, "requested deadline missed");
    }

    void IStatusListener.OnIncompatibleQos(DdsIncompatibleQos status)
    {
        Log.IncompatibleQos(Logger, Name, status.Policy, status.TotalCount);
        Invoke(_handlers?.IncompatibleQos, status, "requested incompatible QoS");
    }

    internal void OnLivelinessChanged(DdsLivelinessChanged status) => Invoke(_handlers?.LivelinessChanged, status, "liveliness changed");

    internal void OnSampleLost(DdsCount status)
    {
        Volatile.Write(ref _lost, status.TotalCount);
        Invoke(_handlers?.SampleLost, status, "sample lost");
    }

    internal void OnSampleRejected(DdsSampleRejected status)
    {
        Volatile.Write(ref _rejected, status.TotalCount);
        Invoke(_handlers?.SampleRejected, status, "sample rejected");
    }

    internal void AddWaitSet(DdsWaitSet waitSet)
    {
        lock (_waitSetsLock)
        {
            _waitSets.Add(waitSet);
        }
    }

    internal void RemoveWaitSet(DdsWaitSet waitSet)
    {
        lock (_waitSetsLock)
        {
            _waitSets.Remove(waitSet);
        }
    }

    /// <summary>Calls the data handler of the typed reader.</summary>
    private protected abstract void OnData();

    /// <summary>Called at the end of the constructor.</summary>
    private protected void SetReady()
    {
        Interlocked.Exchange(ref _ready, 1);
        if (Interlocked.Exchange(ref _dataPending, 0) == 1)
        {
            OnData();
        }
    }

    /// <inheritdoc/>
    private protected override void DisposeCore()
    {
        DdsWaitSet[] waitSets;
        lock (_waitSetsLock)
        {
            waitSets = [.. _waitSets];
        }

        foreach (var waitSet in waitSets)
        {
            waitSet.Detach(this);
        }

        Topic.Participant.Forget(this);
    }
}
