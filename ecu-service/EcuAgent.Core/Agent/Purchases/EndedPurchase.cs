namespace EcuAgent.Core.Agent.Purchases;

/// <summary>An order that was read back, and how it ended.</summary>
internal sealed record EndedPurchase(PendingOrder Order, PurchaseEnd How);
