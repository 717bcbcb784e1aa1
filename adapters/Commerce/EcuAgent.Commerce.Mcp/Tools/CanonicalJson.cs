using System.Text;
using System.Text.Json;

namespace EcuAgent.Commerce.Mcp.Tools;

/// <summary>One text for JSON that says the same: members by name, no spaces, numbers as they are written.</summary>
internal static class CanonicalJson
{
    internal static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Write(value, text);
        return text.ToString();
    }

    // Depth is bounded by the parser.
    internal static void Write(JsonElement value, StringBuilder text)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                text.Append('{');
                foreach (var member in value.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
                {
                    text.Append('"').Append(JsonEncodedText.Encode(member.Name).Value).Append("\":");
                    Write(member.Value, text);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                foreach (var item in value.EnumerateArray())
                {
                    Write(item, text);
                    text.Append(',');
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                text.Append('"').Append(JsonEncodedText.Encode(value.GetString()!).Value).Append('"');
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }
}
