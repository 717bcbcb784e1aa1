using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Registry;

/// <summary>A merchant of the registry: what the service may know, and what only the adapter needs.</summary>
internal sealed record MerchantEntry
{
    /// <summary>What the service sees of it.</summary>
    internal required MerchantProfile Profile { get; init; }

    internal required MerchantProtocol Protocol { get; init; }

    /// <summary>Address before <c>/checkout_sessions</c> or <c>/checkout-sessions</c>, <c>/feeds</c> and <c>/orders</c>; of an MCP merchant, its endpoint.</summary>
    internal required Uri BaseUrl { get; init; }

    /// <summary>Path of its products; null for one without a catalogue.</summary>
    internal string? FeedPath { get; init; }

    /// <summary>Where its products are: below the base address; beside an MCP endpoint, as RFC 3986 resolves a relative reference.</summary>
    internal Uri? FeedUrl =>
        FeedPath is null ? null : Protocol == MerchantProtocol.Mcp ? new Uri(BaseUrl, FeedPath) : Endpoint.Below(BaseUrl, FeedPath);

    /// <summary>ISO 4217 code in the merchant's own spelling.</summary>
    internal required string WireCurrency { get; init; }

    /// <summary>BCP 47 tag of the texts that are asked for.</summary>
    internal required string Locale { get; init; }

    /// <summary>Null where the merchant speaks UCP and knows us by our signatures alone.</summary>
    internal Secret? BearerToken { get; init; }

    /// <summary>Secret of its order webhooks in ACP; null where it sends none, and in UCP, where they are signed with its published keys.</summary>
    internal Secret? WebhookSecret { get; init; }

    /// <summary>True where an answer in UCP counts only with the merchant's signature.</summary>
    internal bool AreAnswersSigned { get; init; }

    internal string Id => Profile.Id;

    /// <summary>ISO 4217 code, upper-case.</summary>
    internal string Currency => WireCurrency.ToUpperInvariant();
}
