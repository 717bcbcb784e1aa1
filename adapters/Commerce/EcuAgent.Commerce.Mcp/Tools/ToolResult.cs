using System.Text.Json;
using EcuAgent.Commerce.Mapping;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>The result of a tool as plain lines.</summary>
/// <param name="IsError">True where the tool says that it failed.</param>
/// <param name="Lines">Bounded plain text.</param>
/// <param name="PartsNotShown">Parts that are no text, or were too many.</param>
internal sealed record ToolResult(bool IsError, IReadOnlyList<string> Lines, int PartsNotShown)
{
    private const int MostLines = 50;
    private const int LongestLine = 2000;

    /// <summary>Null where this is no result of a tool.</summary>
    internal static ToolResult? Of(JsonElement result)
    {
        if (result.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var hasParts = result.TryGetProperty("content", out var content) && content.ValueKind == JsonValueKind.Array;
        var hasStructure = result.TryGetProperty("structuredContent", out var structured) && structured.ValueKind == JsonValueKind.Object;
        if (!hasParts && !hasStructure)
        {
            return null;
        }

        JsonElement[] parts = hasParts ? [.. content.EnumerateArray()] : [];
        string[] texts = [.. parts.Select(TextOf).OfType<string>()];
        string[] lines = texts.Length == 0 && hasStructure ? [structured.GetRawText()] : texts;
        return new ToolResult(
            result.TryGetProperty("isError", out var flag) && flag.ValueKind == JsonValueKind.True,
            [.. lines.Take(MostLines).Select(line => PlainText.Of(line, LongestLine))],
            parts.Length - texts.Length + Math.Max(0, lines.Length - MostLines));
    }

    private static string? TextOf(JsonElement part) =>
        part.ValueKind == JsonValueKind.Object
        && part.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("text")
        && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String
            ? text.GetString()
            : null;
}
