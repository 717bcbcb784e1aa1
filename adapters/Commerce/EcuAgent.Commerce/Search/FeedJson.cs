using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Search;

/// <summary>The JSON of product feeds, read as leniently as <see cref="Acp.Wire.AcpJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32)]
[JsonSerializable(typeof(WireProducts))]
internal sealed partial class FeedJson : JsonSerializerContext;
