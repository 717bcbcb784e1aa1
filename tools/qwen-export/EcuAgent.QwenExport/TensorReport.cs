using System.Text.Json.Serialization;

namespace EcuAgent.QwenExport;

/// <summary>What became of one tensor. Bytes include scales; errors compare the stored with the given weights.</summary>
internal sealed record TensorReport(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("shape")] long[] Shape,
    [property: JsonPropertyName("source")] string Source,
    [property: JsonPropertyName("bits")] int Bits,
    [property: JsonPropertyName("bytes")] long Bytes,
    [property: JsonPropertyName("relativeError")] double RelativeError,
    [property: JsonPropertyName("largestError")] double LargestError)
{
    /// <summary>Sum of squared weights.</summary>
    [JsonIgnore]
    public double Energy { get; init; }

    /// <summary>Anything done to the tensor beyond storing it, or null.</summary>
    [JsonPropertyName("note")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Note { get; init; }

    /// <summary>Layer the tensor belongs to, or null.</summary>
    [JsonPropertyName("layer")]
    public int? Layer => Name.StartsWith("model.layers.", StringComparison.Ordinal)
        && int.TryParse(Name.AsSpan(13, Math.Max(0, Name.IndexOf('.', 13) - 13)), System.Globalization.CultureInfo.InvariantCulture, out var layer) ? layer : null;
}
