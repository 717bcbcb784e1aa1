using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Ucp.Wire;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;

namespace EcuAgent.Commerce.Ucp;

/// <summary>Turns UCP's order into ours. It has no number and no status of its own: what happened to its parts tells.</summary>
internal static class UcpOrderMapper
{
    private const int LongestCarrier = 64;
    private const int MostParcels = 50;

    /// <param name="order">The order.</param>
    /// <param name="currency">Currency of its amounts where it names none, upper-case.</param>
    /// <param name="sessionTotal">What the completed session comes to, where the order has no totals.</param>
    internal static PlacedOrder Map(WireOrder order, string currency, Money? sessionTotal = null)
    {
        var own = order.Currency?.ToUpperInvariant() ?? currency;
        var refunds = WireReader.Solid(order.Adjustments).Where(adjustment => adjustment is { Type: "refund", Status: "completed" }).Select(AmountOf);
        return new PlacedOrder(
            order.Id,
            NumberOf(order.Id, order.Label),
            ProgressOf(order),
            Amounts.Of(order.Totals, "total", own) ?? sessionTotal,
            Amounts.SumOf(refunds.OfType<long>(), own),
            ParcelsOf(order));
    }

    /// <summary>What a person names an order to the merchant by.</summary>
    internal static string NumberOf(string id, string? label) => PlainText.Of(label, SessionParts.LongestTitle) is { Length: > 0 } named ? named : id;

    /// <summary>The newest time within an order; null where it names none.</summary>
    internal static DateTimeOffset? NewestIn(WireOrder order) =>
        WireReader.Solid(order.Fulfillment?.Events).Select(happened => happened.OccurredAt)
            .Concat(WireReader.Solid(order.Adjustments).Select(adjustment => adjustment.OccurredAt))
            .Append(order.CreatedTime)
            .Max();

    private static long? AmountOf(WireAdjustment adjustment) =>
        adjustment.Amount ?? WireReader.Solid(adjustment.Totals).FirstOrDefault(total => total.Type == "total")?.Amount;

    private static OrderProgress ProgressOf(WireOrder order)
    {
        var lines = WireReader.Solid(order.LineItems);
        if (lines.Count > 0 && lines.All(line => line.Status == "removed" || line.Quantity is { Total: 0 }))
        {
            return OrderProgress.Canceled;
        }

        if (lines.Count > 0 && lines.All(line => line.Status == "fulfilled" || (line.Quantity is { Total: { } total, Fulfilled: { } fulfilled } && fulfilled >= total)))
        {
            return OrderProgress.Fulfilled;
        }

        OrderProgress[] parts = [.. lines.Select(line => LastOf(order, [line.Id]))];
        return parts.Length > 0 && parts.All(part => part == OrderProgress.Canceled) ? OrderProgress.Canceled : ProgressWords.Of(OrderProgress.Placed, parts);
    }

    // What happened last to any of the lines, of equal times the last in the list; an event without lines is about all of them.
    private static OrderProgress LastOf(WireOrder order, IReadOnlyCollection<string> lineIds) =>
        WireReader.Solid(order.Fulfillment?.Events)
            .Where(happened => happened.OccurredAt is not null && IsAbout(happened, lineIds))
            .OrderBy(happened => happened.OccurredAt)
            .LastOrDefault() is { } last
            ? ProgressWords.OfParcel(last.Type)
            : OrderProgress.Placed;

    private static bool IsAbout(WireEvent happened, IReadOnlyCollection<string> lineIds) =>
        WireReader.Solid(happened.LineItems) is var lines && (lines.Count == 0 || lines.Any(line => lineIds.Contains(line.Id)));

    private static Parcel[] ParcelsOf(WireOrder order)
    {
        var titles = WireReader.Solid(order.LineItems)
            .DistinctBy(line => line.Id)
            .ToDictionary(line => line.Id, line => line.Item?.Title ?? "", StringComparer.Ordinal);
        return [.. WireReader.Solid(order.Fulfillment?.Expectations).Take(MostParcels).Select(expected =>
        {
            string[] lines = [.. WireReader.Solid(expected.LineItems).Select(line => line.Id)];
            var named = string.Join(", ", lines.Select(id => titles.GetValueOrDefault(id, "")).Where(title => title.Length > 0));
            var carrier = WireReader.Solid(order.Fulfillment?.Events).LastOrDefault(happened => happened.Carrier is not null && IsAbout(happened, lines))?.Carrier;
            return new Parcel(
                expected.Id,
                LastOf(order, lines),
                PlainText.Of(named.Length > 0 ? named : expected.Description, SessionParts.LongestTitle),
                PlainText.Of(carrier, LongestCarrier),
                expected.FulfillableOn);
        })];
    }
}
