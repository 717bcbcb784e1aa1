using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>Writes a session as a checkout with the fulfilment extension.</summary>
internal sealed class UcpSessionWriter(Shop shop, SimSite site)
{
    private const string DestinationId = "dest_1";
    private const string MethodId = "method_1";
    private const string GroupId = "group_1";

    public JsonObject Write(CheckoutSession session, DateTimeOffset now)
    {
        var status = session.StatusAt(now);
        var body = new JsonObject
        {
            ["ucp"] = UcpProtocol.OfCheckout(),
            ["id"] = session.Id,
            ["status"] = StatusOf(status),
            ["currency"] = shop.Merchant.Currency.ToUpperInvariant(),
            ["line_items"] = new JsonArray([.. session.Quote.Lines.Select(l => Line(l, session.Cart))]),
            ["totals"] = Totals(session.Quote, session.Cart),
            ["messages"] = new JsonArray([.. Messages(session, status).Select(Message)]),
            ["links"] = new JsonArray(
                new JsonObject { ["type"] = "terms_of_service", ["url"] = $"{site.UrlOf(shop.Merchant.Id)}/legal/terms" },
                new JsonObject { ["type"] = "refund_policy", ["url"] = $"{site.UrlOf(shop.Merchant.Id)}/legal/returns" }),
            ["expires_at"] = JsonRead.Time(session.ExpiresAt),
            ["payment"] = new JsonObject { ["handlers"] = new JsonArray(UcpProtocol.Handler(site, shop.Merchant.Id)), ["instruments"] = new JsonArray() },
        };
        if (JsonRead.Copy(session.Cart.Buyer) is JsonObject { Count: > 0 } buyer)
        {
            body["buyer"] = buyer;
        }

        if (JsonRead.Copy(session.Cart.Metadata) is JsonObject { Count: > 0 } metadata)
        {
            body["metadata"] = metadata;
        }

        AddFulfillment(body, session);
        if (session.Order is { } order)
        {
            body["order"] = new JsonObject { ["id"] = order.Id, ["permalink_url"] = $"{site.UrlOf(shop.Merchant.Id)}/orders/{order.Id}" };
        }
        else if (status is not (SessionStatus.Canceled or SessionStatus.Expired))
        {
            body["continue_url"] = $"{site.UrlOf(shop.Merchant.Id)}/continue/{session.Id}";
        }

        return body;
    }

    internal static JsonArray Totals(Quote quote, Cart cart)
    {
        var totals = new JsonArray(Total("subtotal", quote.Base), Total("tax", quote.Tax));
        if (quote.Delivery > 0)
        {
            totals.Add(Total("fulfillment", quote.Delivery, quote.Selected!.Title));
        }

        foreach (var fee in quote.Fees)
        {
            totals.Add(Total("fee", fee.Amount, fee.Text));
        }

        totals.Add(Total("total", quote.Total, cart.IsChinese ? "总计" : null));
        return totals;
    }

    internal static JsonObject Item(QuoteLine line, Cart cart) => new()
    {
        ["id"] = line.Product.Id,
        ["title"] = cart.IsChinese ? line.Product.NameZh : line.Product.Name,
        ["price"] = line.UnitAmount,
    };

    internal static JsonArray LineTotals(QuoteLine line) => [Total("subtotal", line.Base), Total("tax", line.Tax), Total("total", line.Total)];

    internal static JsonObject PostalAddress(Shop shop) => new()
    {
        ["street_address"] = shop.Merchant.Address.LineOne,
        ["address_locality"] = shop.Merchant.Address.City,
        ["address_region"] = shop.Merchant.Address.State,
        ["address_country"] = shop.Merchant.Address.Country,
        ["postal_code"] = shop.Merchant.Address.PostalCode,
    };

    /// <summary>The buyer's address; null when there is none.</summary>
    internal static JsonObject? PostalAddress(Cart cart)
    {
        if (cart.FulfillmentDetails is not { } details || JsonRead.Find(details, "address") is not { } address)
        {
            return null;
        }

        return new JsonObject
        {
            ["street_address"] = JsonRead.Text(address, "line_one"),
            ["address_locality"] = JsonRead.Text(address, "city"),
            ["address_region"] = JsonRead.Text(address, "state"),
            ["address_country"] = JsonRead.Text(address, "country"),
            ["postal_code"] = JsonRead.Text(address, "postal_code"),
        };
    }

    // What this protocol calls incomplete can be settled by an update; only a person at a screen can settle the rest.
    private static string StatusOf(SessionStatus status) => status switch
    {
        SessionStatus.ReadyForPayment => "ready_for_complete",
        SessionStatus.RequiresEscalation or SessionStatus.AuthenticationRequired => "requires_escalation",
        SessionStatus.CompleteInProgress => "complete_in_progress",
        SessionStatus.Completed => "completed",
        SessionStatus.Canceled or SessionStatus.Expired => "canceled",
        _ => "incomplete",
    };

    private static List<Notice> Messages(CheckoutSession session, SessionStatus status) =>
        status is SessionStatus.Completed or SessionStatus.Canceled ? session.Notices : [.. session.Notices, .. session.Quote.Notices];

    private static JsonObject Message(Notice notice)
    {
        var body = new JsonObject { ["type"] = SimNames.Of(notice.Kind), ["code"] = notice.Code.Length > 0 ? notice.Code : "info", ["content"] = notice.Content };
        if (notice.Kind is NoticeKind.Error)
        {
            body["severity"] = notice.Code is "age_verification_required" or "requires_3ds" ? "requires_buyer_review" : "recoverable";
        }

        if (notice.Param is { } path)
        {
            body["path"] = path;
        }

        return body;
    }

    private static JsonObject Line(QuoteLine line, Cart cart) => new()
    {
        ["id"] = line.Line.LineId,
        ["item"] = Item(line, cart),
        ["quantity"] = line.Quantity,
        ["totals"] = LineTotals(line),
    };

    // Tickets, bookings and receipts need no fulfilment in this protocol.
    private void AddFulfillment(JsonObject body, CheckoutSession session)
    {
        if (session.Quote.Selected is not { Mode: not DeliveryMode.Digital } selected)
        {
            return;
        }

        var lines = session.Quote.Lines.Select(l => l.Line.LineId).ToArray();
        var type = TypeOf(selected.Mode);
        var method = new JsonObject
        {
            ["id"] = MethodId,
            ["type"] = type,
            ["line_item_ids"] = Names(lines),
            ["groups"] = new JsonArray(new JsonObject
            {
                ["id"] = GroupId,
                ["line_item_ids"] = Names(lines),
                ["selected_option_id"] = selected.Id,
                ["options"] = new JsonArray([.. session.Quote.Offers.Where(o => TypeOf(o.Mode) == type).Select(Option)]),
            }),
        };
        if (Destination(selected.Mode, session.Cart) is { } destination)
        {
            method["destinations"] = new JsonArray(destination);
            method["selected_destination_id"] = DestinationId;
        }

        body["fulfillment"] = new JsonObject
        {
            ["methods"] = new JsonArray(method),
            ["available_methods"] = new JsonArray([.. session.Quote.Offers.Select(o => TypeOf(o.Mode)).Distinct()
                .Select(t => new JsonObject { ["type"] = t, ["line_item_ids"] = Names(lines) })]),
        };
    }

    private JsonObject? Destination(DeliveryMode mode, Cart cart)
    {
        if (mode is DeliveryMode.Pickup)
        {
            return new JsonObject { ["id"] = DestinationId, ["name"] = shop.Merchant.Name, ["address"] = PostalAddress(shop) };
        }

        var address = PostalAddress(cart);
        if (address is not null)
        {
            address["id"] = DestinationId;
        }

        return address;
    }

    private static JsonObject Option(DeliveryOffer offer)
    {
        var body = new JsonObject
        {
            ["id"] = offer.Id,
            ["title"] = offer.Title,
            ["description"] = offer.Description,
            ["totals"] = new JsonArray(Total("total", offer.Fee)),
        };
        if (offer.Carrier is { } carrier)
        {
            body["carrier"] = carrier;
        }

        if (offer.From is { } from && offer.Until is { } until)
        {
            body["earliest_fulfillment_time"] = JsonRead.Time(from);
            body["latest_fulfillment_time"] = JsonRead.Time(until);
        }

        return body;
    }

    internal static string TypeOf(DeliveryMode mode) => mode switch
    {
        DeliveryMode.Pickup => "pickup",
        DeliveryMode.Digital => "digital",
        _ => "shipping",
    };

    private static JsonArray Names(IEnumerable<string> names) => [.. names.Select(n => JsonValue.Create(n))];

    internal static JsonObject Total(string type, long amount, string? text = null)
    {
        var body = new JsonObject { ["type"] = type, ["amount"] = amount };
        if (text is not null)
        {
            body["display_text"] = text;
        }

        return body;
    }
}
