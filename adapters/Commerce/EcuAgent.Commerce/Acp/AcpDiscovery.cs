using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Acp;

/// <summary>
/// Merchants' discovery documents (<c>/.well-known/acp.json</c>), as far as the car needs them: which extensions are declared. One that cannot
/// be had declares nothing, and is asked for again a little later. When too many are kept the least recently used one is dropped.
/// </summary>
internal sealed class AcpDiscovery(CommerceTransport transport, CommerceOptions options, TimeProvider time, ILogger logger)
{
    private const int Most = 64;
    private const string Location = ".well-known/acp.json";

    private static readonly TimeSpan MissingHolds = TimeSpan.FromMinutes(1);

    private readonly BoundedMap<string, Entry> _entries = new(Most);

    /// <summary>True for the name of an extension, with or without a version.</summary>
    internal static bool Declares(IEnumerable<string> extensions, string name) =>
        extensions.Any(extension => extension == name || extension.StartsWith(name + "@", StringComparison.Ordinal));

    /// <summary>True when the document that is here says that orders can be taken back; asks nobody.</summary>
    internal bool IsKnownToCancelOrders(MerchantEntry merchant) => FreshFor(merchant)?.MayCancelOrder == true;

    /// <summary>Whether the merchant declares that orders can be taken back, and the failure where it could not be reached to ask.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<(bool MayCancelOrder, Reply? Unreached)> AskAsync(MerchantEntry merchant, CallBudget budget, CancellationToken cancellationToken)
    {
        if (FreshFor(merchant) is { } known)
        {
            return (known.MayCancelOrder, known.Unreached);
        }

        var (document, reply) = await ReadAsync(merchant, new Uri(merchant.BaseUrl, "/" + Location), budget, cancellationToken).ConfigureAwait(false);
        if (document is null && merchant.BaseUrl.AbsolutePath != "/" && !IsUnreached(reply))
        {
            // RFC 8615 has it at the origin; where merchants share one, each may have its own below its address.
            var own = Endpoint.Below(merchant.BaseUrl, Location);
            (document, reply) = await ReadAsync(merchant, own, budget, cancellationToken).ConfigureAwait(false);
        }

        if (document?.Protocol.SupportedVersions is { } versions && !versions.Contains(AcpWords.ApiVersion))
        {
            Log.VersionNotListed(logger, merchant.Id);
        }

        var mayCancel = document?.Capabilities?.Extensions is { } extensions && Declares(extensions, AcpWords.OrderCancelExtension);

        // Whatever was answered instead of a document declares nothing.
        var unreached = IsUnreached(reply) ? reply : null;
        var holdsFor = document is null ? MissingHolds : options.DiscoveryHolds;
        _entries.Set(KeyOf(merchant), new Entry(mayCancel, unreached, time.GetTimestamp(), holdsFor));
        return (mayCancel, unreached);
    }

    private static string KeyOf(MerchantEntry merchant) => merchant.BaseUrl.AbsoluteUri;

    private static bool IsUnreached(Reply reply) => reply.Reason is CommerceReasons.Unreachable or CommerceReasons.NoAnswer;

    private async Task<(WireDiscovery? Document, Reply Reply)> ReadAsync(
        MerchantEntry merchant, Uri target, CallBudget budget, CancellationToken cancellationToken)
    {
        var call = new HttpCall
        {
            Operation = nameof(Operation.Discover),
            Party = merchant.Id,
            Target = target,
            ProtocolHeaders = AcpWords.Headers,
            MostBytes = options.MaxAnswerBytes,
            IsRepeatable = true,
            AttemptTimeout = options.AttemptTimeout,
        };
        var reply = await transport.SendAsync(call, Operation.Discover, budget, cancellationToken).ConfigureAwait(false);
        var document = reply.Outcome == CommerceOutcome.Done
            ? WireReader.Read(reply.Body, AcpJson.Default.WireDiscovery, Operation.Discover, merchant.Id, logger)
            : null;
        return (document, reply);
    }

    private Entry? FreshFor(MerchantEntry merchant) =>
        _entries.TryGet(KeyOf(merchant), out var entry) && time.GetElapsedTime(entry.AskedAt) < entry.HoldsFor ? entry : null;

    private sealed record Entry(bool MayCancelOrder, Reply? Unreached, long AskedAt, TimeSpan HoldsFor);
}
