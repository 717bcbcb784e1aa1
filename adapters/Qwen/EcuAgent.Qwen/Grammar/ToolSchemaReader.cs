using System.Text.Json;

namespace EcuAgent.Qwen.Grammar;

/// <summary>
/// Reads the supported subset of JSON Schema: an object of properties with enum strings, strings with maxLength (copied with
/// x-copied-from: utterance), bounded numbers and integers, booleans. Everything else is refused with tool and path, because a
/// rule that is silently dropped would let a wrong call through.
/// </summary>
internal static class ToolSchemaReader
{
    private const int MaxNameLength = 64;
    private const int MaxTextLength = 1024;
    private const decimal DefaultMagnitude = 999_999_999;
    private const decimal DefaultNumberStep = 0.01m;
    private const decimal MaxMagnitude = 1_000_000_000_000m;
    private static readonly string[] Annotations = ["description", "title", "default", "examples", "$schema", "$comment"];

    /// <exception cref="QwenRequestException">Anything outside the subset.</exception>
    public static ToolSchema Read(string name, JsonElement schema)
    {
        if (name.Length is 0 or > MaxNameLength || !name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.'))
        {
            throw new QwenRequestException(QwenRequestError.UnsupportedSchema, $"tool name '{name}': expected 1 to {MaxNameLength} of letters, digits, '_', '-', '.'");
        }

        var properties = new List<ToolProperty>();
        var required = new HashSet<string>(StringComparer.Ordinal);
        JsonElement? declared = null;
        RequireObject(name, "$", schema);
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "type":
                    Require(IsString(keyword.Value, "object"), name, "$.type", $"{keyword.Value.GetRawText()}, expected \"object\"");
                    break;
                case "properties":
                    RequireObject(name, "$.properties", keyword.Value);
                    declared = keyword.Value;
                    break;
                case "required":
                    foreach (var item in keyword.Value.EnumerateArray())
                    {
                        required.Add(item.GetString()!);
                    }

                    break;
                case "additionalProperties":
                    Require(keyword.Value.ValueKind == JsonValueKind.False, name, "$.additionalProperties", $"{keyword.Value.GetRawText()}, expected false");
                    break;
                default:
                    RequireAnnotation(name, "$", keyword.Name);
                    break;
            }
        }

        if (declared is { } list)
        {
            foreach (var property in list.EnumerateObject())
            {
                var path = $"$.properties.{property.Name}";
                Require(property.Name.Length is > 0 and <= MaxNameLength, name, path, $"expected a name of 1 to {MaxNameLength} characters");
                properties.Add(new ToolProperty(property.Name, required.Remove(property.Name), ReadRule(name, path, property.Value)));
            }
        }

        Require(required.Count == 0, name, "$.required", $"names '{required.FirstOrDefault()}', which is not a property");
        return new ToolSchema(name, properties);
    }

    private static ValueRule ReadRule(string tool, string path, JsonElement schema)
    {
        RequireObject(tool, path, schema);
        var type = schema.TryGetProperty("type", out var t) && t.ValueKind == JsonValueKind.String ? t.GetString() : null;
        return type switch
        {
            "string" => ReadString(tool, path, schema),
            "number" or "integer" => ReadNumber(tool, path, schema, type == "integer"),
            "boolean" => ReadBoolean(tool, path, schema),
            _ => throw Unsupported(tool, path + ".type", type is null ? "missing or not a single string" : $"\"{type}\", expected string, number, integer or boolean"),
        };
    }

    private static ValueRule.Truth ReadBoolean(string tool, string path, JsonElement schema)
    {
        foreach (var keyword in schema.EnumerateObject())
        {
            RequireAnnotation(tool, path, keyword.Name, "type");
        }

        return new ValueRule.Truth();
    }

    private static ValueRule ReadString(string tool, string path, JsonElement schema)
    {
        List<string>? values = null;
        var (min, max, isCopied) = (0, MaxTextLength, false);
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "enum":
                    values = [.. keyword.Value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String
                        ? v.GetString()!
                        : throw Unsupported(tool, path + ".enum", $"{v.GetRawText()}, expected strings"))];
                    Require(values.Count > 0, tool, path + ".enum", "is empty");
                    break;
                case "minLength":
                    min = ReadLength(tool, path + ".minLength", keyword.Value);
                    break;
                case "maxLength":
                    max = ReadLength(tool, path + ".maxLength", keyword.Value);
                    break;
                case "x-copied-from":
                    Require(IsString(keyword.Value, "utterance"), tool, path + ".x-copied-from", $"{keyword.Value.GetRawText()}, expected \"utterance\"");
                    isCopied = true;
                    break;
                default:
                    RequireAnnotation(tool, path, keyword.Name, "type");
                    break;
            }
        }

        Require(min <= max, tool, path, $"minLength {min} above maxLength {max}");
        if (values is not null)
        {
            Require(!isCopied, tool, path, "enum and x-copied-from together");
            return new ValueRule.Choice([.. values.Distinct(StringComparer.Ordinal)]);
        }

        if (isCopied)
        {
            Require(min <= 1 && max >= 1, tool, path, $"minLength {min}, maxLength {max}: a copied text has at least one character, no more can be asked");
            return new ValueRule.CopiedText(max);
        }

        return new ValueRule.FreeText(min, max);
    }

    private static ValueRule.Number ReadNumber(string tool, string path, JsonElement schema, bool isInteger)
    {
        decimal? min = null, max = null, step = null;
        foreach (var keyword in schema.EnumerateObject())
        {
            switch (keyword.Name)
            {
                case "minimum":
                    min = ReadDecimal(tool, path + ".minimum", keyword.Value);
                    break;
                case "maximum":
                    max = ReadDecimal(tool, path + ".maximum", keyword.Value);
                    break;
                case "multipleOf":
                    step = ReadDecimal(tool, path + ".multipleOf", keyword.Value);
                    break;
                default:
                    RequireAnnotation(tool, path, keyword.Name, "type");
                    break;
            }
        }

        var rule = new ValueRule.Number(min ?? -DefaultMagnitude, max ?? DefaultMagnitude, step ?? (isInteger ? 1 : DefaultNumberStep));
        Require(rule.Step > 0 && (!isInteger || rule.Step == decimal.Truncate(rule.Step)), tool, path + ".multipleOf", $"{rule.Step} for {(isInteger ? "an integer" : "a number")}");
        if (NumberAutomaton.FirstFault(rule) is { } fault)
        {
            throw Unsupported(tool, path, fault);
        }

        return rule;
    }

    private static int ReadLength(string tool, string path, JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var n) && n is >= 0 and <= MaxTextLength, tool, path, $"{value.GetRawText()}, expected 0 to {MaxTextLength}");
        return value.GetInt32();
    }

    private static decimal ReadDecimal(string tool, string path, JsonElement value)
    {
        Require(value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var n) && Math.Abs(n) <= MaxMagnitude, tool, path, $"{value.GetRawText()}, expected a number up to {MaxMagnitude}");
        return value.GetDecimal();
    }

    private static bool IsString(JsonElement value, string text) => value.ValueKind == JsonValueKind.String && value.GetString() == text;

    private static void RequireObject(string tool, string path, JsonElement value) =>
        Require(value.ValueKind == JsonValueKind.Object, tool, path, $"is {value.ValueKind}, expected an object");

    private static void RequireAnnotation(string tool, string path, string keyword, string? known = null) =>
        Require(keyword == known || Array.IndexOf(Annotations, keyword) >= 0, tool, $"{path}.{keyword}", "this keyword is not supported");

    private static void Require(bool holds, string tool, string path, string message)
    {
        if (!holds)
        {
            throw Unsupported(tool, path, message);
        }
    }

    private static QwenRequestException Unsupported(string tool, string path, string message) =>
        new(QwenRequestError.UnsupportedSchema, $"tool '{tool}', {path}: {message}");
}
