using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Http;

/// <summary>What a person opens in a browser: the page where a session goes on, and the pages that links lead to.</summary>
internal sealed class Pages(CheckoutDesk desk, OrderDesk orders)
{
    private const string Html = "text/html; charset=utf-8";

    /// <returns>The page; null when there is none at this path.</returns>
    public Answer? Handle(SimRequest request, string what, string id)
    {
        var name = desk.Shop.Merchant.Name;
        return what switch
        {
            "continue" when request.Method is "POST" => desk.Approve(id)
                ? Answer.Text(200, "Thank you. You may go back to the assistant.")
                : Answer.Text(404, "This session is over."),
            "continue" => Answer.Text(200, $"""<form method="post"><p>{name}: please agree and show your age.</p><button>Agree</button></form>""", Html),
            "orders" when request.Method is "GET" => orders.Describe(id) is { } line ? Answer.Text(200, $"{name}. {line}") : null,
            "items" when request.Method is "GET" => desk.Shop.Products.TryGetValue(id, out var product) ? Answer.Text(200, $"{product.Name}: {product.Description}") : null,
            "track" when request.Method is "GET" => Answer.Text(200, $"{name}. Parcel {Uri.UnescapeDataString(id)}"),
            "legal" when request.Method is "GET" => Answer.Text(200, $"{name}, a simulated merchant. Nothing is sold here."),
            _ => null,
        };
    }
}
