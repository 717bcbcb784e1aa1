namespace EcuAgent.MerchantSim.Webhooks;

/// <summary>An order event that is to be sent.</summary>
/// <param name="Merchant">Who sends it.</param>
/// <param name="OrderId">Whose order.</param>
/// <param name="Type"><c>order_create</c> or <c>order_update</c>.</param>
/// <param name="Body">The body's bytes; these are signed.</param>
/// <param name="Signer">UCP's signature, given the address, the time and whether it is forged; null: ACP's, with the receiver's secret.</param>
internal sealed record WebhookEvent(string Merchant, string OrderId, string Type, byte[] Body, Func<Uri, DateTimeOffset, bool, IReadOnlyList<(string Name, string Value)>>? Signer = null);
