using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent;

/// <summary>Writes what a merchant is asked to price from a tool call and the offer that was chosen for it.</summary>
internal static class OrderWriter
{
    private const int OneNight = 1;

    /// <summary>The order; null when the offer has no price, and so no currency.</summary>
    public static CheckoutOrder? Write(MerchantNeed need, ToolArguments arguments, RankedOffer offer, TripForecast forecast)
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
            People = arguments.Integer("people"),
        };
        return need switch
        {
            MerchantNeed.Food => Food(order, arguments.Text("arrive"), offer, forecast),
            MerchantNeed.Hotel => order with { Nights = arguments.Integer("nights") ?? OneNight, ArriveAt = forecast.ArrivalAtDestination },
            _ => order,
        };
    }

    private static CheckoutOrder Food(CheckoutOrder order, string? arrive, RankedOffer offer, TripForecast forecast) => arrive switch
    {
        "home" => order with { Delivery = DeliveryKind.LocalDelivery, Place = DeliveryPlace.Home, ArriveAt = forecast.ArrivalAtDestination },
        "work" => order with { Delivery = DeliveryKind.LocalDelivery, Place = DeliveryPlace.Work, ArriveAt = forecast.ArrivalAtDestination },
        "destination" => order with { Delivery = DeliveryKind.Pickup, ArriveAt = forecast.ArrivalAtDestination },
        _ => order with { Delivery = DeliveryKind.Pickup, ArriveAt = forecast.ArrivalAt(offer.Candidate.Merchant.Position) },
    };
}
