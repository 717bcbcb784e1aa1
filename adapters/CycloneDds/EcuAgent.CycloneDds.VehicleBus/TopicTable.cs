using EcuAgent.VehicleBus;

namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>The QoS of every topic of the wire contract.</summary>
public static class TopicTable
{
    private static readonly Dictionary<string, DdsQos> Profiles = TopicContract.Topics.ToDictionary(t => t.Topic, ToQos, StringComparer.Ordinal);

    private static readonly Dictionary<string, DdsQos> PairProfiles =
        TopicContract.Topics.ToDictionary(t => t.Topic, t => ToQos(t) with { Ownership = Ownership(t) }, StringComparer.Ordinal);

    /// <summary>Names of all topics of the wire contract.</summary>
    public static IReadOnlyCollection<string> Names => Profiles.Keys;

    /// <summary>The QoS that readers request and writers offer on a topic.</summary>
    /// <param name="topic">Name.</param>
    /// <param name="isPair">
    /// Whether the service on this domain is a hot-standby pair: then the topics that must have one voice are owned exclusively, by both sides.
    /// </param>
    /// <exception cref="ArgumentException">The contract has no such topic.</exception>
    public static DdsQos Qos(string topic, bool isPair = false) => (isPair ? PairProfiles : Profiles)[TopicContract.Of(topic).Topic];

    private static DdsQos ToQos(TopicEntry entry) => new()
    {
        Reliability = entry.Reliability switch
        {
            "reliable" => DdsReliability.Reliable,
            "best-effort" => DdsReliability.BestEffort,
            var other => throw Refused(entry, "reliability", other),
        },
        Durability = entry.Durability switch
        {
            "volatile" => DdsDurability.Volatile,
            "transient-local" => DdsDurability.TransientLocal,
            var other => throw Refused(entry, "durability", other),
        },
        History = entry.History switch
        {
            "keep-last" => DdsHistory.KeepLast,
            "keep-all" => DdsHistory.KeepAll,
            var other => throw Refused(entry, "history", other),
        },
        HistoryDepth = entry.Depth ?? 1,
        ResourceLimits = entry.MaxSamples is { } most
            ? new DdsResourceLimits(most, DdsResourceLimits.Unlimited, DdsResourceLimits.Unlimited)
            : null,
        Deadline = Milliseconds(entry.DeadlineMs),
        Lifespan = Milliseconds(entry.LifespanMs),
    };

    private static DdsOwnership? Ownership(TopicEntry entry) => entry.StandbyOwnership switch
    {
        null => null,
        "exclusive" => DdsOwnership.Exclusive,
        var other => throw Refused(entry, "standbyOwnership", other),
    };

    private static TimeSpan? Milliseconds(int? value) => value is { } ms ? TimeSpan.FromMilliseconds(ms) : null;

    private static InvalidDataException Refused(TopicEntry entry, string member, string value) =>
        new($"idl/topics.json, topic '{entry.Topic}': {member} '{value}' is not known.");
}
