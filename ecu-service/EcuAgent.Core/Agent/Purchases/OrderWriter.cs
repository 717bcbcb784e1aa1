using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>Writes what a merchant is asked to price from a tool call and the offer that was chosen for it.</summary>
internal static class OrderWriter
{
    private const int OneNight = 1;

    /// <summary>The order; null when the offer has no price, and so no currency.</summary>
    /// <param name="need">What for.</param>
    /// <param name="arguments">The checked arguments.</param>
    /// <param name="offer">The offer that was chosen.</param>
    /// <param name="arriveAt">When the person will be there; null when it does not matter or is not known.</param>
    /// <param name="time">The car's clock and time zone.</param>
    public static CheckoutOrder? Write(MerchantNeed need, ToolArguments arguments, RankedOffer offer, DateTimeOffset? arriveAt, TimeProvider time)
    {
        if (offer.Candidate.Offer.Price is not { IsKnown: true, Currency: { } currency })
        {
            return null;
        }

        var order = new CheckoutOrder
        {
            Need = need,
            Lines = [new OrderLine(offer.Candidate.Offer.OfferId, offer.Candidate.Offer.Title, arguments.Integer("quantity") ?? 1)],
            Currency = currency,
            ArriveAt = arriveAt,
            People = arguments.Integer("people"),
        };
        return need switch
        {
            MerchantNeed.Food => Food(order, arguments.Text("arrive")),
            MerchantNeed.Hotel => order with { Nights = arguments.Integer("nights") ?? OneNight, Day = DayOf(time.GetUtcNow()) },
            MerchantNeed.Ticket or MerchantNeed.Table => order with { Day = DayOf(arriveAt ?? time.GetUtcNow()) },
            _ => order,
        };

        // Who arrives after midnight visits on the next day; a night is that of the day on which it was asked for.
        DateOnly DayOf(DateTimeOffset instant) => arguments.Day ?? offer.Candidate.Merchant.DayAt(instant, time.LocalTimeZone);
    }

    private static CheckoutOrder Food(CheckoutOrder order, string? arrive) => arrive switch
    {
        "home" => order with { Delivery = DeliveryKind.LocalDelivery, Place = DeliveryPlace.Home },
        "work" => order with { Delivery = DeliveryKind.LocalDelivery, Place = DeliveryPlace.Work },
        _ => order with { Delivery = DeliveryKind.Pickup },
    };
}
