using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Json;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>Writes an order of the order capability.</summary>
internal sealed class UcpOrderWriter(Shop shop, SimSite site)
{
    public JsonObject Write(Order order) => new()
    {
        ["ucp"] = UcpProtocol.OfOrder(),
        ["id"] = order.Id,
        ["checkout_id"] = order.SessionId,
        ["permalink_url"] = $"{site.UrlOf(shop.Merchant.Id)}/orders/{order.Id}",
        ["currency"] = order.Currency.ToUpperInvariant(),
        ["line_items"] = new JsonArray([.. order.Lines.Select(l => Line(l, order.Cart))]),
        ["fulfillment"] = new JsonObject
        {
            ["expectations"] = new JsonArray(Expectation(order)),
            ["events"] = new JsonArray([.. order.Fulfillment.Events.Select(e => Event(e, order))]),
        },
        ["adjustments"] = new JsonArray([.. order.Adjustments.Select(Adjustment)]),
        ["totals"] = UcpSessionWriter.Totals(order.Quote, order.Cart),
    };

    private static JsonObject Line(OrderLine line, Cart cart) => new()
    {
        ["id"] = line.Id,
        ["item"] = UcpSessionWriter.Item(line.Quote, cart),
        ["quantity"] = new JsonObject { ["total"] = line.Current, ["fulfilled"] = line.Fulfilled },
        ["totals"] = UcpSessionWriter.LineTotals(line.Quote),
        ["status"] = line.Status is "removed" ? "fulfilled" : line.Status,
    };

    private JsonObject Expectation(Order order)
    {
        var offer = order.Fulfillment.Offer;
        var body = new JsonObject
        {
            ["id"] = "exp_1",
            ["line_items"] = Lines(order),
            ["method_type"] = UcpSessionWriter.TypeOf(offer.Mode),
            ["destination"] = offer.Mode is DeliveryMode.Shipping or DeliveryMode.LocalDelivery
                ? UcpSessionWriter.PostalAddress(order.Cart) ?? UcpSessionWriter.PostalAddress(shop)
                : UcpSessionWriter.PostalAddress(shop),
            ["description"] = offer.Title,
        };
        if (order.Fulfillment.Promised(offer.From) is { } from)
        {
            body["fulfillable_on"] = JsonRead.Time(from);
        }

        return body;
    }

    private JsonObject Event(FulfillmentEvent happened, Order order)
    {
        var body = new JsonObject
        {
            ["id"] = happened.Id,
            ["occurred_at"] = JsonRead.Time(happened.OccurredAt),
            ["type"] = happened.Type,
            ["line_items"] = Lines(order),
            ["description"] = happened.Description,
        };
        if (order.Fulfillment.TrackingNumber is { } number)
        {
            body["tracking_number"] = number;
            body["tracking_url"] = $"{site.UrlOf(shop.Merchant.Id)}/track/{number}";
            body["carrier"] = order.Fulfillment.Offer.Carrier;
        }

        return body;
    }

    private static JsonObject Adjustment(Adjustment adjustment) => new()
    {
        ["id"] = adjustment.Id,
        ["type"] = "refund",
        ["occurred_at"] = JsonRead.Time(adjustment.OccurredAt),
        ["status"] = "completed",
        ["line_items"] = new JsonArray([.. adjustment.Lines.Select(l => new JsonObject { ["id"] = l.LineId, ["quantity"] = l.Quantity })]),
        ["amount"] = adjustment.Amount,
        ["description"] = adjustment.Reason,
    };

    private static JsonArray Lines(Order order) =>
        [.. order.Lines.Select(l => new JsonObject { ["id"] = l.Id, ["quantity"] = l.Ordered })];
}
