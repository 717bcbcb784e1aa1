using System.Text;
using System.Text.Json;
using EcuAgent.Commerce.Mcp.Connection;

namespace EcuAgent.Commerce.Mcp.Merchant;

/// <summary>
/// ACP's body in the result of a tool. The binding names the session as the result; on the wire of MCP it stands as structured content, or as the
/// one text, or, as the published examples have it, as the result itself.
/// </summary>
/// <param name="IsError">True where the tool says that it failed.</param>
/// <param name="Body">UTF-8 JSON of an object; null where there is none.</param>
internal sealed record AcpToolResult(bool IsError, ReadOnlyMemory<byte>? Body)
{
    /// <summary>Null where the result is none of a tool.</summary>
    internal static AcpToolResult? Of(McpEnd end)
    {
        using var document = end.Read();
        if (document is not { RootElement: { ValueKind: JsonValueKind.Object } result })
        {
            return null;
        }

        var isError = result.TryGetProperty("isError", out var flag) && flag.ValueKind == JsonValueKind.True;
        if (result.TryGetProperty("structuredContent", out var structured) && structured.ValueKind == JsonValueKind.Object)
        {
            return new AcpToolResult(isError, Utf8(structured.GetRawText()));
        }

        if (result.TryGetProperty("content", out var content))
        {
            return new AcpToolResult(isError, OnlyTextOf(content));
        }

        return result.TryGetProperty("status", out _) ? new AcpToolResult(isError, end.Result) : null;
    }

    private static ReadOnlyMemory<byte>? OnlyTextOf(JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.Array)
        {
            return null;
        }

        JsonElement[] texts = [.. content.EnumerateArray().Where(part =>
            part.ValueKind == JsonValueKind.Object
            && part.TryGetProperty("type", out var type) && type.ValueEquals("text")
            && part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String)];
        return texts.Length == 1 ? Utf8(texts[0].GetProperty("text").GetString()!) : null;
    }

    private static ReadOnlyMemory<byte> Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
