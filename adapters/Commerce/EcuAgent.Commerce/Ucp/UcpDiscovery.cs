using System.Text.Json;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Ucp.Wire;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Ucp;

/// <summary>
/// Merchants' profiles (<c>/.well-known/ucp</c>). One that cannot be had is asked for again a little later. Safe for
/// use from several threads.
/// </summary>
internal sealed class UcpDiscovery(CommerceTransport transport, CommerceOptions options, TimeProvider time, ILogger logger)
{
    private readonly WellKnown<WireProfile, Negotiated> _profiles = new("ucp", UcpJson.Default.WireProfile, transport, options, time, logger);

    /// <summary>What is known already; asks nobody.</summary>
    internal MerchantTerms? Known(MerchantEntry merchant) => _profiles.Known(merchant)?.Terms;

    /// <summary>The merchant's terms, or why there are none: whatever was answered instead of a profile.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<(MerchantTerms? Terms, Reply? Failure)> AskAsync(MerchantEntry merchant, CallBudget budget, CancellationToken cancellationToken)
    {
        if (_profiles.Known(merchant) is { } known)
        {
            return (known.Terms, known.Failure);
        }

        var (profile, address, reply) = await _profiles.FindAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        if (profile is not null && BetterVersionIn(profile, address) is { } other)
        {
            address = other;
            (profile, reply) = await _profiles.ReadAsync(merchant, address, budget, cancellationToken).ConfigureAwait(false);
        }

        return Keep(merchant, profile, address, reply);
    }

    /// <summary>Has the profile asked for again at the next call, but not more than once a minute: a key may have been added to it.</summary>
    internal void Doubt(MerchantEntry merchant) => _profiles.Doubt(merchant);

    // Where the newest version that both speak is described elsewhere. Followed once, and not to another server: the registry says who is talked to.
    private static Uri? BetterVersionIn(WireProfile profile, Uri address)
    {
        foreach (var version in UcpWords.Versions)
        {
            if (version == profile.Ucp.Version || MerchantTerms.Offers(profile.Ucp, version))
            {
                return null;
            }

            if (profile.Ucp.SupportedVersions?.GetValueOrDefault(version) is { ValueKind: JsonValueKind.String } text
                && Uri.TryCreate(address, text.GetString(), out var other)
                && other.GetLeftPart(UriPartial.Authority) == address.GetLeftPart(UriPartial.Authority))
            {
                return other;
            }
        }

        return null;
    }

    private static bool NamesAnotherEndpoint(WireProfile profile, MerchantEntry merchant) =>
        RestOf(profile.Ucp.Services?.GetValueOrDefault(UcpWords.ShoppingService) ?? default) is { } rest
        && rest.TryGetProperty("endpoint", out var endpoint) && endpoint.ValueKind == JsonValueKind.String
        && endpoint.GetString()!.TrimEnd('/') != merchant.BaseUrl.AbsoluteUri.TrimEnd('/');

    // An object by kind of transport in the first version, a list with the kind in each item in later ones.
    private static JsonElement? RestOf(JsonElement service) => service.ValueKind switch
    {
        JsonValueKind.Object when service.TryGetProperty("rest", out var rest) && rest.ValueKind == JsonValueKind.Object => rest,
        JsonValueKind.Array => service.EnumerateArray()
            .Where(item => item.ValueKind == JsonValueKind.Object && item.TryGetProperty("transport", out var kind) && kind.ValueEquals("rest"u8))
            .Select(item => (JsonElement?)item)
            .FirstOrDefault(),
        _ => null,
    };

    private (MerchantTerms? Terms, Reply? Failure) Keep(MerchantEntry merchant, WireProfile? profile, Uri address, Reply reply)
    {
        var terms = profile is null ? null : MerchantTerms.Of(profile, address);
        if (terms?.Objection is { } objection)
        {
            Log.NotNegotiated(logger, merchant.Id, objection, Mapping.PlainText.Of(profile!.Ucp.Version, 32));
        }

        if (profile is not null && NamesAnotherEndpoint(profile, merchant))
        {
            Log.EndpointDiffers(logger, merchant.Id);
        }

        var failure = terms is not null ? null
            : reply.Outcome == CommerceOutcome.Done ? new Reply(CommerceOutcome.Unknown, CommerceReasons.BadAnswer)
            : reply;
        _profiles.Keep(merchant, new Negotiated(terms, failure), isMissing: terms is null);
        return (terms, failure);
    }

    private sealed record Negotiated(MerchantTerms? Terms, Reply? Failure);
}
