namespace EcuAgent.Core.Commerce;

/// <summary>What came of asking a merchant for its price.</summary>
/// <param name="Reason">Stable code; <see cref="CommerceReasons.Done"/> when the quote can be read back.</param>
/// <param name="Record">The purchase as the journal has it.</param>
/// <param name="Session">The merchant's session; null when there is none.</param>
/// <param name="SameBefore">An equal wish that was ordered a short while ago; null when there is none.</param>
public sealed record QuoteResult(string Reason, PurchaseRecord Record, CheckoutSession? Session, PurchaseRecord? SameBefore = null)
{
    /// <summary>True when there is something to read back.</summary>
    public bool IsReady => Reason == CommerceReasons.Done && Session is not null;
}
