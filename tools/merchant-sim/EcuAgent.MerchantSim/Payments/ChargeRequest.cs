namespace EcuAgent.MerchantSim.Payments;

/// <summary>What a merchant asks the provider to charge.</summary>
/// <param name="IsAuthenticated">True when the issuer has authenticated the buyer for it.</param>
internal sealed record ChargeRequest(
    string Token, string MerchantId, string SessionId, string OrderId, long Amount, string Currency, bool IsAuthenticated);

/// <summary>What came of it.</summary>
/// <param name="Result">Paid or not.</param>
/// <param name="Reason">For a person; empty when paid. Never holds the token.</param>
internal sealed record ChargeOutcome(ChargeResult Result, string Reason);

/// <summary>Whether it was paid.</summary>
internal enum ChargeResult
{
    Paid,
    Declined,
    WantsAuthentication,
}
