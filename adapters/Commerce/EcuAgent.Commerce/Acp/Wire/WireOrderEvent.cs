namespace EcuAgent.Commerce.Acp.Wire;

/// <summary>Schema <c>WebhookEvent</c>.</summary>
internal sealed record WireOrderEvent
{
    /// <summary>Not in the schema; taken where a merchant gives one.</summary>
    public string? Id { get; init; }

    public required string Type { get; init; }

    public required WireOrder Data { get; init; }
}
