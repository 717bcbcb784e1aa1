namespace EcuAgent.CycloneDds.Peer;

/// <summary>The kinds of QoS that the wire contract uses, by name, so that both processes mean the same.</summary>
public static class QosProfiles
{
    /// <summary>Profile by name.</summary>
    public static IReadOnlyDictionary<string, DdsQos> All { get; } = new Dictionary<string, DdsQos>
    {
        ["signal-on-change"] = DdsQos.ReliableLatestTransientLocal,
        ["signal-cyclic"] = DdsQos.ReliableLatest with { Deadline = TimeSpan.FromSeconds(5) },
        ["camera-event"] = DdsQos.ReliableLatest with { HistoryDepth = 16 },
        ["utterance"] = new()
        {
            Reliability = DdsReliability.Reliable,
            MaxBlockingTime = TimeSpan.FromSeconds(1),
            History = DdsHistory.KeepAll,
            ResourceLimits = new(64, DdsResourceLimits.Unlimited, DdsResourceLimits.Unlimited),
        },
        ["confirmation"] = DdsQos.ReliableLatest with { HistoryDepth = 8 },
        ["command"] = DdsQos.ReliableLatest with { HistoryDepth = 8, Lifespan = TimeSpan.FromSeconds(30), Durability = DdsDurability.Volatile },
        ["outcome"] = DdsQos.ReliableLatest with { HistoryDepth = 32 },
        ["status"] = DdsQos.ReliableLatestTransientLocal with { Liveliness = DdsLiveliness.Automatic, LivelinessLease = TimeSpan.FromSeconds(2) },
        ["single-source"] = DdsQos.ReliableLatest with
        {
            Ownership = DdsOwnership.Exclusive,
            OwnershipStrength = 5,
            DestinationOrder = DdsDestinationOrder.BySourceTimestamp,
            Partitions = ["car"],
        },
    };
}
