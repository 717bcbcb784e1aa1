using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;

namespace EcuAgent.MerchantSim.Orders;

/// <summary>A line of an order: what was ordered, what is left of it, what was handed over.</summary>
internal sealed class OrderLine(QuoteLine quote)
{
    public QuoteLine Quote { get; } = quote;

    public string Id => Quote.Line.LineId;

    public ProductEntry Product => Quote.Product;

    public int Ordered => Quote.Quantity;

    public int Current { get; set; } = quote.Quantity;

    public int Fulfilled { get; set; }

    /// <summary>As the protocol derives it from the quantities.</summary>
    public string Status => this switch
    {
        { Current: 0 } => "removed",
        _ when Fulfilled >= Current => "fulfilled",
        { Fulfilled: > 0 } => "partial",
        _ => "processing",
    };

    /// <summary>What so many pieces cost with tax; the last piece takes what rounding left.</summary>
    public long WorthOf(int pieces) => pieces == Current ? Quote.Total - Paid(Ordered - Current) : Paid(Ordered - Current + pieces) - Paid(Ordered - Current);

    private long Paid(int pieces) => Quote.Total * pieces / Ordered;
}
