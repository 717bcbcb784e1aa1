using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;

namespace EcuAgent.Commerce.Acp;

/// <summary>Turns ACP's order into ours.</summary>
internal static class OrderMapper
{
    private const int LongestNumber = 64;
    private const int LongestCarrier = 64;
    private const int MostParcels = 50;

    /// <summary>Maps an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="currency">Currency of its amounts, upper-case: an order names none.</param>
    /// <param name="sessionId">Its session, which stands for it where it has no id.</param>
    /// <param name="sessionTotal">What the completed session comes to, where the order has no totals.</param>
    internal static PlacedOrder Map(WireOrder order, string currency, string sessionId, Money? sessionTotal = null)
    {
        var id = order.Id is { } own && WireReader.IsId(own) ? own : sessionId;
        var number = PlainText.Of(order.OrderNumber, LongestNumber);
        return new PlacedOrder(
            id,
            number.Length > 0 ? number : id,
            ProgressOf(order),
            Amounts.Of(order.Totals, "total", currency) ?? sessionTotal,
            RefundedOf(order, currency),
            ParcelsOf(order));
    }

    private static Money? RefundedOf(WireOrder order, string currency)
    {
        if (Amounts.Of(order.Totals, "amount_refunded", currency) is { } told)
        {
            return told.MinorUnits > 0 ? told : null;
        }

        var refunds = WireReader.Solid(order.Adjustments).Where(adjustment => adjustment is { Type: "refund", Status: "completed", Amount: > 0 });
        return Amounts.SumOf(refunds.Select(adjustment => adjustment.Amount!.Value), currency);
    }

    // The order's own word holds once it is over; before that, its parts may be further than it says.
    private static OrderProgress ProgressOf(WireOrder order)
    {
        var own = order.Status is null ? OrderProgress.Placed : AcpWords.OrderProgressOf(order.Status);
        if (own is OrderProgress.Fulfilled or OrderProgress.Canceled)
        {
            return own;
        }

        OrderProgress[] parts = [.. WireReader.Solid(order.Fulfillments).Select(ProgressOf)];
        if (parts.Length > 0 && order.Status is null && parts.All(part => part == OrderProgress.Fulfilled) && IsAllFulfilled(order))
        {
            return OrderProgress.Fulfilled;
        }

        return ProgressWords.Of(own, parts);
    }

    private static bool IsAllFulfilled(WireOrder order) =>
        WireReader.Solid(order.LineItems).All(line => line.Quantity is not { } quantity || quantity.Current is null || quantity.Fulfilled >= quantity.Current);

    private static OrderProgress ProgressOf(WireFulfillment part)
    {
        if (part.Status is not null)
        {
            return ProgressWords.OfParcel(part.Status);
        }

        var last = WireReader.Solid(part.Events).Where(happened => happened.OccurredAt is not null).MaxBy(happened => happened.OccurredAt);
        return ProgressWords.OfParcel(last?.Type);
    }

    private static Parcel[] ParcelsOf(WireOrder order)
    {
        var titles = WireReader.Solid(order.LineItems)
            .DistinctBy(line => line.Id)
            .ToDictionary(line => line.Id, line => line.Title ?? "", StringComparer.Ordinal);
        return [.. WireReader.Solid(order.Fulfillments).Take(MostParcels).Select(part => new Parcel(
            part.Id,
            ProgressOf(part),
            PlainText.Of(TitleOf(part, titles), SessionParts.LongestTitle),
            PlainText.Of(part.Carrier, LongestCarrier),
            part.EstimatedDelivery?.Latest ?? order.EstimatedDelivery?.Latest))];
    }

    private static string TitleOf(WireFulfillment part, Dictionary<string, string> titles)
    {
        var named = WireReader.Solid(part.LineItems).Select(line => titles.GetValueOrDefault(line.Id, "")).Where(title => title.Length > 0);
        return string.Join(", ", named) is { Length: > 0 } all ? all : part.Description ?? "";
    }
}
