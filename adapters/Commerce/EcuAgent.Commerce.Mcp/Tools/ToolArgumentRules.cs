using System.Globalization;
using System.Text;
using System.Text.Json;
using EcuAgent.Core.Tools;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>What arguments have to keep before they leave.</summary>
internal static class ToolArgumentRules
{
    private const int MostBytes = 16 * 1024;

    private static readonly JsonDocumentOptions Form = new() { MaxDepth = 16, AllowDuplicateProperties = false };

    /// <summary>The arguments and the one text for them, or what is wrong with what was given.</summary>
    internal static (JsonElement? Arguments, string Text) Parse(string json)
    {
        if (Encoding.UTF8.GetByteCount(json) > MostBytes)
        {
            return (null, $"arguments must have at most {MostBytes} bytes");
        }

        try
        {
            using var document = JsonDocument.Parse(json, Form);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? (document.RootElement.Clone(), CanonicalJson.Of(document.RootElement))
                : (null, "arguments must be a JSON object");
        }
        catch (JsonException error)
        {
            return (null, string.Create(CultureInfo.InvariantCulture, $"arguments are not JSON at line {error.LineNumber + 1}, byte {error.BytePositionInLine + 1}"));
        }
        catch (InvalidOperationException)
        {
            return (null, "arguments hold a text that is not valid Unicode");
        }
    }

    /// <summary>What is against the file's limits; null when nothing is.</summary>
    internal static string? FaultOf(IReadOnlyDictionary<string, ToolSlot> limits, JsonElement arguments)
    {
        foreach (var (name, limit) in limits)
        {
            if (arguments.TryGetProperty(name, out var value) && FaultOf(limit, value) is { } fault)
            {
                return $"$.{name} {fault} (tools file)";
            }
        }

        return null;
    }

    private static string Bound(string words, double? bound) =>
        bound is { } number ? words + number.ToString(CultureInfo.InvariantCulture) : "";

    // A value of another kind cannot keep the limit of its kind.
    private static string? FaultOf(ToolSlot limit, JsonElement value)
    {
        if (limit.Lowest is not null || limit.Highest is not null)
        {
            if (value.ValueKind != JsonValueKind.Number || value.GetDouble() is var number && (number < limit.Lowest || number > limit.Highest))
            {
                return "must be a number" + Bound(" of at least ", limit.Lowest) + Bound(limit.Lowest is null ? " of at most " : " and at most ", limit.Highest);
            }
        }

        if (limit.Longest is { } longest && (value.ValueKind != JsonValueKind.String || value.GetString()!.Length > longest))
        {
            return $"must be a text of at most {longest} characters";
        }

        return limit.Values is { } values && (value.ValueKind != JsonValueKind.String || !values.Contains(value.GetString()!))
            ? $"must be one of {string.Join(", ", values)}"
            : null;
    }
}
