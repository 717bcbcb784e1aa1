using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Ucp.Wire;

/// <summary>
/// Reads a list of things with a <c>name</c>: an array of them, as version 2026-01-11 has it, or an object of arrays by name, as later ones
/// have. What is neither is left out.
/// </summary>
internal sealed class NamedListConverter : JsonConverter<IReadOnlyList<WireNamed>?>
{
    public override IReadOnlyList<WireNamed>? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        return document.RootElement.ValueKind switch
        {
            JsonValueKind.Array => [.. document.RootElement.EnumerateArray().Select(item => Of(item, null)).OfType<WireNamed>()],
            JsonValueKind.Object => [.. document.RootElement.EnumerateObject()
                .Where(member => member.Value.ValueKind == JsonValueKind.Array)
                .SelectMany(member => member.Value.EnumerateArray().Select(item => Of(item, member.Name)).OfType<WireNamed>())],
            _ => null,
        };
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<WireNamed>? value, JsonSerializerOptions options) => throw new NotSupportedException();

    private static WireNamed? Of(JsonElement item, string? name) =>
        item.ValueKind == JsonValueKind.Object && (name ?? TextOf(item, "name")) is { } own
            ? new WireNamed(own, TextOf(item, "id"), TextOf(item, "version"), TextOf(item, "spec"))
            : null;

    private static string? TextOf(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>A capability or a payment handler.</summary>
internal sealed record WireNamed(string Name, string? Id, string? Version, string? Spec);
