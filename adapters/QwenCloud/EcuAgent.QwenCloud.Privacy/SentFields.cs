using System.Text.Json;

namespace EcuAgent.QwenCloud.Privacy;

/// <summary>
/// Everything about car and person that leaves the car with one request: the body's user message is exactly this record as JSON. A new
/// member needs a new <see cref="Version"/>, which ends every consent given before.
/// </summary>
public sealed record SentFields
{
    /// <summary>Counts changes of this record; part of what a consent is given to.</summary>
    public const int Version = 1;

    /// <summary>Names of the members as they are sent, for showing.</summary>
    public static IReadOnlyList<string> Names { get; } = ["utterance", "language", "driving", "area"];

    /// <summary>What was said, long numbers and addresses of persons masked; at most 512 characters plus masks.</summary>
    public required string Utterance { get; init; }

    /// <summary>"en" or "zh".</summary>
    public required string Language { get; init; }

    /// <summary>"parked", "idling" or "moving".</summary>
    public required string Driving { get; init; }

    /// <summary>Where the car is, as a cell of 5 km or more; null unless the request needs a place.</summary>
    public AreaCell? Area { get; init; }

    /// <summary>The JSON that is sent and recorded.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, PrivacyJson.Readable.SentFields);
}
