using System.Globalization;
using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Trades;

/// <summary>Tickets: digital, for a day or a show, taken back as each ticket says.</summary>
internal sealed class TicketTrade(MerchantEntry merchant, LocalClock clock, OpeningHours hours) : Trade(merchant, clock, hours)
{
    private const int DaysAhead = 180;

    // An agent that says for how many people, and not how many tickets, means one for each.
    public override int Quantity(CartLine line, TripData trip) =>
        !line.IsCounted && line.Product.PerPerson && trip.People is { } people ? people : line.Count;

    public override IReadOnlyList<StockClaim> Claims(CartLine line, TripData trip) =>
        trip.VisitDate is { } day ? [new StockClaim(line.Product.Id, day, Quantity(line, trip))] : [];

    public override IEnumerable<Notice> Notices(Cart cart, DateTimeOffset now)
    {
        var today = Clock.Day(now);
        if (cart.Trip.VisitDate is not { } day)
        {
            return cart.Trip.Problems.Any(p => p.Param == MetadataPath + TripData.VisitDateKey)
                ? []
                : [Missing(TripData.VisitDateKey, "For which day?")];
        }

        if (day < today || day > today.AddDays(DaysAhead))
        {
            return [Invalid(TripData.VisitDateKey, $"Tickets are sold from today for {DaysAhead} days ahead.")];
        }

        if (!Hours.IsOpenOn(day))
        {
            return [Invalid(TripData.VisitDateKey, $"{Merchant.Name} is closed on {day.DayOfWeek}.")];
        }

        return cart.Lines.Where(l => now >= LastEntry(l.Product, day)).Select(l =>
            Invalid(TripData.VisitDateKey, $"{l.Product.Name}: it is too late for that day."));
    }

    public override IReadOnlyList<DeliveryOffer> Offers(Cart cart, IReadOnlyList<QuoteLine> lines, DateTimeOffset now) =>
        [Digital(cart, "Mobile ticket", "电子票", "Shown at the entrance")];

    public override IReadOnlyList<Milestone> Plan(Cart cart, DeliveryOffer offer, DateTimeOffset now) =>
    [
        new Milestone("processing", "processing", "Issuing the tickets.", Merchant.Name, now),
        new Milestone("delivered", "delivered", "The tickets are there.", Merchant.Name, now),
    ];

    public override string? WhyKept(Order order, OrderLine line, DateTimeOffset now)
    {
        if (line.Product.CancelHoursBefore is not { } hoursBefore)
        {
            return $"{line.Product.Name} is not taken back";
        }

        return now >= Begin(line.Product, order.Cart.Trip.VisitDate!.Value).AddHours(-hoursBefore)
            ? FormattableString.Invariant($"{line.Product.Name} is taken back until {hoursBefore} hours before it begins")
            : null;
    }

    private DateTimeOffset Begin(ProductEntry product, DateOnly day) => Clock.Instant(
        day, product.StartsAt is { } start ? TimeOnly.ParseExact(start, "HH:mm", CultureInfo.InvariantCulture) : TimeOnly.MinValue);

    private DateTimeOffset LastEntry(ProductEntry product, DateOnly day) =>
        product.StartsAt is null ? Clock.Instant(Hours.ClosesOn(day)!.Value) : Begin(product, day);
}
