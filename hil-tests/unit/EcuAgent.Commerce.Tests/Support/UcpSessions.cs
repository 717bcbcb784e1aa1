using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>Answers of a merchant in the words of UCP, written for these tests.</summary>
internal static class UcpSessions
{
    internal const string Version = "2026-01-11";

    internal static JsonObject Session(string status = "ready_for_complete", long total = 1590, params JsonObject[] methods)
    {
        var session = new JsonObject
        {
            ["ucp"] = new JsonObject { ["version"] = Version, ["capabilities"] = new JsonArray(Named("dev.ucp.shopping.checkout")) },
            ["id"] = Sessions.Id,
            ["status"] = status,
            ["currency"] = "EUR",
            ["line_items"] = new JsonArray(Line("li_1", "pizza", 1, 1390)),
            ["totals"] = new JsonArray(Total("subtotal", 1390), Total("fulfillment", 200), Total("total", total)),
            ["messages"] = new JsonArray(),
            ["links"] = new JsonArray(),
            ["payment"] = new JsonObject { ["handlers"] = new JsonArray(Handler()) },
        };
        if (methods.Length > 0)
        {
            session["fulfillment"] = new JsonObject { ["methods"] = new JsonArray([.. methods]) };
        }

        return session;
    }

    internal static JsonObject Completed()
    {
        var session = Session("completed");
        session["order"] = new JsonObject { ["id"] = Sessions.OrderId, ["permalink_url"] = "https://merchant.example/orders/1" };
        return session;
    }

    internal static JsonObject Order(long total = 1, long fulfilled = 0, params JsonObject[] events) => new()
    {
        ["ucp"] = new JsonObject { ["version"] = Version, ["capabilities"] = new JsonArray(Named("dev.ucp.shopping.order")) },
        ["id"] = Sessions.OrderId,
        ["checkout_id"] = Sessions.Id,
        ["permalink_url"] = "https://merchant.example/orders/1",
        ["currency"] = "EUR",
        ["line_items"] = new JsonArray(new JsonObject
        {
            ["id"] = "li_1",
            ["item"] = new JsonObject { ["id"] = "pizza", ["title"] = "Pizza", ["price"] = 1390 },
            ["quantity"] = new JsonObject { ["total"] = total, ["fulfilled"] = fulfilled },
            ["totals"] = new JsonArray(Total("total", 1390)),
            ["status"] = "processing",
        }),
        ["fulfillment"] = new JsonObject
        {
            ["expectations"] = new JsonArray(new JsonObject
            {
                ["id"] = "exp_1",
                ["line_items"] = new JsonArray(new JsonObject { ["id"] = "li_1", ["quantity"] = 1 }),
                ["method_type"] = "shipping",
                ["destination"] = new JsonObject(),
                ["description"] = "tonight",
                ["fulfillable_on"] = "2026-05-04T18:00:00Z",
            }),
            ["events"] = new JsonArray([.. events]),
        },
        ["adjustments"] = new JsonArray(),
        ["totals"] = new JsonArray(Total("total", 1590)),
    };

    internal static JsonObject Event(string type, string occurredAt) => new()
    {
        ["id"] = "evt_" + type,
        ["type"] = type,
        ["occurred_at"] = occurredAt,
        ["line_items"] = new JsonArray(new JsonObject { ["id"] = "li_1", ["quantity"] = 1 }),
        ["carrier"] = "Van",
    };

    internal static JsonObject Line(string id, string item, int quantity, long total) => new()
    {
        ["id"] = id,
        ["item"] = new JsonObject { ["id"] = item, ["title"] = "Pizza Margherita", ["price"] = total / quantity },
        ["quantity"] = quantity,
        ["totals"] = new JsonArray(Total("subtotal", total), Total("total", total)),
    };

    internal static JsonObject Method(string type, string? destination = null, params JsonObject[] groups)
    {
        var method = new JsonObject { ["id"] = "method_1", ["type"] = type, ["line_item_ids"] = new JsonArray("li_1"), ["groups"] = new JsonArray([.. groups]) };
        if (destination is not null)
        {
            method["destinations"] = new JsonArray(new JsonObject { ["id"] = destination });
            method["selected_destination_id"] = destination;
        }

        return method;
    }

    internal static JsonObject Group(string? selected, params JsonObject[] options) => new()
    {
        ["id"] = "group_1",
        ["line_item_ids"] = new JsonArray("li_1"),
        ["selected_option_id"] = selected,
        ["options"] = new JsonArray([.. options]),
    };

    internal static JsonObject Option(string id, string? from = null, string? until = null)
    {
        var option = new JsonObject { ["id"] = id, ["title"] = $"title of {id}", ["totals"] = new JsonArray(Total("total", 200)) };
        if (from is not null)
        {
            option["earliest_fulfillment_time"] = from;
            option["latest_fulfillment_time"] = until ?? from;
        }

        return option;
    }

    internal static JsonObject Total(string type, long amount) => new() { ["type"] = type, ["amount"] = amount };

    internal static JsonObject Handler(string id = "h_card", string name = "com.example.card", string spec = "https://psp.example/ucp") => new()
    {
        ["id"] = id,
        ["name"] = name,
        ["version"] = Version,
        ["spec"] = spec,
        ["config_schema"] = "https://psp.example/config",
        ["instrument_schemas"] = new JsonArray(),
        ["config"] = new JsonObject(),
    };

    internal static JsonObject Error(string code, string severity = "recoverable") => new()
    {
        ["status"] = "incomplete",
        ["messages"] = new JsonArray(new JsonObject { ["type"] = "error", ["code"] = code, ["content"] = "the-message-of-the-error", ["severity"] = severity }),
    };

    internal static JsonObject Profile(params string[] extensions) => new()
    {
        ["ucp"] = new JsonObject
        {
            ["version"] = Version,
            ["services"] = new JsonObject(),
            ["capabilities"] = new JsonArray([Named("dev.ucp.shopping.checkout"), Named("dev.ucp.shopping.order"), .. extensions.Select(Named)]),
        },
        ["payment"] = new JsonObject { ["handlers"] = new JsonArray(Handler()) },
    };

    internal static JsonObject Named(string name) => new() { ["name"] = name, ["version"] = Version };
}
