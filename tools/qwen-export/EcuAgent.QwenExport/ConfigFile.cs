using System.Text.Json;

namespace EcuAgent.QwenExport;

/// <summary>A JSON file of the checkpoint with typed access that names file, key and value when something is wrong.</summary>
internal sealed class ConfigFile(string path, JsonElement root)
{
    public string Path => path;

    public JsonElement Root => root;

    /// <exception cref="ExportException">The file is missing or not a JSON object.</exception>
    public static ConfigFile Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new ExportException($"{path}: the file does not exist");
        }

        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new ConfigFile(path, document.RootElement.Clone())
                : throw new ExportException($"{path}: a {document.RootElement.ValueKind}, expected a JSON object");
        }
        catch (JsonException e)
        {
            throw new ExportException($"{path}: {e.Message}", e);
        }
    }

    public ConfigFile Inside(JsonElement part) => new(path, part);

    /// <summary>The value, or null when it is absent or null.</summary>
    public JsonElement? Find(string name) =>
        root.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public int Int(string name) => OptionalInt(name) ?? throw new ExportException($"{path}: '{name}' is missing");

    public int? OptionalInt(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : throw Wrong(name, value, "a whole number");

    public double? OptionalDouble(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.Number ? value.GetDouble()
        : throw Wrong(name, value, "a number");

    public bool? OptionalBool(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean()
        : throw Wrong(name, value, "true or false");

    public string? OptionalText(string name) =>
        Find(name) is not { } value ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw Wrong(name, value, "a string");

    public ExportException Wrong(string name, JsonElement value, string expected) => new($"{path}: {name} = {value.GetRawText()}, expected {expected}");
}
