using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Json;

/// <summary>An entry of a list of totals, as both protocols have it.</summary>
internal sealed record WireTotal
{
    public required string Type { get; init; }

    [JsonConverter(typeof(WholeNumberConverter))]
    public required long Amount { get; init; }
}
