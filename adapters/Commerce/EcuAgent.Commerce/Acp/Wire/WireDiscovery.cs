using System.Text.Json.Serialization;

namespace EcuAgent.Commerce.Acp.Wire;

/// <summary>Schema <c>DiscoveryResponse</c>.</summary>
internal sealed record WireDiscovery
{
    public required WireDiscoveryProtocol Protocol { get; init; }

    public WireDiscoveryCapabilities? Capabilities { get; init; }
}

/// <summary>Schema <c>DiscoveryProtocol</c>.</summary>
internal sealed record WireDiscoveryProtocol
{
    public string? Name { get; init; }

    public IReadOnlyList<string>? SupportedVersions { get; init; }
}

/// <summary>Schema <c>DiscoveryCapabilities</c>.</summary>
internal sealed record WireDiscoveryCapabilities
{
    [JsonConverter(typeof(ExtensionNamesConverter))]
    public IReadOnlyList<string>? Extensions { get; init; }
}
