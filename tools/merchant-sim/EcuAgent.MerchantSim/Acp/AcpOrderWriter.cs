using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Json;
using EcuAgent.MerchantSim.Orders;

namespace EcuAgent.MerchantSim.Acp;

/// <summary>
/// Writes an order as <c>Order</c>. Its fulfilments know shipping, pickup and digital only: a local delivery is told as shipping with the
/// merchant as carrier.
/// </summary>
internal sealed class AcpOrderWriter(Shop shop, SimSite site)
{
    public JsonObject Write(Order order, Cart cart)
    {
        var home = site.UrlOf(shop.Merchant.Id);
        var fulfillment = order.Fulfillment;
        var confirmation = new JsonObject
        {
            ["confirmation_number"] = fulfillment.Code ?? order.Number,
            ["confirmation_email_sent"] = cart.Buyer is not null,
            ["receipt_url"] = $"{home}/orders/{order.Id}",
        };
        if (cart.OrderNotes is { } notes)
        {
            confirmation["order_notes"] = notes;
        }

        var body = new JsonObject
        {
            ["type"] = "order",
            ["id"] = order.Id,
            ["checkout_session_id"] = order.SessionId,
            ["order_number"] = order.Number,
            ["permalink_url"] = $"{home}/orders/{order.Id}",
            ["status"] = order.Status,
            ["confirmation"] = confirmation,
            ["support"] = new JsonObject { ["phone"] = shop.Merchant.Phone, ["help_center_url"] = $"{home}/legal/help" },
            ["line_items"] = new JsonArray([.. order.Lines.Select(l => Line(l, cart))]),
            ["fulfillments"] = new JsonArray(Fulfillment(order, cart)),
            ["adjustments"] = new JsonArray([.. order.Adjustments.Select(a => Adjustment(a, order))]),
            ["totals"] = Totals(order, cart),
        };
        if (Estimate(fulfillment) is { } estimate)
        {
            body["estimated_delivery"] = estimate;
        }

        return body;
    }

    private static JsonArray Totals(Order order, Cart cart)
    {
        var totals = AcpSessionWriter.Totals(order.Quote, cart);
        if (order.Refunded > 0)
        {
            totals.Add(AcpSessionWriter.Total("amount_refunded", cart.IsChinese ? "已退款" : "Refunded", order.Refunded));
        }

        return totals;
    }

    private static JsonObject Line(OrderLine line, Cart cart) => new()
    {
        ["id"] = line.Id,
        ["title"] = cart.IsChinese ? line.Product.NameZh : line.Product.Name,
        ["product_id"] = line.Product.Id,
        ["quantity"] = new JsonObject { ["ordered"] = line.Ordered, ["current"] = line.Current, ["fulfilled"] = line.Fulfilled },
        ["unit_price"] = line.Quote.UnitAmount,
        ["subtotal"] = line.Quote.Base,
        ["status"] = line.Status,
    };

    private JsonObject Fulfillment(Order order, Cart cart)
    {
        var fulfillment = order.Fulfillment;
        var mode = fulfillment.Offer.Mode;
        var body = new JsonObject
        {
            ["id"] = fulfillment.Id,
            ["type"] = mode is DeliveryMode.LocalDelivery ? "shipping" : SimNames.Of(mode),
            ["status"] = fulfillment.Status,
            ["description"] = fulfillment.Offer.Title,
            ["line_items"] = new JsonArray([.. order.Lines.Where(l => l.Current > 0).Select(l => new JsonObject { ["id"] = l.Id, ["quantity"] = l.Current })]),
            ["events"] = new JsonArray([.. fulfillment.Events.Select(Event)]),
        };
        if (fulfillment.Offer.Carrier is { } carrier)
        {
            body["carrier"] = carrier;
        }

        if (fulfillment.TrackingNumber is { } number)
        {
            body["tracking_number"] = number;
            body["tracking_url"] = $"{site.UrlOf(shop.Merchant.Id)}/track/{number}";
        }

        if (fulfillment.Code is { } code)
        {
            body["digital_delivery"] = new JsonObject { ["access_url"] = $"{site.UrlOf(shop.Merchant.Id)}/orders/{order.Id}", ["license_key"] = code };
        }

        AddPlace(body, mode, cart);
        if (Estimate(fulfillment) is { } estimate)
        {
            body["estimated_delivery"] = estimate;
        }

        return body;
    }

    private void AddPlace(JsonObject body, DeliveryMode mode, Cart cart)
    {
        var place = mode switch
        {
            DeliveryMode.Pickup => AcpSessionWriter.AddressOf(shop),
            DeliveryMode.Shipping or DeliveryMode.LocalDelivery when cart.FulfillmentDetails is { } details => JsonRead.Copy(JsonRead.Find(details, "address")),
            _ => null,
        };
        if (place is not null)
        {
            body["destination"] = place;
        }
    }

    private static JsonObject? Estimate(Fulfillment fulfillment) =>
        fulfillment.Promised(fulfillment.Offer.From) is { } from && fulfillment.Promised(fulfillment.Offer.Until) is { } until
            ? new JsonObject { ["earliest"] = JsonRead.Time(from), ["latest"] = JsonRead.Time(until) }
            : null;

    private static JsonObject Event(FulfillmentEvent happened)
    {
        var body = new JsonObject
        {
            ["id"] = happened.Id,
            ["type"] = happened.Type,
            ["occurred_at"] = JsonRead.Time(happened.OccurredAt),
            ["description"] = happened.Description,
        };
        if (happened.Location is { } location)
        {
            body["location"] = location;
        }

        return body;
    }

    private static JsonObject Adjustment(Adjustment adjustment, Order order) => new()
    {
        ["id"] = adjustment.Id,
        ["type"] = "refund",
        ["occurred_at"] = JsonRead.Time(adjustment.OccurredAt),
        ["status"] = "completed",
        ["line_items"] = new JsonArray([.. adjustment.Lines.Select(l => new JsonObject { ["id"] = l.LineId, ["quantity"] = l.Quantity })]),
        ["amount"] = adjustment.Amount,
        ["currency"] = order.Currency,
        ["description"] = adjustment.Reason,
        ["reason"] = "buyer_canceled",
    };
}
