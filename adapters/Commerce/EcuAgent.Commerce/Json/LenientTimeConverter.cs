using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Json;

/// <summary>Reads an RFC 3339 time. Anything else, a time without an offset too, is read as none: a broken hint of time shall not make a purchase unreadable.</summary>
internal sealed class LenientTimeConverter : JsonConverter<DateTimeOffset?>
{
    public override bool HandleNull => true;

    public override DateTimeOffset? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            reader.Skip();
            return null;
        }

        return reader.TryGetDateTimeOffset(out var time) && HasOffset(reader.GetString()!) ? time : null;
    }

    public override void Write(Utf8JsonWriter writer, DateTimeOffset? value, JsonSerializerOptions options) => throw new NotSupportedException();

    internal static string Written(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);

    private static bool HasOffset(string text)
    {
        var time = text.IndexOf('T', StringComparison.OrdinalIgnoreCase);
        return time >= 0 && text.AsSpan(time).IndexOfAny('Z', '+', '-') >= 0;
    }
}
