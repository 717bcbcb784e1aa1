using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Acp.Wire;

/// <summary>
/// The JSON of ACP. Unknown members are skipped and a member that stands twice is refused. Nothing is written for null, see
/// <see cref="WireCreate"/>.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false,
    MaxDepth = 32)]
[JsonSerializable(typeof(WireSession))]
[JsonSerializable(typeof(WireDiscovery))]
[JsonSerializable(typeof(WireError))]
[JsonSerializable(typeof(WireOrderEvent))]
[JsonSerializable(typeof(WireCreate))]
[JsonSerializable(typeof(WireUpdate))]
[JsonSerializable(typeof(WireComplete))]
[JsonSerializable(typeof(WireNothing))]
[JsonSerializable(typeof(WireDelegateRequest))]
[JsonSerializable(typeof(WireDelegateResponse))]
internal sealed partial class AcpJson : JsonSerializerContext;
