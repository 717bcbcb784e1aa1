using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Registry;

/// <summary>A merchant of the registry: what the service may know, and what only the adapter needs.</summary>
internal sealed record MerchantEntry
{
    /// <summary>What the service sees of it.</summary>
    internal required MerchantProfile Profile { get; init; }

    internal required MerchantProtocol Protocol { get; init; }

    /// <summary>Address before <c>/checkout_sessions</c>, <c>/feeds</c> and <c>/orders</c>; of an MCP merchant, its endpoint.</summary>
    internal required Uri BaseUrl { get; init; }

    /// <summary>Path of its products below the base address; null for one without a catalogue.</summary>
    internal string? FeedPath { get; init; }

    /// <summary>ISO 4217 code in the merchant's own spelling.</summary>
    internal required string WireCurrency { get; init; }

    /// <summary>BCP 47 tag of the texts that are asked for.</summary>
    internal required string Locale { get; init; }

    internal required Secret BearerToken { get; init; }

    /// <summary>Secret of its order webhooks; null where it sends none.</summary>
    internal Secret? WebhookSecret { get; init; }

    internal string Id => Profile.Id;

    /// <summary>ISO 4217 code, upper-case.</summary>
    internal string Currency => WireCurrency.ToUpperInvariant();
}
