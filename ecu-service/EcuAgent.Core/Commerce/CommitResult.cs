namespace EcuAgent.Core.Commerce;

/// <summary>What came of an order.</summary>
/// <param name="Kind">What.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Record">The purchase as the journal has it.</param>
/// <param name="Session">The merchant's session as it was last seen; null when it was not.</param>
public sealed record CommitResult(CommitKind Kind, string Reason, PurchaseRecord Record, CheckoutSession? Session = null);
