using System.Globalization;
using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Trades;

/// <summary>Room nights: one line is one room type, its quantity rooms times nights.</summary>
internal sealed class HotelTrade(MerchantEntry merchant, LocalClock clock, OpeningHours hours) : Trade(merchant, clock, hours)
{
    private const int DaysAhead = 365;
    private const long BasisPoints = 10_000;

    private StayEntry Stay => Merchant.Stay!;

    public override bool IsDivisible => false;

    public override int Quantity(CartLine line, TripData trip) => line.Count * trip.Nights;

    public override IReadOnlyList<StockClaim> Claims(CartLine line, TripData trip) =>
        trip.CheckIn is { } first ? [.. Nights(trip, first).Select(n => new StockClaim(line.Product.Id, n, line.Count))] : [];

    public override IEnumerable<Notice> Notices(Cart cart, DateTimeOffset now)
    {
        var today = Clock.Day(now);
        if (cart.Trip.CheckIn is not { } checkIn)
        {
            if (!cart.Trip.Problems.Any(p => p.Param == MetadataPath + TripData.CheckInKey))
            {
                yield return Missing(TripData.CheckInKey, "From which night?");
            }
        }
        else if (checkIn < today || checkIn > today.AddDays(DaysAhead))
        {
            yield return Invalid(TripData.CheckInKey, $"Rooms are let from today for {DaysAhead} days ahead.");
        }

        var beds = cart.Lines.Sum(l => l.Count * l.Product.Sleeps!.Value);
        if (cart.Trip.People is { } people && people > beds)
        {
            yield return Notice.Error(
                "quantity_exceeded",
                string.Create(CultureInfo.InvariantCulture, $"The rooms take {beds} people, not {people}."),
                MetadataPath + TripData.PeopleKey,
                Resolution.RequiresBuyerInput);
        }
    }

    public override IEnumerable<Fee> Fees(Cart cart, IReadOnlyList<QuoteLine> lines)
    {
        if (cart.Trip.CheckIn is { } first && Stay.WeekendSurchargeBasisPoints > 0)
        {
            var weekend = Nights(cart.Trip, first).Count(n => n.DayOfWeek is DayOfWeek.Friday or DayOfWeek.Saturday);
            var surcharge = lines.Sum(l => l.UnitAmount * l.Line.Count * weekend * Stay.WeekendSurchargeBasisPoints / BasisPoints);
            if (surcharge > 0)
            {
                yield return new Fee(cart.IsChinese ? "周末加价" : "Weekend surcharge", surcharge);
            }
        }

        if (Stay.CityTax > 0)
        {
            var people = cart.Trip.People ?? cart.Lines.Sum(l => l.Count);
            yield return new Fee(cart.IsChinese ? "城市税" : "City tax", Stay.CityTax * people * cart.Trip.Nights);
        }

        foreach (var fee in base.Fees(cart, lines))
        {
            yield return fee;
        }
    }

    public override IReadOnlyList<DeliveryOffer> Offers(Cart cart, IReadOnlyList<QuoteLine> lines, DateTimeOffset now) =>
        [Digital(cart, "Booking confirmation", "预订确认", $"Rooms are ready from {Stay.CheckInFrom}")];

    public override IReadOnlyList<Milestone> Plan(Cart cart, DeliveryOffer offer, DateTimeOffset now)
    {
        var checkIn = CheckInTime(cart.Trip.CheckIn!.Value);
        return
        [
            new Milestone("processing", "processing", "Booked.", Merchant.Name, now),
            new Milestone("delivered", "delivered", "Checked in.", Merchant.Name, checkIn > now ? checkIn : now.AddMinutes(1)),
        ];
    }

    public override string? WhyKept(Order order, OrderLine line, DateTimeOffset now) =>
        Clock.Day(now) >= order.Cart.Trip.CheckIn ? "the day of arrival has come" : null;

    private DateTimeOffset CheckInTime(DateOnly day) =>
        Clock.Instant(day, TimeOnly.ParseExact(Stay.CheckInFrom, "HH:mm", CultureInfo.InvariantCulture));

    private static IEnumerable<DateOnly> Nights(TripData trip, DateOnly first) => Enumerable.Range(0, trip.Nights).Select(first.AddDays);
}
