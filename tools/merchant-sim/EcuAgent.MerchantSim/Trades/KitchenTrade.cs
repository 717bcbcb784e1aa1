using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Json;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Trades;

/// <summary>Dishes: made to be ready when the person is there, or brought to arrive then.</summary>
internal sealed class KitchenTrade(MerchantEntry merchant, LocalClock clock, OpeningHours hours) : Trade(merchant, clock, hours)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(7);
    private static readonly TimeSpan Grid = TimeSpan.FromMinutes(5);

    private KitchenEntry Kitchen => Merchant.Kitchen!;

    public override IReadOnlyList<DeliveryOffer> Offers(Cart cart, IReadOnlyList<QuoteLine> lines, DateTimeOffset now)
    {
        var preparation = Preparation(lines.Select(l => l.Product));
        DeliveryOffer[] pickup = [Pickup(cart, preparation, now)];
        return Kitchen.Delivery is { } delivery ? [.. pickup, Brought(cart, lines, delivery, preparation, now)] : pickup;
    }

    public override IReadOnlyList<Milestone> Plan(Cart cart, DeliveryOffer offer, DateTimeOffset now)
    {
        var done = offer.KitchenDone!.Value;
        var begin = done - Preparation(cart.Lines.Select(l => l.Product));
        var preparing = new Milestone("processing", "processing", "The kitchen has begun.", Merchant.Name, begin);
        return offer.Mode is DeliveryMode.Pickup
            ? [
                preparing,
                new Milestone("ready_for_pickup", "ready_for_pickup", "Ready at the counter.", Merchant.Name, done),
                new Milestone("delivered", "delivered", "Fetched.", Merchant.Name, done.AddMinutes(Kitchen.PickupWaitMinutes)),
            ]
            : [
                preparing,
                new Milestone("out_for_delivery", "out_for_delivery", "On its way.", Merchant.Name, done),
                new Milestone("delivered", "delivered", "Handed over at the door.", Merchant.Address.City, offer.From!.Value),
            ];
    }

    public override string? WhyKept(Order order, OrderLine line, DateTimeOffset now) =>
        HasReached(order, "processing") ? "the kitchen has begun" : null;

    private DeliveryOffer Pickup(Cart cart, TimeSpan preparation, DateTimeOffset now)
    {
        var ready = Ready(cart, preparation, TimeSpan.Zero, now, out var notices);
        return new DeliveryOffer
        {
            Mode = DeliveryMode.Pickup,
            Id = "pickup",
            Title = cart.IsChinese ? "到店自取" : "Pickup",
            Description = "At the counter",
            Fee = 0,
            From = ready,
            Until = ready.AddMinutes(Kitchen.PickupWaitMinutes),
            KitchenDone = ready,
            Notices = notices,
        };
    }

    private DeliveryOffer Brought(Cart cart, IReadOnlyList<QuoteLine> lines, DeliveryEntry delivery, TimeSpan preparation, DateTimeOffset now)
    {
        var road = TimeSpan.FromMinutes(delivery.RoadMinutes);
        var done = Ready(cart, preparation, road, now, out var notices);
        return new DeliveryOffer
        {
            Mode = DeliveryMode.LocalDelivery,
            Id = "local-delivery",
            Title = cart.IsChinese ? "外卖配送" : "Delivery",
            Description = "Own courier",
            Fee = delivery.Fee,
            Carrier = Merchant.Name,
            From = done + road,
            Until = done + road + TimeSpan.FromMinutes(delivery.WindowMinutes),
            KitchenDone = done,
            Notices = [.. notices, .. AddressNotices(cart, delivery), .. WorthNotices(lines, delivery)],
        };
    }

    /// <summary>When the kitchen hands it out: as soon as it can, or so that it is there (after <paramref name="road"/>) at the arrival time.</summary>
    private DateTimeOffset Ready(Cart cart, TimeSpan preparation, TimeSpan road, DateTimeOffset now, out IReadOnlyList<Notice> notices)
    {
        var found = new List<Notice>();
        notices = found;
        var begin = now.AddMinutes(Kitchen.StartDelayMinutes);
        var opens = Hours.OpenFrom(Clock.Local(begin));
        var earliest = RoundUp((opens is { } local && local != Clock.Local(begin) ? Clock.Instant(local) : begin) + preparation);
        if (cart.Trip.ArrivalTime is not { } arrival)
        {
            if (earliest - begin > preparation + Grid)
            {
                found.Add(Notice.Warning("limited_availability", $"Closed now; ready at {Shown(earliest)}.", MetadataPath + TripData.ArrivalTimeKey));
            }

            return Checked(earliest, found);
        }

        if (arrival > now + Ahead)
        {
            found.Add(Invalid(TripData.ArrivalTimeKey, "Orders are taken for the next seven days."));
            return earliest;
        }

        if (arrival - road < earliest)
        {
            found.Add(Notice.Warning(
                "limited_availability", $"Cannot be there at {Shown(arrival)}; {Shown(earliest + road)} is the earliest.", MetadataPath + TripData.ArrivalTimeKey));
            return Checked(earliest, found);
        }

        return Checked(arrival - road, found);
    }

    private DateTimeOffset Checked(DateTimeOffset ready, List<Notice> found)
    {
        if (!Hours.IsOpenAt(Clock.Local(ready)))
        {
            found.Add(Invalid(TripData.ArrivalTimeKey, $"{Merchant.Name} is closed at {Shown(ready)}."));
        }

        return ready;
    }

    private static IEnumerable<Notice> AddressNotices(Cart cart, DeliveryEntry delivery)
    {
        var address = cart.FulfillmentDetails is { } details ? JsonRead.Find(details, "address") : null;
        if (address is null)
        {
            yield return Notice.Error("missing", "An address is needed for delivery.", "$.fulfillment_details.address", Resolution.RequiresBuyerInput);
        }
        else if (!delivery.PostalPrefixes.Any(p => (JsonRead.Text(address.Value, "postal_code") ?? "").StartsWith(p, StringComparison.Ordinal)))
        {
            yield return Notice.Error("region_restricted", "This address is not delivered to.", "$.fulfillment_details.address.postal_code", Resolution.RequiresBuyerInput);
        }
    }

    private static IEnumerable<Notice> WorthNotices(IReadOnlyList<QuoteLine> lines, DeliveryEntry delivery)
    {
        if (lines.Sum(l => l.Base) < delivery.MinimumOrder)
        {
            yield return Notice.Error(
                "minimum_not_met", FormattableString.Invariant($"Delivery needs dishes worth {delivery.MinimumOrder} minor units."), "$.line_items", Resolution.RequiresBuyerInput);
        }
    }

    private static TimeSpan Preparation(IEnumerable<ProductEntry> products) =>
        TimeSpan.FromMinutes(products.Max(p => p.PreparationMinutes ?? 0));

    // A kitchen promises five-minute steps; a promise that moved with each second would change the terms at every look.
    private static DateTimeOffset RoundUp(DateTimeOffset time) =>
        time.AddTicks((Grid.Ticks - (time.UtcTicks % Grid.Ticks)) % Grid.Ticks);

    private string Shown(DateTimeOffset time) => Clock.Local(time).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);
}
