namespace EcuAgent.CycloneDds;

/// <summary>What writers have in common whatever their type.</summary>
public abstract class DdsWriter : DdsEntity, IStatusListener
{
    private readonly DdsWriterHandlers? _handlers;
    private readonly MatchCounter _matched = new();

    private protected DdsWriter(DdsTopic topic, DdsWriterHandlers? handlers)
        : base("writer of " + topic.TopicName, topic.Logger)
    {
        Topic = topic;
        _handlers = handlers;
    }

    /// <summary>The topic.</summary>
    public DdsTopic Topic { get; }

    /// <summary>Readers matched now.</summary>
    public int MatchedCount => _matched.Current;

    /// <summary>Completes when at least <paramref name="count"/> readers are matched.</summary>
    public Task WaitForMatchAsync(int count = 1, CancellationToken cancellationToken = default) => _matched.WaitAsync(count, cancellationToken);

    /// <summary>Waits until all matched reliable readers have acknowledged what was written.</summary>
    /// <returns>False when <paramref name="timeout"/> passed first.</returns>
    public bool WaitForAcknowledgments(TimeSpan timeout)
    {
        var result = Interop.dds_wait_for_acks(Handle, NativeQos.Nanoseconds(timeout, nameof(timeout)));
        if (result == (int)DdsReturnCode.Timeout)
        {
            return false;
        }

        DdsException.ThrowIfError(result, nameof(Interop.dds_wait_for_acks), Name);
        return true;
    }

    /// <summary>A sign of life for a writer with manual-by-topic liveliness, without a sample.</summary>
    public void AssertLiveliness() => DdsException.ThrowIfError(Interop.dds_assert_liveliness(Handle), nameof(Interop.dds_assert_liveliness), Name);

    void IStatusListener.OnMatched(DdsMatched status)
    {
        _matched.Set(status.CurrentCount);
        Log.Matched(Logger, Name, status.CurrentCount);
        Invoke(_handlers?.Matched, status, "publication matched");
    }

    void IStatusListener.OnDeadlineMissed(DdsDeadlineMissed status) => Invoke(_handlers?.DeadlineMissed, status, "offered deadline missed");

    void IStatusListener.OnIncompatibleQos(DdsIncompatibleQos status)
    {
        Log.IncompatibleQos(Logger, Name, status.Policy, status.TotalCount);
        Invoke(_handlers?.IncompatibleQos, status, "offered incompatible QoS");
    }

    internal void OnLivelinessLost(DdsCount status) => Invoke(_handlers?.LivelinessLost, status, "liveliness lost");

    /// <inheritdoc/>
    private protected override void DisposeCore() => Topic.Participant.Forget(this);
}
