using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;

namespace EcuAgent.Qwen.Package;

/// <summary>
/// SHA-256 over what a catalogue means for a model that was trained on it: names and parameter schemas in order, without
/// descriptions and layout. Computed alike from catalogue.json and from the tools of a request.
/// </summary>
public static class CatalogueFingerprint
{
    /// <summary>Fingerprint of tools, as 64 lower-case hexadecimal digits.</summary>
    public static string Compute(IEnumerable<(string Name, JsonElement Parameters)> tools)
    {
        ArgumentNullException.ThrowIfNull(tools);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartArray();
            foreach (var (name, parameters) in tools)
            {
                writer.WriteStartArray();
                writer.WriteStringValue(name);
                WriteWithoutDescriptions(writer, parameters, isSchema: true);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        return Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan));
    }

    /// <summary>Fingerprint of a catalogue file ({"tools":[{"name":..,"parameters":{..}}]}).</summary>
    /// <exception cref="JsonException">The text is not such a catalogue.</exception>
    public static string ComputeFromCatalogue(ReadOnlyMemory<byte> utf8)
    {
        using var document = JsonDocument.Parse(utf8);
        if (document.RootElement.ValueKind != JsonValueKind.Object
            || !document.RootElement.TryGetProperty("tools", out var tools)
            || tools.ValueKind != JsonValueKind.Array)
        {
            throw new JsonException("the catalogue has no array 'tools'");
        }

        var list = new List<(string, JsonElement)>();
        foreach (var tool in tools.EnumerateArray())
        {
            if (tool.ValueKind != JsonValueKind.Object
                || !tool.TryGetProperty("name", out var name) || name.ValueKind != JsonValueKind.String
                || !tool.TryGetProperty("parameters", out var parameters))
            {
                throw new JsonException($"tool {list.Count} of the catalogue has no string 'name' or no 'parameters'");
            }

            list.Add((name.GetString()!, parameters));
        }

        return Compute(list);
    }

    private static void WriteWithoutDescriptions(Utf8JsonWriter writer, JsonElement element, bool isSchema)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var property in element.EnumerateObject())
                {
                    // Below "properties" the keys are names of arguments; one of them may well be called "description".
                    if (isSchema && property.NameEquals("description"))
                    {
                        continue;
                    }

                    writer.WritePropertyName(property.Name);
                    WriteWithoutDescriptions(writer, property.Value, isSchema: !isSchema || !property.NameEquals("properties"));
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in element.EnumerateArray())
                {
                    WriteWithoutDescriptions(writer, item, isSchema: true);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Number:
                // 10 and 10.0 are one number.
                writer.WriteRawValue(element.GetDecimal().ToString("0.############################", System.Globalization.CultureInfo.InvariantCulture));
                break;
            default:
                element.WriteTo(writer);
                break;
        }
    }
}
