using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Commerce;

/// <summary>What a payment may be used for, once: this session of this merchant, up to this amount, until then.</summary>
/// <param name="PurchaseId">The car's id of the purchase.</param>
/// <param name="MerchantId">Who may charge.</param>
/// <param name="SessionId">For which session.</param>
/// <param name="Limit">Exactly the total that was read back.</param>
/// <param name="ExpiresAt">After that it is void.</param>
public sealed record PaymentAllowance(string PurchaseId, string MerchantId, string SessionId, Money Limit, DateTimeOffset ExpiresAt);
