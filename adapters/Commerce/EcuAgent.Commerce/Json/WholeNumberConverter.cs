using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Json;

/// <summary>Reads a whole number. ACP's rules for equal bodies take <c>830</c> and <c>830.0</c> for the same; <c>8.3</c> is refused.</summary>
internal sealed class WholeNumberConverter : JsonConverter<long>
{
    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => ReadWhole(ref reader);

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);

    internal static long ReadWhole(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number)
        {
            if (reader.TryGetInt64(out var whole))
            {
                return whole;
            }

            if (reader.TryGetDecimal(out var number) && decimal.IsInteger(number) && number is >= long.MinValue and <= long.MaxValue)
            {
                return (long)number;
            }
        }

        throw new JsonException();
    }
}
