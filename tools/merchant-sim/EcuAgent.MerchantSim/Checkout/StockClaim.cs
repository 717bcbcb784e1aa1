namespace EcuAgent.MerchantSim.Checkout;

/// <summary>Pieces of a product that an order takes from the shelf.</summary>
/// <param name="ProductId">Which.</param>
/// <param name="Day">The day for rooms and dated tickets; null for goods.</param>
/// <param name="Count">How many.</param>
internal sealed record StockClaim(string ProductId, DateOnly? Day, int Count);
