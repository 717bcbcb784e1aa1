using System.Text.Json;

namespace EcuAgent.Commerce.Ucp;

/// <summary>
/// Reads UCP's error bodies: a status (or the <c>ucp</c> object) with messages, of which the first error counts; or a code with its content, as
/// failed signatures are told.
/// </summary>
internal static class UcpError
{
    /// <summary>The code; null where this is no error body: then somebody else than the merchant's checkout may have answered.</summary>
    internal static string? CodeOf(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = 32 });
        try
        {
            using var document = JsonDocument.ParseValue(ref reader);
            return !reader.Read() && document.RootElement is { ValueKind: JsonValueKind.Object } body ? CodeOf(body) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? CodeOf(JsonElement body)
    {
        if (TextOf(body, "content") is not null)
        {
            return TextOf(body, "code");
        }

        // A session has messages too, and is no refusal.
        var isError = !body.TryGetProperty("id", out _)
            && (TextOf(body, "status") is not null || (body.TryGetProperty("ucp", out var ucp) && ucp.ValueKind == JsonValueKind.Object));
        return isError && body.TryGetProperty("messages", out var messages) && messages.ValueKind == JsonValueKind.Array
            ? messages.EnumerateArray()
                .Where(message => message.ValueKind == JsonValueKind.Object && TextOf(message, "type") == "error")
                .Select(message => TextOf(message, "code"))
                .FirstOrDefault(code => code is not null)
            : null;
    }

    private static string? TextOf(JsonElement item, string member) =>
        item.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
