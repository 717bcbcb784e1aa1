using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Signatures;
using EcuAgent.Commerce.Ucp.Wire;

namespace EcuAgent.Commerce.Ucp;

/// <summary>What a merchant's profile comes to for the car.</summary>
/// <param name="Objection">Why nothing can be bought there; null where something can.</param>
/// <param name="Version">What is spoken with it, one of ours; null where nothing can be bought.</param>
/// <param name="Capabilities">Names of its capabilities.</param>
/// <param name="Handlers">Its ways of paying.</param>
/// <param name="Keys">Its published keys.</param>
/// <param name="ProfileUrl">Where the profile was read.</param>
internal sealed record MerchantTerms(
    string? Objection, string? Version, IReadOnlySet<string> Capabilities, IReadOnlyList<PaymentHandler> Handlers, KeySet Keys, Uri ProfileUrl)
{
    internal static MerchantTerms Of(WireProfile profile, Uri profileUrl)
    {
        var capabilities = profile.Ucp.Capabilities ?? [];
        var version = UcpWords.Versions.FirstOrDefault(version => Offers(profile.Ucp, version));
        return new MerchantTerms(
            version is null ? ObjectionTo(profile.Ucp) : null,
            version,
            capabilities.Select(capability => capability.Name).ToHashSet(StringComparer.Ordinal),
            HandlersIn((profile.Payment?.Handlers ?? []).Concat(profile.Ucp.PaymentHandlers ?? [])),
            new KeySet((profile.SigningKeys ?? []).Concat(profile.Keys ?? []).OfType<Jwk>()),
            profileUrl);
    }

    internal static IReadOnlyList<PaymentHandler> HandlersIn(IEnumerable<WireNamed> handlers) =>
        [.. handlers.Where(handler => handler.Id is not null).DistinctBy(handler => handler.Id)
            .Select(handler => new PaymentHandler(handler.Id!, handler.Name, handler.Spec))];

    /// <summary>
    /// True where checkout can be had in a version: as a later profile may list beside its own, and as one of that version has it. A checkout whose
    /// version is not told has its profile's.
    /// </summary>
    internal static bool Offers(WireUcp profile, string version) =>
        (profile.Capabilities ?? []).Any(capability => capability.Name == UcpWords.Checkout && (capability.Version ?? profile.Version) == version);

    private static string ObjectionTo(WireUcp profile) =>
        profile.Version is { } version && UcpWords.Versions.Contains(version) && profile.Capabilities?.Any(capability => capability.Name == UcpWords.Checkout) != true
            ? AdapterReasons.CheckoutNotOffered
            : AdapterReasons.VersionNotSpoken;
}
