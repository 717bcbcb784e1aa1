using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>
/// Holds arguments against a tool's input schema, so that a mistake is told before anything leaves. The schema comes from a server that nobody vouches
/// for, so the work is bounded: a general JSON Schema library follows <c>{"$ref": "#"}</c> until the process dies. Known here are type, enum, const,
/// required, properties, additionalProperties, items, the bounds of numbers, texts and lists, pattern, local $ref, and allOf, anyOf, oneOf; what is not
/// known is left to the server.
/// </summary>
internal sealed class ArgumentCheck
{
    private const int MostSteps = 20_000;
    private const int MostDepth = 48;
    private const int LongestPattern = 512;

    private readonly JsonElement _root;
    private int _steps;

    private ArgumentCheck(JsonElement root) => _root = root;

    /// <summary>Null when all is well, else what is wrong and where.</summary>
    /// <exception cref="UnusableSchemaException">The schema takes too much work.</exception>
    internal static string? Fault(JsonElement schema, JsonElement arguments) => new ArgumentCheck(schema).Check(schema, arguments, "$", 0);

    private string? Check(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (++_steps > MostSteps || depth > MostDepth)
        {
            throw new UnusableSchemaException();
        }

        if (schema.ValueKind != JsonValueKind.Object)
        {
            return schema.ValueKind == JsonValueKind.False ? $"{path} is not allowed" : null;
        }

        return OfReference(schema, value, path, depth)
            ?? OfType(schema, value, path)
            ?? OfValue(schema, value, path)
            ?? OfMembers(schema, value, path, depth)
            ?? OfItems(schema, value, path, depth)
            ?? OfCombinations(schema, value, path, depth);
    }

    private string? OfReference(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (!schema.TryGetProperty("$ref", out var reference) || reference.ValueKind != JsonValueKind.String)
        {
            return null;
        }

        // Only what stands in the same schema; nothing is fetched.
        return Resolve(reference.GetString()!) is { } target ? Check(target, value, path, depth + 1) : throw new UnusableSchemaException();
    }

    private JsonElement? Resolve(string reference)
    {
        if (reference == "#")
        {
            return _root;
        }

        if (!reference.StartsWith("#/", StringComparison.Ordinal))
        {
            return null;
        }

        var at = _root;
        foreach (var part in reference[2..].Split('/'))
        {
            var name = Uri.UnescapeDataString(part).Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
            if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
            {
                return null;
            }
        }

        return at;
    }

    private static string? OfType(JsonElement schema, JsonElement value, string path)
    {
        if (!schema.TryGetProperty("type", out var type))
        {
            return null;
        }

        string[] names = type.ValueKind == JsonValueKind.Array
            ? [.. type.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String).Select(name => name.GetString()!)]
            : type.ValueKind == JsonValueKind.String ? [type.GetString()!] : [];
        return names.Length == 0 || names.Any(name => Is(value, name)) ? null : $"{path} must be {string.Join(" or ", names.Select(Shown))}";
    }

    private static bool Is(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "boolean" => value.ValueKind is JsonValueKind.True or JsonValueKind.False,
        "null" => value.ValueKind == JsonValueKind.Null,
        "number" => value.ValueKind == JsonValueKind.Number,
        "integer" => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && Math.Floor(number).Equals(number),
        _ => true,
    };

    private static string? OfValue(JsonElement schema, JsonElement value, string path)
    {
        if (schema.TryGetProperty("const", out var only) && !JsonElement.DeepEquals(only, value))
        {
            return $"{path} must be {Shown(only.GetRawText())}";
        }

        if (schema.TryGetProperty("enum", out var values) && values.ValueKind == JsonValueKind.Array
            && !values.EnumerateArray().Any(known => JsonElement.DeepEquals(known, value)))
        {
            return $"{path} must be one of {Shown(values.GetRawText())}";
        }

        return value.ValueKind switch
        {
            JsonValueKind.Number => OfNumber(schema, value.GetDouble(), path),
            JsonValueKind.String => OfText(schema, value.GetString()!, path),
            _ => null,
        };
    }

    private static string? OfNumber(JsonElement schema, double number, string path) =>
        NumberOf(schema, "minimum") is { } lowest && number < lowest ? $"{path} must be at least {Written(lowest)}"
        : NumberOf(schema, "maximum") is { } highest && number > highest ? $"{path} must be at most {Written(highest)}"
        : NumberOf(schema, "exclusiveMinimum") is { } above && number <= above ? $"{path} must be more than {Written(above)}"
        : NumberOf(schema, "exclusiveMaximum") is { } below && number >= below ? $"{path} must be less than {Written(below)}"
        : null;

    private static string? OfText(JsonElement schema, string text, string path)
    {
        if (NumberOf(schema, "minLength") is { } shortest && text.Length < shortest)
        {
            return $"{path} must have at least {Written(shortest)} characters";
        }

        if (NumberOf(schema, "maxLength") is { } longest && text.Length > longest)
        {
            return $"{path} must have at most {Written(longest)} characters";
        }

        return schema.TryGetProperty("pattern", out var pattern) && pattern.ValueKind == JsonValueKind.String && !Fits(text, pattern.GetString()!)
            ? $"{path} must fit the pattern {Shown(pattern.GetString()!)}"
            : null;
    }

    // Without backtracking a pattern takes time in proportion to the text. One that needs it is left to the server.
    private static bool Fits(string text, string pattern)
    {
        if (pattern.Length > LongestPattern)
        {
            return true;
        }

        try
        {
            return Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return true;
        }
    }

    private string? OfMembers(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (schema.TryGetProperty("required", out var required) && required.ValueKind == JsonValueKind.Array)
        {
            foreach (var name in required.EnumerateArray().Where(name => name.ValueKind == JsonValueKind.String))
            {
                if (!value.TryGetProperty(name.GetString()!, out _))
                {
                    return $"{path}.{Shown(name.GetString()!)} must be given";
                }
            }
        }

        var hasProperties = schema.TryGetProperty("properties", out var properties) && properties.ValueKind == JsonValueKind.Object;
        var hasOthers = schema.TryGetProperty("additionalProperties", out var others);

        // Names by pattern are not known here, so where there are some the others cannot be told.
        hasOthers &= !schema.TryGetProperty("patternProperties", out _);
        foreach (var member in value.EnumerateObject())
        {
            var at = $"{path}.{member.Name}";
            var fault = hasProperties && properties.TryGetProperty(member.Name, out var own) ? Check(own, member.Value, at, depth + 1)
                : hasOthers ? Check(others, member.Value, at, depth + 1)
                : null;
            if (fault is not null)
            {
                return fault;
            }
        }

        return null;
    }

    private string? OfItems(JsonElement schema, JsonElement value, string path, int depth)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        var count = value.GetArrayLength();
        if (NumberOf(schema, "minItems") is { } fewest && count < fewest)
        {
            return $"{path} must have at least {Written(fewest)} items";
        }

        if (NumberOf(schema, "maxItems") is { } most && count > most)
        {
            return $"{path} must have at most {Written(most)} items";
        }

        if (!schema.TryGetProperty("items", out var items) || schema.TryGetProperty("prefixItems", out _) || items.ValueKind == JsonValueKind.Array)
        {
            return null;
        }

        var index = 0;
        foreach (var item in value.EnumerateArray())
        {
            if (Check(items, item, string.Create(CultureInfo.InvariantCulture, $"{path}[{index++}]"), depth + 1) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private string? OfCombinations(JsonElement schema, JsonElement value, string path, int depth)
    {
        foreach (var part in PartsOf(schema, "allOf"))
        {
            if (Check(part, value, path, depth + 1) is { } fault)
            {
                return fault;
            }
        }

        // Whether it is exactly one is left to the server: what is not known here may tell them apart.
        foreach (var name in (string[])["anyOf", "oneOf"])
        {
            string?[] faults = [.. PartsOf(schema, name).Select(part => Check(part, value, path, depth + 1))];
            if (faults.Length > 0 && Array.TrueForAll(faults, fault => fault is not null))
            {
                return faults[0];
            }
        }

        return null;
    }

    private static JsonElement.ArrayEnumerator PartsOf(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var parts) && parts.ValueKind == JsonValueKind.Array ? parts.EnumerateArray() : default;

    private static double? NumberOf(JsonElement schema, string name) =>
        schema.TryGetProperty(name, out var bound) && bound.ValueKind == JsonValueKind.Number && bound.TryGetDouble(out var number) ? number : null;

    private static string Written(double number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Shown(string text) => Mapping.PlainText.Of(text, 120);
}
