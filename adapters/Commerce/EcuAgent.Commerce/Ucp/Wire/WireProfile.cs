using System.Text.Json;
using System.Text.Json.Serialization;
using EcuAgent.Commerce.Signatures;

namespace EcuAgent.Commerce.Ucp.Wire;

/// <summary>A merchant's profile, <c>/.well-known/ucp</c>.</summary>
internal sealed record WireProfile
{
    public required WireUcp Ucp { get; init; }

    public WirePayment? Payment { get; init; }

    public IReadOnlyList<Jwk>? SigningKeys { get; init; }

    /// <summary>The same as a JWK set, in later versions.</summary>
    public IReadOnlyList<Jwk>? Keys { get; init; }
}

/// <summary>The <c>ucp</c> object of a profile or a session.</summary>
internal sealed record WireUcp
{
    public string? Version { get; init; }

    [JsonConverter(typeof(NamedListConverter))]
    public IReadOnlyList<WireNamed>? Capabilities { get; init; }

    [JsonConverter(typeof(NamedListConverter))]
    public IReadOnlyList<WireNamed>? PaymentHandlers { get; init; }

    /// <summary>Services by name: an object in version 2026-01-11, an array in later ones.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Services { get; init; }

    /// <summary>Addresses of profiles of other versions, in later ones.</summary>
    public IReadOnlyDictionary<string, JsonElement>? SupportedVersions { get; init; }
}

/// <summary>How can be paid.</summary>
internal sealed record WirePayment
{
    [JsonConverter(typeof(NamedListConverter))]
    public IReadOnlyList<WireNamed>? Handlers { get; init; }
}
