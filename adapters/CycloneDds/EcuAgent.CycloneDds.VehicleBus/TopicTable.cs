using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.CycloneDds.VehicleBus;

/// <summary>The QoS of every topic, read from <c>idl/topics.json</c>, the one place where it is written down.</summary>
public static class TopicTable
{
    private static readonly Dictionary<string, DdsQos> Profiles = Load(isPair: false);
    private static readonly Dictionary<string, DdsQos> PairProfiles = Load(isPair: true);

    /// <summary>Names of all topics of the wire contract.</summary>
    public static IReadOnlyCollection<string> Names => Profiles.Keys;

    /// <summary>The QoS that readers request and writers offer on a topic.</summary>
    /// <param name="topic">Name.</param>
    /// <param name="isPair">
    /// Whether the service on this domain is a hot-standby pair: then the topics that must have one voice are owned exclusively, by both sides.
    /// </param>
    /// <exception cref="ArgumentException">The contract has no such topic.</exception>
    public static DdsQos Qos(string topic, bool isPair = false) => (isPair ? PairProfiles : Profiles).TryGetValue(topic, out var qos)
        ? qos
        : throw new ArgumentException($"The wire contract (idl/topics.json) has no topic '{topic}'.", nameof(topic));

    private static Dictionary<string, DdsQos> Load(bool isPair)
    {
        using var stream = typeof(TopicTable).Assembly.GetManifestResourceStream("topics.json")!;
        var file = JsonSerializer.Deserialize(stream, TopicFileContext.Default.TopicFile)
            ?? throw new InvalidDataException("idl/topics.json is empty.");
        return file.Topics.ToDictionary(t => t.Topic, t => isPair ? ToQos(t) with { Ownership = Ownership(t) } : ToQos(t), StringComparer.Ordinal);
    }

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

    internal sealed record TopicFile
    {
        public required IReadOnlyList<TopicEntry> Topics { get; init; }
    }

    internal sealed record TopicEntry
    {
        public required string Topic { get; init; }

        public required string Reliability { get; init; }

        public required string Durability { get; init; }

        public required string History { get; init; }

        public int? Depth { get; init; }

        public int? MaxSamples { get; init; }

        public int? DeadlineMs { get; init; }

        public int? LifespanMs { get; init; }

        public string? StandbyOwnership { get; init; }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TopicTable.TopicFile))]
internal sealed partial class TopicFileContext : JsonSerializerContext;
