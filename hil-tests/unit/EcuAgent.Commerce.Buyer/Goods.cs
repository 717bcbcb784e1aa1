using EcuAgent.Core.Ports;

namespace EcuAgent.Commerce.Buyer;

/// <summary>What is bought, and where.</summary>
public sealed record Goods(string MerchantId, MerchantNeed Need, string OfferId, string Title, string Currency)
{
    /// <summary>The pizza that the simulated trattoria sells.</summary>
    public static Goods Pizza { get; } = new(Shopping.MerchantId, MerchantNeed.Food, Shopping.OfferId, "Pizza Margherita", "EUR");
}
