using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Signatures;
using EcuAgent.Commerce.Ucp;
using EcuAgent.Commerce.Ucp.Wire;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Webhooks;

/// <summary>
/// Order events of UCP: RFC 9421 signatures with the keys of the merchant's profile, over the address that the registry says is ours, so that
/// nothing between the merchant and the receiver decides about it. A signature has to have a time: the protocol leaves that open, and without
/// one an event could be sent again for ever.
/// </summary>
internal sealed class UcpEvents(MerchantRegistry registry, UcpDiscovery discovery, CommerceOptions options, TimeProvider time, ILogger logger)
{
    private const string Location = "/.well-known/ucp";

    /// <summary>The merchant that a request names by the address of its profile; null where the registry has none of it.</summary>
    internal MerchantEntry? SenderOf(IReadOnlyDictionary<string, string> fields) =>
        SfParser.Dictionary(fields.GetValueOrDefault("ucp-agent"))?.GetValueOrDefault("profile").Item?.Value.String is { } profile
            ? registry.Merchants.FirstOrDefault(merchant => merchant.Protocol == MerchantProtocol.Ucp && IsProfileOf(merchant, profile))
            : null;

    /// <summary>Whether an event is the merchant's, and when it was signed. The registry names an address for events.</summary>
    internal async Task<(string Reason, DateTimeOffset SignedAt)> CheckAsync(
        MerchantEntry merchant, WebhookRequest request, IReadOnlyDictionary<string, string> fields, CancellationToken cancellationToken)
    {
        var budget = new CallBudget(time, options.CallTimeout);
        var (terms, failure) = await discovery.AskAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        if (terms is null)
        {
            return ("profile_" + failure!.Reason, default);
        }

        var message = new SignedMessage { Method = request.Method, Target = registry.Ucp!.WebhookUrl, Fields = fields, Body = request.Body };
        var (reason, signedAt) = SignatureCheck.Of(message, terms.Keys, time.GetUtcNow(), options.WebhookTolerance, mustBeDated: true);
        if (reason == SignatureCheck.KeyNotFound)
        {
            discovery.Doubt(merchant);
        }

        return (reason, signedAt ?? default);
    }

    internal WireOrder? Read(MerchantEntry merchant, ReadOnlyMemory<byte> body) =>
        WireReader.Read(body, UcpJson.Default.WireOrder, Operation.Get, merchant.Id, logger) is { } order
        && WireReader.IsId(order.Id) && WireReader.IsId(order.CheckoutId)
            ? order
            : null;

    private bool IsProfileOf(MerchantEntry merchant, string profile) =>
        profile == discovery.Known(merchant)?.ProfileUrl.AbsoluteUri
        || profile == Endpoint.Below(merchant.BaseUrl, Location[1..]).AbsoluteUri
        || (profile == new Uri(merchant.BaseUrl, Location).AbsoluteUri && registry.Merchants.Count(other => IsAtOriginOf(other, merchant)) == 1);

    // Where several share an origin, its profile is no name.
    private static bool IsAtOriginOf(MerchantEntry other, MerchantEntry merchant) =>
        other.Protocol == MerchantProtocol.Ucp && other.BaseUrl.GetLeftPart(UriPartial.Authority) == merchant.BaseUrl.GetLeftPart(UriPartial.Authority);
}
