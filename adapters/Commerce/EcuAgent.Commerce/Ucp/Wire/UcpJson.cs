using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Ucp.Wire;

/// <summary>The JSON of UCP. Unknown members are skipped, a member that stands twice is refused, and nothing is written for null.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32)]
[JsonSerializable(typeof(WireProfile))]
[JsonSerializable(typeof(WireCheckout))]
[JsonSerializable(typeof(WireOrder))]
[JsonSerializable(typeof(WireRequest))]
[JsonSerializable(typeof(WireComplete))]
[JsonSerializable(typeof(WireNothing))]
internal sealed partial class UcpJson : JsonSerializerContext;
