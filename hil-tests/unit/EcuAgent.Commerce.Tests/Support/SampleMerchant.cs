using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EcuAgent.Commerce.Tests.Support;

/// <summary>
/// A merchant that behaves like UCP's published sample, in code of its own: every session is incomplete until it is completed, a destination and an
/// option have to be selected, its mock handler knows two tokens, and requests without a valid signature are refused, reading among them.
/// </summary>
internal sealed class SampleMerchant : IAsyncDisposable
{
    internal const string Roses = "bouquet_roses";

    private const long Price = 3500;
    private const long Shipping = 3000;

    private readonly MerchantServer _server;
    private readonly SampleEdition _edition;
    private readonly Dictionary<string, JsonObject> _sessions = [];
    private readonly Dictionary<string, JsonObject> _orders = [];
    private readonly Dictionary<string, (string Body, Answer Answer)> _answered = [];
    private readonly HttpClient _http = new();

    private SampleMerchant(MerchantServer server, SampleEdition edition)
    {
        _server = server;
        _edition = edition;
        server.Discovery = path => path == "/.well-known/ucp" ? Json(Profile()) : Fault(404, "RESOURCE_NOT_FOUND", "no such page");
        server.Answer = (request, _) => AnswerTo(request);
    }

    internal int Stock { get; set; } = 10;

    /// <summary>How many completions are carried out without that the car hears of it.</summary>
    internal int Lost { get; set; }

    internal string Url => _server.Address.AbsoluteUri.TrimEnd('/');

    internal IReadOnlyList<SeenRequest> Seen => _server.Seen;

    internal int Orders => _orders.Count;

    internal string[] States => [.. _sessions.Values.Select(session => (string)session["status"]!)];

    /// <summary>Requests whose signature held.</summary>
    internal int Verified { get; private set; }

    private bool IsFirst => _edition == SampleEdition.First;

    private string Version => IsFirst ? "2026-01-11" : "2026-04-08";

    internal static async Task<SampleMerchant> StartAsync(SampleEdition edition) => new(await MerchantServer.StartAsync(), edition);

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
    }

    private static Answer Json(JsonNode body, int status = 200) => Answer.Json(body.ToJsonString(), status);

    private Answer Fault(int status, string code, string detail) => Json(
        _edition == SampleEdition.SecondWithCodes
            ? new JsonObject
            {
                ["ucp"] = new JsonObject { ["version"] = Version, ["status"] = "error" },
                ["messages"] = new JsonArray(new JsonObject { ["type"] = "error", ["code"] = code, ["content"] = detail, ["severity"] = "unrecoverable" }),
            }
            : new JsonObject { ["detail"] = detail },
        status);

    private Answer AnswerTo(SeenRequest request)
    {
        if (!IsSigned(request))
        {
            return Json(new JsonObject { ["code"] = "signature_invalid", ["content"] = "the signature does not hold" }, 401);
        }

        Verified++;
        var parts = request.Path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        return (request.Method, parts) switch
        {
            ("POST", ["checkout-sessions"]) => Once(request, () => Create(request.Json)),
            ("GET", ["checkout-sessions", var id]) => _sessions.TryGetValue(id, out var session) ? Json(session) : Missing(),
            ("PUT", ["checkout-sessions", var id]) => Once(request, () => Update(id, request.Json)),
            ("POST", ["checkout-sessions", var id, "complete"]) => Hidden(Once(request, () => Complete(id, request.Json))),
            ("POST", ["checkout-sessions", var id, "cancel"]) => Once(request, () => Cancel(id)),
            ("GET", ["orders", var id]) => _orders.TryGetValue(id, out var order) ? Json(order) : Json(new JsonObject { ["error"] = "Order not found" }, 404),
            _ => new Answer(404, "404 Not Found", "text/plain"),
        };
    }

    // What went wrong is not kept: asked again, it is tried again.
    private Answer Once(SeenRequest request, Func<Answer> work)
    {
        var key = request.Headers["Idempotency-Key"];
        if (_answered.TryGetValue(key, out var before))
        {
            return before.Body == request.Body ? before.Answer : Fault(409, "IDEMPOTENCY_CONFLICT", "Idempotency key reused with different parameters");
        }

        var answer = work();
        if (answer.Status < 400)
        {
            _answered[key] = (request.Body, answer);
        }

        return answer;
    }

    private Answer Hidden(Answer answer)
    {
        if (Lost == 0)
        {
            return answer;
        }

        Lost--;
        return new Answer(503, "upstream went away", "text/plain");
    }

    private Answer Missing() => Fault(404, "RESOURCE_NOT_FOUND", "Checkout session not found");

    private Answer Create(JsonObject body)
    {
        if (IsFirst && (body["currency"] is null || body["payment"] is null))
        {
            return new Answer(422, "currency: Required", "text/plain");
        }

        var session = new JsonObject
        {
            ["id"] = Guid.NewGuid().ToString(),
            ["status"] = "incomplete",
            ["currency"] = "USD",
            ["links"] = new JsonArray(),
            ["ucp"] = new JsonObject
            {
                ["version"] = Version,
                ["capabilities"] = IsFirst ? new JsonArray(UcpSessions.Named("dev.ucp.shopping.checkout")) : Record("dev.ucp.shopping.checkout"),
            },
        };
        if (IsFirst)
        {
            session["payment"] = new JsonObject { ["handlers"] = new JsonArray() };
        }

        return Fill(session, body) ?? Save(session, 201);
    }

    private Answer Update(string id, JsonObject body)
    {
        if (!_sessions.TryGetValue(id, out var session))
        {
            return Missing();
        }

        if (IsFirst && (string?)body["id"] != id)
        {
            return new Answer(422, "id: Required", "text/plain");
        }

        var next = session.DeepClone().AsObject();
        return IsOver(session) ? Fault(409, "CHECKOUT_NOT_MODIFIABLE", "Cannot update a closed session") : Fill(next, body) ?? Save(next, 200);
    }

    private Answer Save(JsonObject session, int status)
    {
        _sessions[(string)session["id"]!] = session;
        return Json(session, status);
    }

    // Prices and ways of delivery; or what is wrong with the request.
    private Answer? Fill(JsonObject session, JsonObject body)
    {
        var asked = body["line_items"]!.AsArray();
        if (asked.FirstOrDefault(line => (string?)line!["item"]!["id"] != Roses) is { } unknown)
        {
            return Fault(400, "INVALID_REQUEST", $"Product {unknown["item"]!["id"]} not found");
        }

        long goods = 0;
        var lines = new JsonArray();
        foreach (var line in asked)
        {
            var quantity = (int)line!["quantity"]!;
            lines.Add((JsonNode)UcpSessions.Line((string?)line["id"] ?? $"line_{lines.Count + 1}", Roses, quantity, Price * quantity));
            goods += Price * quantity;
            if (quantity > Stock)
            {
                return Fault(400, "OUT_OF_STOCK", $"Insufficient stock for item {Roses}");
            }
        }

        session["line_items"] = lines;
        var totals = new JsonArray(UcpSessions.Total("subtotal", goods));
        if (body["fulfillment"]?["methods"] is JsonArray methods)
        {
            session["fulfillment"] = new JsonObject { ["methods"] = new JsonArray([.. methods.Select(method => (JsonNode)Offered(method!.AsObject(), lines))]) };
            foreach (var group in session["fulfillment"]!["methods"]!.AsArray().SelectMany(method => method!["groups"]!.AsArray()))
            {
                if ((string?)group!["selected_option_id"] == "exp-ship-intl")
                {
                    totals.Add((JsonNode)UcpSessions.Total("fulfillment", Shipping));
                    goods += Shipping;
                }
            }
        }

        totals.Add((JsonNode)UcpSessions.Total("total", goods));
        session["totals"] = totals;
        return null;
    }

    // The ids are new each time; only what is brought to a selected address has options.
    private static JsonObject Offered(JsonObject asked, JsonArray lines)
    {
        var method = new JsonObject
        {
            ["id"] = $"method_{Guid.NewGuid()}",
            ["type"] = (string)asked["type"]!,
            ["line_item_ids"] = Ids(lines),
            ["groups"] = new JsonArray([.. (asked["groups"]?.AsArray() ?? []).Select(group => (JsonNode)Group((string?)group!["selected_option_id"], lines))]),
        };
        if (asked["destinations"] is JsonArray destinations)
        {
            method["destinations"] = destinations.DeepClone();
        }

        if ((string?)asked["selected_destination_id"] is not { } selected)
        {
            return method;
        }

        method["selected_destination_id"] = selected;
        var groups = method["groups"]!.AsArray();
        if (groups.Count == 0)
        {
            groups.Add((JsonNode)Group(null, lines));
        }

        foreach (var group in groups)
        {
            group!["options"] = new JsonArray(new JsonObject
            {
                ["id"] = "exp-ship-intl",
                ["title"] = "International Express",
                ["totals"] = new JsonArray(UcpSessions.Total("subtotal", Shipping), UcpSessions.Total("total", Shipping)),
            });
        }

        return method;
    }

    private static JsonObject Group(string? selected, JsonArray lines)
    {
        var group = new JsonObject { ["id"] = $"group_{Guid.NewGuid()}", ["line_item_ids"] = Ids(lines), ["options"] = new JsonArray() };
        if (selected is not null)
        {
            group["selected_option_id"] = selected;
        }

        return group;
    }

    private static JsonArray Ids(JsonArray lines) => [.. lines.Select(line => (JsonNode)(string)line!["id"]!)];

    private Answer Complete(string id, JsonObject body)
    {
        if (!_sessions.TryGetValue(id, out var session))
        {
            return Missing();
        }

        var isSelected = session["fulfillment"]?["methods"]?.AsArray().All(method =>
            method!["selected_destination_id"] is not null && method["groups"]!.AsArray().All(group => group!["selected_option_id"] is not null));
        if (isSelected != true)
        {
            return Fault(400, "INVALID_REQUEST", "Fulfillment address and option must be selected");
        }

        if (IsOver(session))
        {
            return Fault(409, "CHECKOUT_NOT_MODIFIABLE", "Checkout already completed or canceled");
        }

        var instrument = IsFirst ? body["payment_data"] : body["payment"]?["instruments"]?[0];
        if (instrument?["id"] is null || instrument["type"] is null || (IsFirst && (instrument["brand"] is null || instrument["last_digits"] is null)))
        {
            return new Answer(422, "payment: Required", "text/plain");
        }

        if ((string?)instrument["handler_id"] != "mock_payment_handler")
        {
            return Fault(400, "INVALID_REQUEST", "Unsupported payment handler");
        }

        switch ((string?)instrument["credential"]?["token"])
        {
            case "success_token":
                break;
            case "fail_token":
                return Fault(402, "PAYMENT_FAILED", "Payment Failed: Insufficient Funds (Mock)");
            case "fraud_token":
                return Fault(403, "FRAUD_DETECTED", "Payment Failed: Fraud Detected (Mock)");
            default:
                return Fault(400, "INVALID_REQUEST", "Unknown mock token");
        }

        var quantity = session["line_items"]!.AsArray().Sum(line => (int)line!["quantity"]!);
        if (quantity > Stock)
        {
            return Fault(409, "OUT_OF_STOCK", $"Item {Roses} is out of stock");
        }

        Stock -= quantity;
        return Place(session);
    }

    private Answer Place(JsonObject session)
    {
        var orderId = $"ord_{Guid.NewGuid()}";
        _orders[orderId] = new JsonObject
        {
            ["ucp"] = session["ucp"]!.DeepClone(),
            ["id"] = orderId,
            ["checkout_id"] = (string)session["id"]!,
            ["permalink_url"] = $"http://localhost:8080/orders/{orderId}",
            ["line_items"] = new JsonArray([.. session["line_items"]!.AsArray().Select(line => (JsonNode)new JsonObject
            {
                ["id"] = (string)line!["id"]!,
                ["item"] = line["item"]!.DeepClone(),
                ["quantity"] = new JsonObject { ["total"] = (int)line["quantity"]!, ["fulfilled"] = 0 },
                ["totals"] = line["totals"]!.DeepClone(),
                ["status"] = "processing",
            })]),
            ["totals"] = session["totals"]!.DeepClone(),
            ["fulfillment"] = new JsonObject { ["expectations"] = new JsonArray() },
        };
        session["status"] = "completed";
        if (IsFirst)
        {
            session["order_id"] = orderId;
        }
        else
        {
            session["order"] = new JsonObject { ["id"] = orderId, ["permalink_url"] = $"http://localhost:8080/orders/{orderId}" };
        }

        return Json(session);
    }

    private Answer Cancel(string id)
    {
        if (!_sessions.TryGetValue(id, out var session))
        {
            return Missing();
        }

        if (IsOver(session))
        {
            return Fault(409, "CHECKOUT_NOT_MODIFIABLE", "Cannot cancel a closed session");
        }

        session["status"] = "canceled";
        return Json(session);
    }

    private static bool IsOver(JsonObject session) => (string?)session["status"] is "completed" or "canceled";

    private JsonObject Record(params string[] names) =>
        new(names.Select(name => KeyValuePair.Create(name, (JsonNode?)new JsonArray(new JsonObject { ["version"] = Version }))));

    private JsonObject Profile()
    {
        string[] capabilities = ["dev.ucp.shopping.checkout", "dev.ucp.shopping.order", "dev.ucp.shopping.fulfillment"];
        var handler = UcpSessions.Handler("mock_payment_handler", "dev.ucp.mock_payment", $"https://ucp.dev/{Version}/specification/mock");
        if (IsFirst)
        {
            return new JsonObject
            {
                ["ucp"] = new JsonObject
                {
                    ["version"] = Version,
                    ["services"] = new JsonObject { ["dev.ucp.shopping"] = new JsonObject { ["rest"] = new JsonObject { ["endpoint"] = "http://localhost:3000" } } },
                    ["capabilities"] = new JsonArray([.. capabilities.Select(UcpSessions.Named)]),
                },
                ["payment"] = new JsonObject { ["handlers"] = new JsonArray(UcpSessions.Handler("shop_pay", "com.shopify.shop_pay", "https://shopify.dev/"), handler) },
            };
        }

        return new JsonObject
        {
            ["ucp"] = new JsonObject
            {
                ["version"] = Version,
                ["services"] = new JsonObject
                {
                    ["dev.ucp.shopping"] = new JsonArray(new JsonObject { ["version"] = Version, ["transport"] = "rest", ["endpoint"] = "http://localhost:3000" }),
                },
                ["capabilities"] = Record(capabilities),
                ["payment_handlers"] = new JsonObject { ["dev.ucp.mock_payment"] = new JsonArray(handler) },
            },
        };
    }

    // The key is in the profile that the request names.
    private bool IsSigned(SeenRequest request)
    {
        var agent = request.Headers.GetValueOrDefault("UCP-Agent", "");
        var input = request.Headers.GetValueOrDefault("Signature-Input", "");
        var covered = input.Split('(', ')') is [_, var inner, ..] ? inner.Split(' ').Select(name => name.Trim('"')).ToArray() : [];
        string[] needed = ["@method", "@authority", "@path", "ucp-agent", .. request.Method == "GET" ? Array.Empty<string>() : ["idempotency-key", "content-digest", "content-type"]];
        if (needed.Except(covered).Any() || (request.Body.Length > 0 && request.Headers["Content-Digest"] != MerchantSigner.Digest(request.Body)))
        {
            return false;
        }

        var lines = covered.Select(name => $"\"{name}\": " + name switch
        {
            "@method" => request.Method,
            "@authority" => _server.Address.Authority,
            "@path" => request.Path,
            _ => request.Headers[name],
        });
        var text = string.Concat(lines.Select(line => line + "\n")) + $"\"@signature-params\": {input["sig1=".Length..]}";
        using var key = ECDsa.Create();
        key.ImportParameters(KeyAt(agent.Split('"')[1], input));
        return key.VerifyData(Encoding.UTF8.GetBytes(text), Convert.FromBase64String(request.Headers["Signature"]["sig1=:".Length..^1]), HashAlgorithmName.SHA256);
    }

    private ECParameters KeyAt(string profile, string input)
    {
        using var asking = new HttpRequestMessage(HttpMethod.Get, profile);
        using var answer = _http.Send(asking);
        using var reader = new StreamReader(answer.Content.ReadAsStream());
        var jwk = JsonNode.Parse(reader.ReadToEnd())!["signing_keys"]!.AsArray()
            .Single(one => input.Contains(string.Create(CultureInfo.InvariantCulture, $"keyid=\"{one!["kid"]}\""), StringComparison.Ordinal))!;
        return new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(jwk["x"]), Y = Bytes(jwk["y"]) },
        };
    }

    private static byte[] Bytes(JsonNode? text) => System.Buffers.Text.Base64Url.DecodeFromChars((string?)text);
}
