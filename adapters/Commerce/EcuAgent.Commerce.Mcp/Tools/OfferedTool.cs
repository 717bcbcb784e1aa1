using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EcuAgent.Commerce.Mapping;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>A tool as its server defines it.</summary>
internal sealed record OfferedTool
{
    private const int LongestName = 128;
    private const int LongestDescription = 300;

    internal required string Name { get; init; }

    /// <summary>Plain text, shortened: shown, and never obeyed.</summary>
    internal required string Description { get; init; }

    /// <summary>An object.</summary>
    internal required JsonElement InputSchema { get; init; }

    /// <summary>SHA-256 of the description and the input schema, without regard to the order of members.</summary>
    internal required string Pin { get; init; }

    /// <summary>What the server says of itself.</summary>
    internal bool SaysReadOnly { get; init; }

    internal static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '/');

    /// <summary>Null where this is no definition of a tool.</summary>
    internal static OfferedTool? Of(JsonElement definition)
    {
        if (definition.ValueKind != JsonValueKind.Object
            || TextOf(definition, "name") is not { } name || !IsName(name)
            || !definition.TryGetProperty("inputSchema", out var schema) || schema.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        var description = TextOf(definition, "description") ?? "";
        return new OfferedTool
        {
            Name = name,
            Description = PlainText.Of(description, LongestDescription),
            InputSchema = schema.Clone(),
            Pin = PinOf(description, schema),
            SaysReadOnly = definition.TryGetProperty("annotations", out var notes) && notes.ValueKind == JsonValueKind.Object
                && notes.TryGetProperty("readOnlyHint", out var hint) && hint.ValueKind == JsonValueKind.True,
        };
    }

    private static string? TextOf(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string PinOf(string description, JsonElement schema)
    {
        var text = new StringBuilder(JsonEncodedText.Encode(description).Value).Append('\n');
        CanonicalJson.Write(schema, text);
        return "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
