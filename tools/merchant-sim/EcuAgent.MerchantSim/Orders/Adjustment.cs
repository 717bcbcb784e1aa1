namespace EcuAgent.MerchantSim.Orders;

/// <summary>Money given back after the order.</summary>
/// <param name="Lines">Which lines and how many pieces of each.</param>
/// <param name="Amount">Minor units, tax included.</param>
internal sealed record Adjustment(string Id, DateTimeOffset OccurredAt, IReadOnlyList<(string LineId, int Quantity)> Lines, long Amount, string Reason);
