using EcuAgent.MerchantSim.Catalogue;

namespace EcuAgent.MerchantSim.Checkout;

/// <summary>An item as it was asked for. The same item named twice is one line with two.</summary>
/// <param name="Product">What.</param>
/// <param name="Count">How many.</param>
/// <param name="IsCounted">True when the request said how many: by a quantity or by naming the item more than once.</param>
/// <param name="Index">Where the request names it first; for paths.</param>
/// <param name="ExpectedUnitAmount">The price that the agent believes in; null when it did not say.</param>
internal sealed record CartLine(ProductEntry Product, int Count, bool IsCounted, int Index, long? ExpectedUnitAmount)
{
    /// <summary>Id of the line in answers.</summary>
    public string LineId => "li_" + Product.Id;
}
