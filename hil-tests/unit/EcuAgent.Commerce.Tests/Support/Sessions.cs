using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>Answers of a merchant in the protocol's words, written for these tests.</summary>
internal static class Sessions
{
    internal const string Id = "cs_1";
    internal const string OrderId = "ord_1";

    internal static JsonObject Session(string status = "ready_for_payment", long total = 1590, params JsonObject[] options) => new()
    {
        ["id"] = Id,
        ["status"] = status,
        ["currency"] = "eur",
        ["line_items"] = new JsonArray(Line("li_1", "pizza", 1, 1390)),
        ["totals"] = new JsonArray(Total("subtotal", 1390), Total("fulfillment", 200), Total("total", total)),
        ["fulfillment_options"] = new JsonArray([.. options]),
        ["messages"] = new JsonArray(),
        ["links"] = new JsonArray(),
        ["capabilities"] = new JsonObject { ["payment"] = new JsonObject { ["handlers"] = new JsonArray(Handler()) } },
    };

    internal static JsonObject Completed()
    {
        var session = Session("completed");
        session["order"] = Order();
        return session;
    }

    internal static JsonObject Order(string? status = "confirmed") => new()
    {
        ["id"] = OrderId,
        ["checkout_session_id"] = Id,
        ["permalink_url"] = "https://merchant.example/orders/1",
        ["order_number"] = "A-17",
        ["status"] = status,
    };

    internal static JsonObject Line(string id, string item, int quantity, long total) => new()
    {
        ["id"] = id,
        ["item"] = new JsonObject { ["id"] = item },
        ["quantity"] = quantity,
        ["name"] = "Pizza Margherita",
        ["totals"] = new JsonArray(Total("total", total)),
    };

    internal static JsonObject Total(string type, long amount) => new() { ["type"] = type, ["display_text"] = type, ["amount"] = amount };

    internal static JsonObject Handler(string id = "h_card", string name = "dev.acp.tokenized.card", bool delegated = true) => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["version"] = "2026-01-22",
        ["spec"] = "https://acp.example/handler",
        ["requires_delegate_payment"] = delegated,
        ["requires_pci_compliance"] = false,
        ["psp"] = "psp",
        ["config_schema"] = "https://acp.example/config",
        ["instrument_schemas"] = new JsonArray(),
        ["config"] = new JsonObject(),
    };

    internal static JsonObject Pickup(string id, string? readyBy = null, string? pickupBy = null) => Option("pickup", id, ("ready_by", readyBy), ("pickup_by", pickupBy));

    internal static JsonObject Delivery(string id, string? start = null, string? end = null)
    {
        var option = Option("local_delivery", id);
        if (start is not null)
        {
            option["delivery_window"] = new JsonObject { ["start"] = start, ["end"] = end };
        }

        return option;
    }

    internal static JsonObject Option(string type, string id, params (string Name, string? Value)[] members)
    {
        var option = new JsonObject { ["type"] = type, ["id"] = id, ["title"] = $"title of {id}", ["totals"] = new JsonArray(Total("total", 200)) };
        foreach (var (name, value) in members.Where(member => member.Value is not null))
        {
            option[name] = value;
        }

        return option;
    }

    internal static JsonObject Selecting(this JsonObject session, string type, string optionId, params string[] itemIds)
    {
        session["selected_fulfillment_options"] = new JsonArray(new JsonObject
        {
            ["type"] = type,
            ["option_id"] = optionId,
            ["item_ids"] = new JsonArray([.. itemIds.Select(id => (JsonNode)id)]),
        });
        return session;
    }

    internal static JsonObject With(this JsonObject json, string member, JsonNode? value)
    {
        json[member] = value;
        return json;
    }

    internal static JsonObject Discovery(params string[] extensions) => new()
    {
        ["protocol"] = new JsonObject { ["name"] = "acp", ["version"] = "2026-04-17", ["supported_versions"] = new JsonArray("2026-04-17") },
        ["api_base_url"] = "http://127.0.0.1/acp",
        ["transports"] = new JsonArray("rest"),
        ["capabilities"] = new JsonObject
        {
            ["services"] = new JsonArray("checkout"),
            ["extensions"] = new JsonArray([.. extensions.Select(name => new JsonObject { ["name"] = name })]),
        },
    };
}
