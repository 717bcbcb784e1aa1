using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>Reads request bodies whose shape was checked. A PUT replaces the session: what it leaves out is gone.</summary>
internal sealed class UcpRequests(Shop shop)
{
    private const string PickupType = "pickup";

    /// <returns>What is wrong; null when it was read.</returns>
    public Refusal? Read(JsonElement body, string? language, out CartChange change)
    {
        change = new CartChange();
        if (JsonRead.Text(body, "currency") is { } currency && !string.Equals(currency, shop.Merchant.Currency, StringComparison.OrdinalIgnoreCase))
        {
            return Invalid("unsupported_currency", $"This merchant takes {shop.Merchant.Currency.ToUpperInvariant()}.", "$.currency");
        }

        if (ReadLines(body.GetProperty("line_items"), out var lines) is { } wrong)
        {
            return wrong;
        }

        var method = JsonRead.Find(body, "fulfillment", "methods") is { } methods && methods.GetArrayLength() > 0 ? methods[0] : (JsonElement?)null;
        change = new CartChange
        {
            Lines = lines,
            Buyer = JsonRead.Find(body, "buyer") ?? JsonRead.EmptyObject,
            Metadata = JsonRead.Find(body, "metadata") ?? JsonRead.EmptyObject,
            FulfillmentDetails = method is { } chosen ? Destination(chosen) : JsonRead.EmptyObject,
            SelectedOption = method is { } wanted ? Option(wanted) : CartChange.UsualOption,
            Locale = JsonRead.Text(body, "context", "language") ?? language,
        };
        return null;
    }

    /// <returns>What is wrong; null when it was read.</returns>
    public static Refusal? ReadComplete(JsonElement body, string key, out PaymentAttempt attempt)
    {
        attempt = new PaymentAttempt(key, JsonRead.Text(body, "payment_data", "credential", "token")!, null, null, null);
        var handler = JsonRead.Text(body, "payment_data", "handler_id");
        return handler == UcpProtocol.HandlerId
            ? null
            : Invalid("invalid_payment_handler", $"There is no payment handler '{handler}'.", "$.payment_data.handler_id");
    }

    private Refusal? ReadLines(JsonElement items, out IReadOnlyList<CartLine> lines)
    {
        var found = new List<CartLine>();
        lines = found;
        var index = 0;
        foreach (var entry in items.EnumerateArray())
        {
            var path = FormattableString.Invariant($"$.line_items[{index}]");
            var id = JsonRead.Text(entry, "item", "id")!;
            var quantity = JsonRead.Integer(entry, "quantity")!.Value;
            if (!shop.Products.TryGetValue(id, out var product))
            {
                return Invalid("invalid_item_id", $"The item '{id}' does not exist.", $"{path}.item.id");
            }

            if (quantity > UcpShapes.MostPiecesOfAnItem || found.Any(l => l.Product.Id == id))
            {
                return Invalid("invalid_quantity", FormattableString.Invariant($"An item is named once, at most {UcpShapes.MostPiecesOfAnItem} times."), $"{path}.quantity");
            }

            found.Add(new CartLine(product, (int)quantity, true, index++, null));
        }

        return null;
    }

    /// <summary>The offer that a method and its group choose.</summary>
    private string Option(JsonElement method)
    {
        if (JsonRead.Find(method, "groups") is { } groups && groups.GetArrayLength() > 0 && JsonRead.Text(groups[0], "selected_option_id") is { } option)
        {
            return option;
        }

        return shop.Merchant.Kitchen is null ? CartChange.UsualOption
            : JsonRead.Text(method, "type") is PickupType ? PickupType
            : "local-delivery";
    }

    /// <summary>The chosen destination, as the checkout keeps addresses.</summary>
    private static JsonElement Destination(JsonElement method)
    {
        if (JsonRead.Text(method, "type") is PickupType || JsonRead.Find(method, "destinations") is not { } all || all.GetArrayLength() == 0)
        {
            return JsonRead.EmptyObject;
        }

        var selected = JsonRead.Text(method, "selected_destination_id");
        var chosen = all.EnumerateArray().FirstOrDefault(d => JsonRead.Text(d, "id") == selected);
        if (chosen.ValueKind is JsonValueKind.Undefined)
        {
            chosen = all[0];
        }

        var name = $"{JsonRead.Text(chosen, "first_name")} {JsonRead.Text(chosen, "last_name")}".Trim();
        return JsonSerializer.SerializeToElement(new JsonObject
        {
            ["address"] = new JsonObject
            {
                ["name"] = name,
                ["line_one"] = JsonRead.Text(chosen, "street_address") ?? "",
                ["city"] = JsonRead.Text(chosen, "address_locality") ?? "",
                ["state"] = JsonRead.Text(chosen, "address_region") ?? "",
                ["country"] = JsonRead.Text(chosen, "address_country") ?? "",
                ["postal_code"] = JsonRead.Text(chosen, "postal_code") ?? "",
            },
        });
    }

    private static Refusal Invalid(string code, string message, string param) => new(RefusalReason.Invalid, code, message, param);
}
