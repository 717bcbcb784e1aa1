namespace EcuAgent.Interop.Tests;

/// <summary>The topics of <c>idl/topics.json</c>, read here once more and not through the adapter under test.</summary>
internal static class Contract
{
    private static readonly Dictionary<string, JsonObject> Entries = Load();

    public static IReadOnlyCollection<string> Topics => Entries.Keys;

    public static IReadOnlyCollection<string> TransientLocal => [.. Topics.Where(t => (string?)Entries[t]["durability"] == "transient-local")];

    public static IReadOnlyCollection<string> Volatile => [.. Topics.Except(TransientLocal)];

    /// <summary>A copy of a topic's entry, for a peer to open an endpoint with.</summary>
    public static JsonObject Qos(string topic) => Entries[topic].DeepClone().AsObject();

    /// <summary>A copy for a reader, as it holds where the service is a hot-standby pair.</summary>
    public static JsonObject PairReaderQos(string topic) => QosWith(topic, ("ownership", Entries[topic]["standbyOwnership"]!.DeepClone()));

    /// <summary>A copy for a writer of a pair.</summary>
    /// <param name="topic">Name.</param>
    /// <param name="strength">The highest wins.</param>
    public static JsonObject PairWriterQos(string topic, int strength) =>
        QosWith(topic, ("ownership", Entries[topic]["standbyOwnership"]!.DeepClone()), ("ownershipStrength", strength));

    /// <summary>A copy with members changed; null takes one away.</summary>
    public static JsonObject QosWith(string topic, params (string Name, JsonNode? Value)[] changes)
    {
        var qos = Qos(topic);
        foreach (var (name, value) in changes)
        {
            qos.Remove(name);
            if (value is not null)
            {
                qos[name] = value;
            }
        }

        return qos;
    }

    private static Dictionary<string, JsonObject> Load()
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "topics.json")))!;
        return file["topics"]!.AsArray().Select(t => t!.AsObject()).ToDictionary(t => (string)t["topic"]!, StringComparer.Ordinal);
    }
}
