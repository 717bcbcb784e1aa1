namespace EcuAgent.Service;

/// <summary>An order to which something happened.</summary>
/// <param name="MerchantId">Whose.</param>
/// <param name="SessionId">The merchant's session that it came of.</param>
/// <param name="Since">When the event came.</param>
internal readonly record struct OrderNote(string MerchantId, string SessionId, DateTimeOffset Since);
