using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcuAgent.MerchantSim.Json;

/// <summary>Reading of JSON that others wrote.</summary>
internal static class JsonRead
{
    /// <summary>Strict RFC 8259, at most 64 levels deep; a name that is there twice is refused.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 64 };

    public static JsonElement EmptyObject { get; } = JsonDocument.Parse("{}").RootElement.Clone();

    /// <returns>False with the reason when the bytes are not one JSON value.</returns>
    public static bool TryParse(ReadOnlyMemory<byte> utf8, out JsonElement value, out string reason)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8, Strict);
            value = document.RootElement.Clone();
            reason = "";
            return true;
        }
        catch (JsonException error)
        {
            value = default;
            reason = FormattableString.Invariant($"not JSON at line {error.LineNumber}, byte {error.BytePositionInLine}");
            return false;
        }
    }

    /// <summary>An integer as JSON Schema has it: 3.0 is one, 3.5 and "3" are not.</summary>
    public static bool TryInteger(JsonElement value, out long number)
    {
        number = 0;
        if (value.ValueKind is not JsonValueKind.Number || !value.TryGetDecimal(out var exact) || exact != decimal.Truncate(exact)
            || exact is < long.MinValue or > long.MaxValue)
        {
            return false;
        }

        number = (long)exact;
        return true;
    }

    public static string? Text(JsonElement value, params ReadOnlySpan<string> path) =>
        Find(value, path) is { ValueKind: JsonValueKind.String } found ? found.GetString() : null;

    public static long? Integer(JsonElement value, params ReadOnlySpan<string> path) =>
        Find(value, path) is { } found && TryInteger(found, out var number) ? number : null;

    /// <summary>The value at a path of names; null when it, or anything on the way, is absent.</summary>
    public static JsonElement? Find(JsonElement value, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (value.ValueKind is not JsonValueKind.Object || !value.TryGetProperty(name, out value))
            {
                return null;
            }
        }

        return value;
    }

    /// <summary>A copy that can be written into an answer.</summary>
    public static JsonNode? Copy(JsonElement? value) => value switch
    {
        { ValueKind: JsonValueKind.Object } found => JsonObject.Create(found),
        { ValueKind: JsonValueKind.Array } found => JsonArray.Create(found),
        { ValueKind: not JsonValueKind.Undefined and not JsonValueKind.Null } found => JsonValue.Create(found),
        _ => null,
    };

    /// <summary>Length as JSON Schema counts it.</summary>
    public static int CodePoints(string text) => text.Length - text.Count(char.IsLowSurrogate);

    public static string Child(string path, string name) =>
        name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_') && name.Length > 0 && !char.IsAsciiDigit(name[0])
            ? $"{path}.{name}"
            : $"{path}['{name.Replace("'", "\\'", StringComparison.Ordinal)}']";

    /// <summary>RFC 3339 with an offset.</summary>
    public static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(
            text,
            ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"],
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal,
            out time) && (text.EndsWith('Z') || text.EndsWith('z') || text.LastIndexOfAny(['+', '-']) > 10);

    /// <summary>RFC 3339 in UTC, whole seconds.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
