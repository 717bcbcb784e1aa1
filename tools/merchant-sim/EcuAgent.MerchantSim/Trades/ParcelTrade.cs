using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Json;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Trades;

/// <summary>Goods that a carrier brings over days.</summary>
internal sealed class ParcelTrade(MerchantEntry merchant, LocalClock clock, OpeningHours hours) : Trade(merchant, clock, hours)
{
    private static readonly TimeSpan ToHub = TimeSpan.FromHours(6);
    private static readonly TimeOnly VanLoaded = new(7, 30);
    private static readonly TimeOnly DoorFrom = new(9, 0);
    private static readonly TimeOnly DoorUntil = new(18, 0);
    private static readonly TimeOnly AtDoor = new(14, 0);

    public override IReadOnlyList<DeliveryOffer> Offers(Cart cart, IReadOnlyList<QuoteLine> lines, DateTimeOffset now) =>
        [.. Merchant.Shipping!.Select(s => Offer(cart, s, now))];

    public override IReadOnlyList<Milestone> Plan(Cart cart, DeliveryOffer offer, DateTimeOffset now)
    {
        var shipping = Merchant.Shipping!.First(s => s.Id == offer.Id);
        var handed = Handed(shipping, now);
        var day = Clock.Day(handed).AddDays(shipping.DaysMinimum);
        var city = cart.FulfillmentDetails is { } details ? JsonRead.Text(details, "address", "city") : null;
        return
        [
            new Milestone("processing", "processing", "Being packed.", Merchant.Address.City, now),
            new Milestone("shipped", "shipped", "Handed to the carrier.", Merchant.Address.City, handed),
            new Milestone("in_transit", "in_transit", "Passed the hub.", shipping.Hub, handed + ToHub),
            new Milestone("out_for_delivery", "out_for_delivery", "On the van.", city, Clock.Instant(day, VanLoaded)),
            new Milestone("delivered", "delivered", "Handed over at the door.", city, Clock.Instant(day, AtDoor)),
        ];
    }

    public override string? WhyKept(Order order, OrderLine line, DateTimeOffset now) =>
        HasReached(order, "shipped") ? "the parcel is with the carrier" : null;

    private DeliveryOffer Offer(Cart cart, ShippingEntry shipping, DateTimeOffset now)
    {
        var day = Clock.Day(Handed(shipping, now));
        var address = cart.FulfillmentDetails is { } details ? JsonRead.Find(details, "address") : null;
        return new DeliveryOffer
        {
            Mode = DeliveryMode.Shipping,
            Id = shipping.Id,
            Title = cart.IsChinese ? shipping.TitleZh : shipping.Title,
            Description = FormattableString.Invariant($"{shipping.DaysMinimum} to {shipping.DaysMaximum} days"),
            Fee = shipping.Fee,
            Carrier = shipping.Carrier,
            From = Clock.Instant(day.AddDays(shipping.DaysMinimum), DoorFrom),
            Until = Clock.Instant(day.AddDays(shipping.DaysMaximum), DoorUntil),
            Notices = address is null
                ? [Notice.Error("missing", "An address is needed for shipping.", "$.fulfillment_details.address", Resolution.RequiresBuyerInput)]
                : [],
        };
    }

    /// <summary>Handling counts from now, or from the next opening when the shop is closed.</summary>
    private DateTimeOffset Handed(ShippingEntry shipping, DateTimeOffset now)
    {
        var local = Clock.Local(now);
        var open = Hours.OpenFrom(local);
        var begin = open is null || open == local ? now : Clock.Instant(open.Value);
        return begin.AddHours(shipping.HandlingHours);
    }
}
