using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Trades;

/// <summary>Open bills: each is paid once, settled at once, and never taken back.</summary>
internal sealed class BillTrade(MerchantEntry merchant, LocalClock clock, OpeningHours hours) : Trade(merchant, clock, hours)
{
    public override IReadOnlyList<DeliveryOffer> Offers(Cart cart, IReadOnlyList<QuoteLine> lines, DateTimeOffset now) =>
        [Digital(cart, "Receipt", "收据", "By e-mail and in the order")];

    public override IReadOnlyList<Milestone> Plan(Cart cart, DeliveryOffer offer, DateTimeOffset now) =>
        [new Milestone("delivered", "delivered", "Settled.", Merchant.Name, now)];

    public override string? WhyKept(Order order, OrderLine line, DateTimeOffset now) => "a paid bill is settled";

    public override Notice SoldOut(QuoteLine line, string path) =>
        Notice.Error("conflict", $"{line.Product.Reference} is paid already.", path, Resolution.RequiresBuyerReview);
}
