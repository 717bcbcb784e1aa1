using EcuAgent.MerchantSim.Acp;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Orders;
using EcuAgent.MerchantSim.Ucp;

namespace EcuAgent.MerchantSim.Http;

/// <summary>Everything of one merchant that requests reach.</summary>
internal sealed class MerchantDesk(CheckoutDesk checkout, OrderDesk orders, SimSite site)
{
    public Shop Shop { get; } = checkout.Shop;

    public CheckoutDesk Checkout { get; } = checkout;

    public OrderDesk Orders { get; } = orders;

    public AcpFace Acp { get; } = new(checkout, orders, site);

    public UcpFace Ucp { get; } = new(checkout, orders, site);

    public AcpFeed Feed { get; } = new(checkout.Shop, site);

    public Pages Pages { get; } = new(checkout, orders);

    /// <summary>Changes the price of what is in a session, by at least one minor unit.</summary>
    public void ChangePrices(string sessionId, int percent)
    {
        lock (Shop.Gate)
        {
            foreach (var product in Checkout.ProductsOf(sessionId))
            {
                var price = Shop.Shelf.PriceOf(product);
                var changed = price + (price * percent / 100);
                Shop.Shelf.SetPrice(product, Math.Max(1, changed == price ? price + Math.Sign(percent) : changed));
            }
        }
    }

    public void SellOut(string sessionId)
    {
        lock (Shop.Gate)
        {
            foreach (var product in Checkout.ProductsOf(sessionId))
            {
                Shop.Shelf.SetStock(product, 0);
            }
        }
    }
}
