using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Signatures;
using EcuAgent.Commerce.Ucp.Wire;

namespace EcuAgent.Commerce.Ucp;

/// <summary>What a merchant's profile comes to for the car.</summary>
/// <param name="Objection">Why nothing can be bought there; null where something can.</param>
/// <param name="Capabilities">Names of its capabilities.</param>
/// <param name="Handlers">Its ways of paying.</param>
/// <param name="Keys">Its published keys.</param>
/// <param name="ProfileUrl">Where the profile was read.</param>
internal sealed record MerchantTerms(
    string? Objection, IReadOnlySet<string> Capabilities, IReadOnlyList<PaymentHandler> Handlers, KeySet Keys, Uri ProfileUrl)
{
    internal static MerchantTerms Of(WireProfile profile, Uri profileUrl)
    {
        var capabilities = profile.Ucp.Capabilities ?? [];
        return new MerchantTerms(
            ObjectionTo(profile.Ucp.Version, capabilities),
            capabilities.Select(capability => capability.Name).ToHashSet(StringComparer.Ordinal),
            HandlersIn((profile.Payment?.Handlers ?? []).Concat(profile.Ucp.PaymentHandlers ?? [])),
            new KeySet((profile.SigningKeys ?? []).Concat(profile.Keys ?? []).OfType<Jwk>()),
            profileUrl);
    }

    internal static IReadOnlyList<PaymentHandler> HandlersIn(IEnumerable<WireNamed> handlers) =>
        [.. handlers.Where(handler => handler.Id is not null).DistinctBy(handler => handler.Id)
            .Select(handler => new PaymentHandler(handler.Id!, handler.Name, handler.Spec))];

    // A later version may keep the checkout of this one beside its own, which is then said there; an earlier one cannot.
    private static string? ObjectionTo(string? version, IReadOnlyList<WireNamed> capabilities)
    {
        WireNamed[] checkouts = [.. capabilities.Where(capability => capability.Name == UcpWords.Checkout)];
        if (version == UcpWords.Version)
        {
            return checkouts.Length > 0 ? null : AdapterReasons.CheckoutNotOffered;
        }

        return checkouts.Any(checkout => checkout.Version == UcpWords.Version) ? null : AdapterReasons.VersionNotSpoken;
    }
}
