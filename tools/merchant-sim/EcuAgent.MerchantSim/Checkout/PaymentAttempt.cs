using System.Text.Json;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>What a complete request brings.</summary>
/// <param name="Key">Idempotency key; unique for a request that has none.</param>
/// <param name="Token">Delegated token.</param>
/// <param name="AuthenticationOutcome">Outcome of issuer authentication; null when the request has none.</param>
/// <param name="Buyer">Final buyer data; null to leave it.</param>
/// <param name="OrderNotes">Notes; null to leave them.</param>
internal sealed record PaymentAttempt(string Key, string Token, string? AuthenticationOutcome, JsonElement? Buyer, string? OrderNotes)
{
    /// <summary>Outcomes with which a charge is authenticated.</summary>
    public bool IsAuthenticated => AuthenticationOutcome is "authenticated" or "attempt_acknowledged";
}
