using System.Text.Json;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Ucp.Wire;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Ucp;

/// <summary>
/// Merchants' profiles (<c>/.well-known/ucp</c>). One that cannot be had is asked for again a little later. When too many are kept the least
/// recently used one is dropped. Safe for use from several threads.
/// </summary>
internal sealed class UcpDiscovery(CommerceTransport transport, CommerceOptions options, TimeProvider time, ILogger logger)
{
    private const int Most = 64;
    private const string Location = ".well-known/ucp";

    private static readonly TimeSpan MissingHolds = TimeSpan.FromMinutes(1);

    private readonly BoundedMap<string, Entry> _entries = new(Most);

    /// <summary>What is known already; asks nobody.</summary>
    internal MerchantTerms? Known(MerchantEntry merchant) => FreshFor(merchant)?.Terms;

    /// <summary>The merchant's terms, or why there are none: whatever was answered instead of a profile.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<(MerchantTerms? Terms, Reply? Failure)> AskAsync(MerchantEntry merchant, CallBudget budget, CancellationToken cancellationToken)
    {
        if (FreshFor(merchant) is { } known)
        {
            return (known.Terms, known.Failure);
        }

        var address = new Uri(merchant.BaseUrl, "/" + Location);
        var (profile, reply) = await ReadAsync(merchant, address, budget, cancellationToken).ConfigureAwait(false);
        if (profile is null && merchant.BaseUrl.AbsolutePath != "/" && reply.Reason is not (CommerceReasons.Unreachable or CommerceReasons.NoAnswer))
        {
            // It is at the origin; where merchants share one, each may have its own below its address.
            address = Endpoint.Below(merchant.BaseUrl, Location);
            (profile, reply) = await ReadAsync(merchant, address, budget, cancellationToken).ConfigureAwait(false);
        }

        if (profile is not null && BetterVersionIn(profile, address) is { } other)
        {
            address = other;
            (profile, reply) = await ReadAsync(merchant, address, budget, cancellationToken).ConfigureAwait(false);
        }

        return Keep(merchant, profile, address, reply);
    }

    /// <summary>Has the profile asked for again at the next call, but not more than once a minute: a key may have been added to it.</summary>
    internal void Doubt(MerchantEntry merchant)
    {
        if (_entries.TryGet(KeyOf(merchant), out var entry) && entry.HoldsFor > MissingHolds)
        {
            _entries.Set(KeyOf(merchant), entry with { HoldsFor = MissingHolds });
        }
    }

    private static string KeyOf(MerchantEntry merchant) => merchant.BaseUrl.AbsoluteUri;

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
        _entries.Set(KeyOf(merchant), new Entry(terms, failure, time.GetTimestamp(), terms is null ? MissingHolds : options.DiscoveryHolds));
        return (terms, failure);
    }

    private async Task<(WireProfile? Profile, Reply Reply)> ReadAsync(
        MerchantEntry merchant, Uri target, CallBudget budget, CancellationToken cancellationToken)
    {
        var call = new HttpCall
        {
            Operation = nameof(Operation.Discover),
            Party = merchant.Id,
            Target = target,
            MostBytes = options.MaxAnswerBytes,
            IsRepeatable = true,
            AttemptTimeout = options.AttemptTimeout,
        };
        var reply = await transport.SendAsync(call, Operation.Discover, budget, cancellationToken).ConfigureAwait(false);
        var profile = reply.Outcome == CommerceOutcome.Done
            ? WireReader.Read(reply.Body, UcpJson.Default.WireProfile, Operation.Discover, merchant.Id, logger)
            : null;
        return (profile, reply);
    }

    private Entry? FreshFor(MerchantEntry merchant) =>
        _entries.TryGet(KeyOf(merchant), out var entry) && time.GetElapsedTime(entry.AskedAt) < entry.HoldsFor ? entry : null;

    private sealed record Entry(MerchantTerms? Terms, Reply? Failure, long AskedAt, TimeSpan HoldsFor);
}
