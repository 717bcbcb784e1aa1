namespace EcuAgent.MerchantSim.Idempotency;

/// <summary>A key counts within one identity and one endpoint (method and path).</summary>
internal readonly record struct IdempotencyKey(string Identity, string Endpoint, string Key);
