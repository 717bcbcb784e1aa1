namespace EcuAgent.Core.Ports;

/// <summary>What is wanted from a merchant, in the words of the tool call.</summary>
/// <param name="OrderId">GUID of this order; the same in every attempt, so that a repeat has a single effect.</param>
/// <param name="Need">What for.</param>
/// <param name="Tool">Name of the tool.</param>
/// <param name="Arguments">The checked arguments.</param>
public sealed record MerchantRequest(string OrderId, MerchantNeed Need, string Tool, IReadOnlyDictionary<string, object> Arguments);
