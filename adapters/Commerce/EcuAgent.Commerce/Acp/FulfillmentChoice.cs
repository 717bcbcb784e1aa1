using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Core.Commerce;

namespace EcuAgent.Commerce.Acp;

/// <summary>
/// Which of a session's fulfillment options fits an order. A pure function of both, so that a repeated call makes the same choice and sends
/// the same bytes.
/// </summary>
/// <param name="Option">The option to select; null when nothing is to be selected.</param>
/// <param name="IsOffered">False when the wanted way of delivery is not among the options.</param>
internal sealed record FulfillmentChoice(WireOption? Option, bool IsOffered)
{
    private static readonly FulfillmentChoice Keep = new(null, IsOffered: true);

    internal static FulfillmentChoice Of(WireSession session, CheckoutOrder order)
    {
        var options = WireReader.Solid(session.FulfillmentOptions);
        var selected = WireReader.Solid(session.SelectedFulfillmentOptions);
        var present = options.FirstOrDefault(option => selected.Any(choice => choice.OptionId == option.Id));
        if (CandidatesOf(options, present, order) is not { Count: > 0 } candidates)
        {
            // Nothing to choose from is all right where nothing has to be brought anywhere.
            return order.Delivery is DeliveryKind.Any || (order.Delivery is DeliveryKind.Digital && options.Count == 0)
                ? Keep
                : new FulfillmentChoice(null, IsOffered: false);
        }

        // A stable order: equally good ones stay as the merchant lists them, and the one that is selected already wins among its equals.
        var best = candidates.OrderBy(option => FitOf(option, order.ArriveAt)).First();
        var isPresentAsGood = present is not null && candidates.Contains(present) && FitOf(present, order.ArriveAt) == FitOf(best, order.ArriveAt);
        return isPresentAsGood ? Keep : new FulfillmentChoice(best, IsOffered: true);
    }

    private static List<WireOption> CandidatesOf(IReadOnlyList<WireOption> options, WireOption? present, CheckoutOrder order)
    {
        if (AcpWords.TypeOf(order.Delivery) is { } wanted)
        {
            return OfType(wanted);
        }

        if (order.Place != DeliveryPlace.None)
        {
            var brought = OfType(AcpWords.LocalDelivery);
            return brought.Count > 0 ? brought : OfType(AcpWords.Shipping);
        }

        return (present ?? (options.Count > 0 ? options[0] : null)) is { } first ? OfType(first.Type) : [];

        List<WireOption> OfType(string type) => [.. options.Where(option => option.Type == type)];
    }

    private static TimeFit FitOf(WireOption option, DateTimeOffset? arriveAt) => (arriveAt, option.Type) switch
    {
        (null, _) => default,
        ({ } there, AcpWords.Pickup) => TimeFit.OfPickup(option.ReadyBy, option.PickupBy, there),
        ({ } there, AcpWords.LocalDelivery) => TimeFit.OfWindow(option.DeliveryWindow?.Start, option.DeliveryWindow?.End, there),
        _ => TimeFit.OfWindow(null, null, default),
    };
}
