using System.Text.Json;

namespace EcuAgent.IdlGen.Emit;

/// <summary>One topic of <c>topics.json</c>.</summary>
internal sealed record TopicEntry(
    string Topic,
    string Type,
    string Direction,
    string Reliability,
    string Durability,
    string History,
    int? Depth = null,
    int? MaxSamples = null,
    int? DeadlineMs = null,
    int? LifespanMs = null,
    string? StandbyOwnership = null)
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { RespectRequiredConstructorParameters = true };

    /// <summary>Whether the service reads it.</summary>
    public bool IsIn => Direction switch
    {
        "in" => true,
        "out" => false,
        var other => throw Refused("direction", other),
    };

    /// <exception cref="InvalidDataException">The file is no list of topics.</exception>
    public static IReadOnlyList<TopicEntry> Read(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<TopicFile>(File.ReadAllText(file), Options)?.Topics ?? throw new JsonException("no topics");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    public InvalidDataException Refused(string member, string value) => new($"topic '{Topic}': {member} '{value}' is not known");

    private sealed record TopicFile(IReadOnlyList<TopicEntry> Topics);
}
