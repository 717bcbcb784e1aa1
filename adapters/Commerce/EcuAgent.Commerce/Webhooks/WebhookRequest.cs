namespace EcuAgent.Commerce.Webhooks;

/// <summary>A request with an order event, as it arrived.</summary>
public sealed record WebhookRequest
{
    /// <summary>Whose it claims to be, where the receiver's address says so; null where only the request itself does (UCP's <c>UCP-Agent</c>).</summary>
    public string? MerchantId { get; init; }

    /// <summary>Header fields; names in any case, several lines of one name joined by a comma.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The raw body, byte for byte.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }
}
