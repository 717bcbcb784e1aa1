using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Json;

/// <summary>As <see cref="WholeNumberConverter"/>, or null.</summary>
internal sealed class OptionalWholeNumberConverter : JsonConverter<long?>
{
    public override long? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        WholeNumberConverter.ReadWhole(ref reader);

    public override void Write(Utf8JsonWriter writer, long? value, JsonSerializerOptions options) => throw new NotSupportedException();
}
