using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Acp;

/// <summary>Writes a session as <c>CheckoutSession</c> (with its order: <c>CheckoutSessionWithOrder</c>).</summary>
internal sealed class AcpSessionWriter(Shop shop, SimSite site, AcpOrderWriter orders)
{
    public JsonObject Write(CheckoutSession session, DateTimeOffset now)
    {
        var status = session.StatusAt(now);
        var quote = session.Quote;
        var body = new JsonObject
        {
            ["id"] = session.Id,
            ["protocol"] = new JsonObject { ["version"] = AcpProtocol.Version },
            ["capabilities"] = Capabilities(session),
            ["status"] = SimNames.Of(status),
            ["currency"] = shop.Merchant.Currency,
            ["line_items"] = new JsonArray([.. quote.Lines.Select(l => Line(l, session.Cart))]),
            ["fulfillment_options"] = new JsonArray([.. quote.Offers.Select(o => Option(o, session.Cart))]),
            ["totals"] = Totals(quote, session.Cart),
            ["messages"] = new JsonArray([.. Messages(session, status).Select(Message)]),
            ["links"] = Links(),
            ["created_at"] = JsonRead.Time(session.CreatedAt),
            ["updated_at"] = JsonRead.Time(session.UpdatedAt),
            ["expires_at"] = JsonRead.Time(session.ExpiresAt),
        };
        if (quote.Selected is { } selected)
        {
            body["selected_fulfillment_options"] = new JsonArray(Selected(selected, quote));
        }

        AddInput(body, session.Cart);
        AddNextStep(body, session, status);
        if (session.Order is { } order)
        {
            body["order"] = orders.Write(order, session.Cart);
        }

        return body;
    }

    internal static JsonArray Totals(Quote quote, Cart cart)
    {
        var totals = new JsonArray(
            Total("items_base_amount", cart.IsChinese ? "商品合计" : "Items", quote.Base),
            Total("subtotal", cart.IsChinese ? "小计" : "Subtotal", quote.Base),
            Total("tax", cart.IsChinese ? "税" : "Tax", quote.Tax));
        if (quote.Delivery > 0)
        {
            totals.Add(Total("fulfillment", quote.Selected!.Title, quote.Delivery));
        }

        foreach (var fee in quote.Fees)
        {
            totals.Add(Total("fee", fee.Text, fee.Amount));
        }

        totals.Add(Total("total", cart.IsChinese ? "总计" : "Total", quote.Total));
        return totals;
    }

    internal static JsonObject Total(string type, string text, long amount) =>
        new() { ["type"] = type, ["display_text"] = text, ["amount"] = amount };

    private static void AddInput(JsonObject body, Cart cart)
    {
        void Add(string name, JsonNode? value)
        {
            if (value is not null)
            {
                body[name] = value;
            }
        }

        Add("buyer", JsonRead.Copy(cart.Buyer));
        Add("fulfillment_details", JsonRead.Copy(cart.FulfillmentDetails));
        Add("metadata", JsonRead.Copy(cart.Metadata));
        Add("locale", cart.Locale);
        Add("timezone", cart.TimeZone);
    }

    private void AddNextStep(JsonObject body, CheckoutSession session, SessionStatus status)
    {
        if (status is SessionStatus.AuthenticationRequired)
        {
            body["authentication_metadata"] = AuthenticationMetadata();
        }

        var agentCan = session.AgentInterventions.Contains("3ds");
        if (status is SessionStatus.RequiresEscalation || (status is SessionStatus.AuthenticationRequired && !agentCan))
        {
            body["continue_url"] = $"{site.UrlOf(shop.Merchant.Id)}/continue/{session.Id}";
        }
    }

    private JsonObject Capabilities(CheckoutSession session)
    {
        var interventions = new JsonObject
        {
            ["supported"] = new JsonArray([.. session.AgentInterventions.Where(i => i is "3ds").Select(i => JsonValue.Create(i))]),
            ["required"] = session.Quote.Status is SessionStatus.AuthenticationRequired ? new JsonArray("3ds") : new JsonArray(),
            ["enforcement"] = "conditional",
        };
        var capabilities = new JsonObject
        {
            ["payment"] = new JsonObject { ["handlers"] = new JsonArray(Handler()) },
            ["interventions"] = interventions,
        };
        var active = AcpDiscovery.Extensions(site)
            .Where(e => session.AgentExtensions is null || session.AgentExtensions.Contains(e.Name, StringComparer.Ordinal))
            .Select(e => e.Declaration()).ToArray();
        if (active.Length > 0)
        {
            // The schema takes an empty list for both of its forms at once, and refuses it.
            capabilities["extensions"] = new JsonArray([.. active]);
        }

        return capabilities;
    }

    private JsonObject Handler() => new()
    {
        ["id"] = AcpProtocol.HandlerId,
        ["name"] = "dev.acp.tokenized.card",
        ["display_name"] = "Card",
        ["version"] = "2026-01-22",
        ["spec"] = "https://acp.dev/handlers/tokenized.card",
        ["requires_delegate_payment"] = true,
        ["requires_pci_compliance"] = false,
        ["psp"] = "ecuagent_sim",
        ["config_schema"] = "https://acp.dev/schemas/handlers/tokenized.card/config.json",
        ["instrument_schemas"] = new JsonArray("https://acp.dev/schemas/handlers/tokenized.card/instrument.json"),
        ["config"] = new JsonObject
        {
            ["merchant_id"] = shop.Merchant.Id,
            ["psp"] = "ecuagent_sim",
            ["delegate_payment_url"] = $"{site.PaymentUrl}/agentic_commerce/delegate_payment",
            ["supports_3ds"] = true,
        },
    };

    private static JsonObject Line(QuoteLine line, Cart cart)
    {
        var product = line.Product;
        var body = new JsonObject
        {
            ["id"] = line.Line.LineId,
            ["item"] = new JsonObject { ["id"] = product.Id, ["unit_amount"] = line.UnitAmount },
            ["quantity"] = line.Quantity,
            ["name"] = cart.IsChinese ? product.NameZh : product.Name,
            ["description"] = cart.IsChinese ? product.DescriptionZh : product.Description,
            ["unit_amount"] = line.UnitAmount,
            ["product_id"] = product.Id,
            ["category"] = product.Type,
            ["availability_status"] = line.Available switch { 0 => "out_of_stock", <= 3 => "low_stock", _ => "in_stock" },
            ["available_quantity"] = line.Available,
            ["max_quantity_per_order"] = product.MaxQuantity,
            ["totals"] = new JsonArray(
                Total("items_base_amount", "Base", line.Base),
                Total("subtotal", "Subtotal", line.Base),
                Total("tax", "Tax", line.Tax),
                Total("total", "Total", line.Total)),
        };
        if (product.Diets.Count > 0)
        {
            body["tags"] = new JsonArray([.. product.Diets.Select(d => JsonValue.Create(d))]);
        }

        if (product.AgeRestricted)
        {
            body["disclosures"] = new JsonArray(new JsonObject { ["type"] = "disclaimer", ["content_type"] = "plain", ["content"] = "Sold to adults only." });
        }

        if (product.Reference is { } reference)
        {
            body["custom_attributes"] = new JsonArray(new JsonObject { ["display_name"] = "Reference", ["value"] = reference });
        }

        return body;
    }

    private JsonObject Option(DeliveryOffer offer, Cart cart)
    {
        var body = new JsonObject
        {
            ["type"] = SimNames.Of(offer.Mode),
            ["id"] = offer.Id,
            ["title"] = offer.Title,
            ["description"] = offer.Description,
            ["totals"] = new JsonArray(Total("total", offer.Title, offer.Fee)),
        };
        switch (offer.Mode)
        {
            case DeliveryMode.Pickup:
                body["location"] = new JsonObject
                {
                    ["name"] = cart.IsChinese ? shop.Merchant.NameZh : shop.Merchant.Name,
                    ["address"] = AddressOf(shop),
                    ["phone"] = shop.Merchant.Phone,
                };
                body["pickup_type"] = "in_store";
                body["ready_by"] = JsonRead.Time(offer.From!.Value);
                body["pickup_by"] = JsonRead.Time(offer.Until!.Value);
                break;
            case DeliveryMode.LocalDelivery:
                body["delivery_window"] = new JsonObject { ["start"] = JsonRead.Time(offer.From!.Value), ["end"] = JsonRead.Time(offer.Until!.Value) };
                body["service_area"] = new JsonObject { ["center_postal_code"] = shop.Merchant.Address.PostalCode };
                break;
            case DeliveryMode.Shipping:
                body["carrier"] = offer.Carrier;
                body["earliest_delivery_time"] = JsonRead.Time(offer.From!.Value);
                body["latest_delivery_time"] = JsonRead.Time(offer.Until!.Value);
                break;
            default:
                break;
        }

        return body;
    }

    internal static JsonObject AddressOf(Shop shop) => new()
    {
        ["name"] = shop.Merchant.Name,
        ["line_one"] = shop.Merchant.Address.LineOne,
        ["city"] = shop.Merchant.Address.City,
        ["state"] = shop.Merchant.Address.State,
        ["country"] = shop.Merchant.Address.Country,
        ["postal_code"] = shop.Merchant.Address.PostalCode,
    };

    private static JsonObject Selected(DeliveryOffer offer, Quote quote) => new()
    {
        ["type"] = SimNames.Of(offer.Mode),
        ["option_id"] = offer.Id,
        ["item_ids"] = new JsonArray([.. quote.Lines.Select(l => JsonValue.Create(l.Line.LineId))]),
    };

    // What stood in the way of an order is of no interest once there is one, or never will be.
    private static List<Notice> Messages(CheckoutSession session, SessionStatus status) =>
        status is SessionStatus.Completed or SessionStatus.Canceled ? session.Notices : [.. session.Notices, .. session.Quote.Notices];

    private static JsonObject Message(Notice notice)
    {
        var body = new JsonObject { ["type"] = SimNames.Of(notice.Kind) };
        if (notice.Kind is not NoticeKind.Info)
        {
            body["code"] = notice.Code;
            body["severity"] = notice.Kind is NoticeKind.Error ? "high" : "medium";
            body["resolution"] = SimNames.Of(notice.Resolution);
        }

        if (notice.Param is { } param)
        {
            body["param"] = param;
        }

        body["content_type"] = "plain";
        body["content"] = notice.Content;
        return body;
    }

    private JsonArray Links() =>
    [
        new JsonObject { ["type"] = "terms_of_use", ["url"] = $"{site.UrlOf(shop.Merchant.Id)}/legal/terms" },
        new JsonObject { ["type"] = "return_policy", ["url"] = $"{site.UrlOf(shop.Merchant.Id)}/legal/returns" },
    ];

    private JsonObject AuthenticationMetadata() => new()
    {
        ["acquirer_details"] = new JsonObject
        {
            ["acquirer_bin"] = "000000",
            ["acquirer_country"] = shop.Merchant.Address.Country,
            ["acquirer_merchant_id"] = shop.Merchant.Id[..Math.Min(35, shop.Merchant.Id.Length)],
            ["merchant_name"] = shop.Merchant.Name[..Math.Min(40, shop.Merchant.Name.Length)],
        },
        ["directory_server"] = "visa",
        ["flow_preference"] = new JsonObject { ["type"] = "challenge", ["challenge"] = new JsonObject { ["type"] = "preferred" } },
    };
}
