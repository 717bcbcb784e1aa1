using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.VehicleBus;

/// <summary>The topics of the wire contract, read from <c>idl/topics.json</c>, the one place where their quality of service is written down.</summary>
public static class TopicContract
{
    private static readonly Dictionary<string, TopicEntry> ByName = Load();

    /// <summary>All topics, in the order of the file.</summary>
    public static IReadOnlyCollection<TopicEntry> Topics => ByName.Values;

    /// <summary>One topic.</summary>
    /// <exception cref="ArgumentException">The contract has no such topic.</exception>
    public static TopicEntry Of(string topic) => ByName.TryGetValue(topic, out var entry)
        ? entry
        : throw new ArgumentException($"The wire contract (idl/topics.json) has no topic '{topic}'.", nameof(topic));

    private static Dictionary<string, TopicEntry> Load()
    {
        using var stream = typeof(TopicContract).Assembly.GetManifestResourceStream("topics.json")!;
        var file = JsonSerializer.Deserialize(stream, TopicFileContext.Default.TopicFile)
            ?? throw new InvalidDataException("idl/topics.json is empty.");
        return file.Topics.ToDictionary(t => t.Topic, StringComparer.Ordinal);
    }

    internal sealed record TopicFile
    {
        public required IReadOnlyList<TopicEntry> Topics { get; init; }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TopicContract.TopicFile))]
internal sealed partial class TopicFileContext : JsonSerializerContext;
