using System.Text.Json;
using EcuAgent.MerchantSim.Catalogue;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Acp;

/// <summary>Reads request bodies whose shape was checked.</summary>
internal sealed class AcpRequests(Shop shop)
{
    /// <returns>What is wrong; null when it was read.</returns>
    public Refusal? ReadCreate(JsonElement body, out CartChange change)
    {
        change = new CartChange();
        var currency = JsonRead.Text(body, "currency")!;
        if (!string.Equals(currency, shop.Merchant.Currency, StringComparison.OrdinalIgnoreCase))
        {
            return Invalid("unsupported_currency", $"This merchant takes {shop.Merchant.Currency}, not '{currency}'.", "$.currency");
        }

        return ReadCommon(body, out change);
    }

    /// <returns>What is wrong; null when it was read.</returns>
    public Refusal? ReadUpdate(JsonElement body, IReadOnlyList<string> known, out CartChange change)
    {
        if (ReadCommon(body, out change) is { } wrong)
        {
            return wrong;
        }

        if (JsonRead.Find(body, "selected_fulfillment_options") is not { } selected || selected.GetArrayLength() == 0)
        {
            return null;
        }

        var options = selected.EnumerateArray().Select(s => JsonRead.Text(s, "option_id")!).Distinct(StringComparer.Ordinal).ToArray();
        if (options.Length > 1)
        {
            return Invalid("unsupported", "All items of a session come the same way.", "$.selected_fulfillment_options[1].option_id");
        }

        // Lines are named by their own id or by the id of their item: the published examples do the latter.
        var lines = change.Lines?.SelectMany(l => new[] { l.LineId, l.Product.Id }) ?? known;
        foreach (var id in selected.EnumerateArray().SelectMany(s => s.GetProperty("item_ids").EnumerateArray()).Select(i => i.GetString()!))
        {
            if (!lines.Contains(id, StringComparer.Ordinal))
            {
                return Invalid("invalid_item_id", $"'{id}' is not in this session.", "$.selected_fulfillment_options[0].item_ids");
            }
        }

        change = change with { SelectedOption = options[0] };
        return null;
    }

    /// <returns>What is wrong; null when it was read.</returns>
    public static Refusal? ReadComplete(JsonElement body, string key, out PaymentAttempt attempt)
    {
        attempt = new PaymentAttempt(
            key,
            JsonRead.Text(body, "payment_data", "instrument", "credential", "token") ?? "",
            JsonRead.Text(body, "authentication_result", "outcome"),
            JsonRead.Find(body, "buyer"),
            JsonRead.Text(body, "order_notes"));
        if (JsonRead.Text(body, "payment_data", "handler_id") is not { } handler)
        {
            return Invalid("unsupported_payment", "This merchant does not take purchase orders.", "$.payment_data.purchase_order_number");
        }

        return handler == AcpProtocol.HandlerId
            ? null
            : Invalid("unsupported_payment", $"There is no payment handler '{handler}'.", "$.payment_data.handler_id");
    }

    private Refusal? ReadCommon(JsonElement body, out CartChange change)
    {
        change = new CartChange();
        IReadOnlyList<CartLine>? lines = null;
        if (JsonRead.Find(body, "line_items") is { } items && ReadLines(items, out lines) is { } wrong)
        {
            return wrong;
        }

        change = new CartChange
        {
            Lines = lines,
            Buyer = JsonRead.Find(body, "buyer"),
            FulfillmentDetails = JsonRead.Find(body, "fulfillment_details"),
            Metadata = JsonRead.Find(body, "metadata"),
            DiscountCodes = ReadCodes(body),
            OrderNotes = JsonRead.Text(body, "order_notes"),
            Locale = JsonRead.Text(body, "locale"),
            TimeZone = JsonRead.Text(body, "timezone"),
        };
        return null;
    }

    private Refusal? ReadLines(JsonElement items, out IReadOnlyList<CartLine>? lines)
    {
        var found = new List<CartLine>();
        lines = found;
        if (items.GetArrayLength() == 0)
        {
            return Invalid("invalid", "A session has at least one item; cancel it instead.", "$.line_items");
        }

        var index = 0;
        foreach (var item in items.EnumerateArray())
        {
            var path = FormattableString.Invariant($"$.line_items[{index}]");
            var id = JsonRead.Text(item, "id")!;
            if (!shop.Products.TryGetValue(id, out var product))
            {
                return Invalid("invalid_item_id", $"The item '{id}' does not exist.", $"{path}.id");
            }

            if (!TryMerge(found, product, item, index++))
            {
                return Invalid("quantity_exceeded", FormattableString.Invariant($"More than {AcpShapes.MostPiecesOfAnItem} of one item."), path);
            }
        }

        return null;
    }

    private static bool TryMerge(List<CartLine> lines, ProductEntry product, JsonElement item, int index)
    {
        var quantity = JsonRead.Integer(item, "quantity");
        var expected = JsonRead.Integer(item, "unit_amount");
        var at = lines.FindIndex(l => l.Product.Id == product.Id);
        var pieces = (at < 0 ? 0 : lines[at].Count) + (quantity ?? 1);
        if (pieces > AcpShapes.MostPiecesOfAnItem)
        {
            return false;
        }

        if (at < 0)
        {
            lines.Add(new CartLine(product, (int)pieces, quantity is not null, index, expected));
        }
        else
        {
            lines[at] = lines[at] with { Count = (int)pieces, IsCounted = true, ExpectedUnitAmount = expected ?? lines[at].ExpectedUnitAmount };
        }

        return true;
    }

    private static string[]? ReadCodes(JsonElement body)
    {
        var codes = JsonRead.Find(body, "discounts", "codes") ?? JsonRead.Find(body, "coupons");
        return codes?.EnumerateArray().Select(c => c.GetString()!).ToArray();
    }

    private static Refusal Invalid(string code, string message, string param) => new(RefusalReason.Invalid, code, message, param);
}
