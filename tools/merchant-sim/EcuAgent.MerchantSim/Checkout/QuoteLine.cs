using EcuAgent.MerchantSim.Catalogue;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>A line with its price. Amounts are minor units.</summary>
/// <param name="Line">What was asked for.</param>
/// <param name="Quantity">Pieces, or room nights.</param>
/// <param name="UnitAmount">Price of one without tax.</param>
/// <param name="Available">Pieces that could be had.</param>
internal sealed record QuoteLine(CartLine Line, int Quantity, long UnitAmount, int Available)
{
    private const long BasisPoints = 10_000;

    public ProductEntry Product => Line.Product;

    public long Base => UnitAmount * Quantity;

    /// <summary>Rounded half up, for each line by itself.</summary>
    public long Tax => ((Base * Product.TaxBasisPoints) + (BasisPoints / 2)) / BasisPoints;

    public long Total => Base + Tax;

    public required IReadOnlyList<StockClaim> Claims { get; init; }
}
