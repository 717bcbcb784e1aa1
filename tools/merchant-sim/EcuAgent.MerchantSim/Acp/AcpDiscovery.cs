using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Http;

namespace EcuAgent.MerchantSim.Acp;

/// <summary>The document at <c>/.well-known/acp.json</c>, and the extensions that it and the sessions declare.</summary>
internal static class AcpDiscovery
{
    public const string OrderCancelSchemaPath = "/extensions/order_cancel.schema.json";
    public const string SpecPath = "/extensions";

    public static IReadOnlyList<AcpExtension> Extensions(SimSite site) =>
    [
        new(AcpProtocol.OrderCancelExtension, [], $"{site.Origin}{SpecPath}", $"{site.Origin}{OrderCancelSchemaPath}"),
        new(AcpProtocol.ItemQuantityExtension, ["$.Item.quantity"], $"{site.Origin}{SpecPath}", null),
        new(
            AcpProtocol.TripDataExtension,
            ["$.CheckoutSessionCreateRequest.metadata", "$.CheckoutSessionUpdateRequest.metadata"],
            $"{site.Origin}{SpecPath}",
            null),
    ];

    public static Answer Write(SimSite site, string merchantId, string currency) => Answer.Json(200, new JsonObject
    {
        ["protocol"] = new JsonObject
        {
            ["name"] = "acp",
            ["version"] = AcpProtocol.Version,
            ["supported_versions"] = new JsonArray(AcpProtocol.Version),
        },
        ["api_base_url"] = site.UrlOf(merchantId),
        ["transports"] = new JsonArray("rest"),
        ["capabilities"] = new JsonObject
        {
            ["services"] = new JsonArray("checkout", "orders", "delegate_payment"),
            ["extensions"] = new JsonArray([.. Extensions(site).Select(e => e.Announcement())]),
            ["intervention_types"] = new JsonArray("3ds"),
            ["supported_currencies"] = new JsonArray(currency),
            ["supported_locales"] = new JsonArray("en-US", "zh-CN"),
        },
    }).With("Cache-Control", "public, max-age=3600");

    /// <summary>What the extensions mean, for a person.</summary>
    public const string Spec = """
        ecuagent.order_cancel
          POST {api_base_url}/orders/{order_id}/cancel takes back a placed order: headers and idempotency as for the checkout operations,
          an optional body {"reason": text, "line_items": [{"id", "quantity"}]}, 200 with the Order, 404 for an unknown order,
          405 order_not_cancelable when the merchant has begun and 405 order_canceled when it is canceled already. What is given
          back stands in the order's adjustments.
        ecuagent.item_quantity
          An item of a request may have "quantity" (1 to 100). Without it an item that is named n times is ordered n times.
        ecuagent.trip_data
          "metadata" of a create or update request may hold ecuagent_arrival_time (RFC 3339), ecuagent_check_in and ecuagent_visit_date
          (YYYY-MM-DD), ecuagent_nights (1 to 30) and ecuagent_people (1 to 100). Metadata of an update replaces that before.
        """;
}

/// <summary>An extension as it is declared.</summary>
internal sealed record AcpExtension(string Name, IReadOnlyList<string> Extends, string Spec, string? Schema)
{
    /// <summary>In the discovery document.</summary>
    public JsonObject Announcement()
    {
        var body = new JsonObject { ["name"] = Name, ["spec"] = Spec };
        if (Schema is not null)
        {
            body["schema"] = Schema;
        }

        return body;
    }

    /// <summary>In a session's capabilities.</summary>
    public JsonObject Declaration()
    {
        var body = Announcement();
        if (Extends.Count > 0)
        {
            body["extends"] = new JsonArray([.. Extends.Select(e => JsonValue.Create(e))]);
        }

        return body;
    }
}
