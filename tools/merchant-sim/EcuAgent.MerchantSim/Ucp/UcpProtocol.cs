using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Idempotency;

namespace EcuAgent.MerchantSim.Ucp;

/// <summary>Names of UCP 2026-01-11, and of what this merchant adds to it.</summary>
internal static class UcpProtocol
{
    public const string Version = "2026-01-11";
    public const string AgentHeader = "UCP-Agent";
    public const string HandlerId = "card_tokenized";
    public const string HandlerName = "ecuagent.sim.card";

    private const string Checkout = "dev.ucp.shopping.checkout";
    private const string Fulfillment = "dev.ucp.shopping.fulfillment";
    private const string Orders = "dev.ucp.shopping.order";
    private const string OrderCancel = "ecuagent.order_cancel";
    private const string TripData = "ecuagent.trip_data";

    /// <summary>Keys are kept when they are given; one that is used again for something else is a conflict.</summary>
    public static IdempotencyWords Words { get; } = new(
        IsKeyRequired: false,
        () => Error(400, "invalid_idempotency_key", $"Idempotency-Key has at most {IdempotentRunner.MaxKeyLength} characters."),
        reason => Error(400, "malformed_json", $"The body is {reason}."),
        () => Error(409, "idempotency_conflict", "Idempotency-Key was used with other parameters."),
        () => Error(409, "idempotency_in_flight", "A request with this Idempotency-Key is being worked on."),
        () => Error(503, "idempotency_store_full", "No further keys can be kept."));

    /// <summary>The protocol's error structure: a status and messages.</summary>
    public static Answer Error(int status, string code, string content, string? path = null)
    {
        var message = new JsonObject { ["type"] = "error", ["code"] = code, ["content"] = content, ["severity"] = "recoverable" };
        if (path is not null)
        {
            message["path"] = path;
        }

        return Answer.Json(status, new JsonObject { ["status"] = "incomplete", ["messages"] = new JsonArray(message) });
    }

    /// <summary>The <c>ucp</c> object of a checkout.</summary>
    public static JsonObject OfCheckout() => Described(Checkout, Fulfillment, OrderCancel, TripData);

    /// <summary>The <c>ucp</c> object of an order.</summary>
    public static JsonObject OfOrder() => Described(Orders);

    public static JsonObject Handler(SimSite site, string merchantId) => new()
    {
        ["id"] = HandlerId,
        ["name"] = HandlerName,
        ["version"] = Version,
        ["spec"] = $"{site.Origin}/extensions",
        ["config_schema"] = $"{site.Origin}/extensions",
        ["instrument_schemas"] = new JsonArray($"{site.Origin}/extensions"),
        ["config"] = new JsonObject
        {
            ["merchant_id"] = merchantId,
            ["delegate_payment_url"] = $"{site.PaymentUrl}/agentic_commerce/delegate_payment",
        },
    };

    /// <summary>The document at <c>/.well-known/ucp</c>.</summary>
    public static Answer Profile(SimSite site, string merchantId, UcpKey key) => Answer.Json(200, new JsonObject
    {
        ["ucp"] = new JsonObject
        {
            ["version"] = Version,
            ["services"] = new JsonObject
            {
                ["dev.ucp.shopping"] = new JsonObject
                {
                    ["version"] = Version,
                    ["spec"] = $"https://ucp.dev/{Version}/specification/overview",
                    ["rest"] = new JsonObject
                    {
                        ["schema"] = $"https://ucp.dev/{Version}/services/shopping/rest.openapi.json",
                        ["endpoint"] = site.UrlOf(merchantId),
                    },
                },
            },
            ["capabilities"] = new JsonArray(
                Capability(Checkout, null, $"https://ucp.dev/{Version}/specification/checkout", $"https://ucp.dev/{Version}/schemas/shopping/checkout.json"),
                Capability(Fulfillment, Checkout, $"https://ucp.dev/{Version}/specification/fulfillment", $"https://ucp.dev/{Version}/schemas/shopping/fulfillment.json"),
                Capability(Orders, null, $"https://ucp.dev/{Version}/specification/order", $"https://ucp.dev/{Version}/schemas/shopping/order.json"),
                Capability(OrderCancel, Orders, $"{site.Origin}/extensions", $"{site.Origin}/extensions/order_cancel.schema.json"),
                Capability(TripData, Checkout, $"{site.Origin}/extensions", $"{site.Origin}/extensions")),
        },
        ["payment"] = new JsonObject { ["handlers"] = new JsonArray(Handler(site, merchantId)) },
        ["signing_keys"] = new JsonArray(key.ToJwk()),
    }).With("Cache-Control", "public, max-age=3600");

    private static JsonObject Described(params string[] names) => new()
    {
        ["version"] = Version,
        ["capabilities"] = new JsonArray([.. names.Select(n => new JsonObject { ["name"] = n, ["version"] = Version })]),
    };

    private static JsonObject Capability(string name, string? extends, string spec, string schema)
    {
        var body = new JsonObject { ["name"] = name, ["version"] = Version, ["spec"] = spec, ["schema"] = schema };
        if (extends is not null)
        {
            body["extends"] = extends;
        }

        return body;
    }
}
