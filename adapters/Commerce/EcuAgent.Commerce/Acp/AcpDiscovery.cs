using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Registry;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Acp;

/// <summary>
/// Merchants' discovery documents (<c>/.well-known/acp.json</c>), as far as the car needs them: which extensions are declared. One that cannot
/// be had declares nothing, and is asked for again a little later.
/// </summary>
internal sealed class AcpDiscovery(CommerceTransport transport, CommerceOptions options, TimeProvider time, ILogger logger)
{
    private readonly WellKnown<WireDiscovery, Declared> _documents =
        new("acp.json", AcpJson.Default.WireDiscovery, transport, options, time, logger) { ProtocolHeaders = AcpWords.Headers };

    /// <summary>True for the name of an extension, with or without a version.</summary>
    internal static bool Declares(IEnumerable<string> extensions, string name) =>
        extensions.Any(extension => extension == name || extension.StartsWith(name + "@", StringComparison.Ordinal));

    /// <summary>True when the document that is here says that orders can be taken back; asks nobody.</summary>
    internal bool IsKnownToCancelOrders(MerchantEntry merchant) => _documents.Known(merchant)?.MayCancelOrder == true;

    /// <summary>Whether the merchant declares that orders can be taken back, and the failure where it could not be reached to ask.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    internal async Task<(bool MayCancelOrder, Reply? Unreached)> AskAsync(MerchantEntry merchant, CallBudget budget, CancellationToken cancellationToken)
    {
        if (_documents.Known(merchant) is { } known)
        {
            return (known.MayCancelOrder, known.Unreached);
        }

        var (document, _, reply) = await _documents.FindAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        if (document?.Protocol.SupportedVersions is { } versions && !versions.Contains(AcpWords.ApiVersion))
        {
            Log.VersionNotListed(logger, merchant.Id);
        }

        var mayCancel = document?.Capabilities?.Extensions is { } extensions && Declares(extensions, AcpWords.OrderCancelExtension);

        // Whatever was answered instead of a document declares nothing.
        var unreached = reply.IsUnreached ? reply : null;
        _documents.Keep(merchant, new Declared(mayCancel, unreached), isMissing: document is null);
        return (mayCancel, unreached);
    }

    private sealed record Declared(bool MayCancelOrder, Reply? Unreached);
}
