namespace EcuAgent.CycloneDds;

/// <summary>A topic: a name and a type.</summary>
public abstract class DdsTopic : DdsEntity
{
    private readonly Action<DdsInconsistentTopic>? _onInconsistent;
    private long _inconsistentPeers;

    private protected DdsTopic(DdsParticipant participant, string topicName, string typeName, Action<DdsInconsistentTopic>? onInconsistent)
        : base("topic " + topicName, participant.Logger)
    {
        Participant = participant;
        TopicName = topicName;
        TypeName = typeName;
        _onInconsistent = onInconsistent;
    }

    /// <summary>Name on the wire.</summary>
    public string TopicName { get; }

    /// <summary>Type name on the wire, for example <c>ecu::v1::Gear</c>.</summary>
    public string TypeName { get; }

    /// <summary>Peers seen that use the name with another type.</summary>
    public long InconsistentPeers => Interlocked.Read(ref _inconsistentPeers);

    internal DdsParticipant Participant { get; }

    internal void OnInconsistent(DdsEndpoint peer)
    {
        var count = Interlocked.Increment(ref _inconsistentPeers);
        CycloneDds.Log.InconsistentTopic(Logger, Name, peer.TypeName, TypeName);
        Invoke(_onInconsistent, new DdsInconsistentTopic(TopicName, TypeName, peer.TypeName, peer.IsWriter, count), "inconsistent topic");
    }

    /// <inheritdoc/>
    private protected override void DisposeCore() => Participant.Forget(this);
}
