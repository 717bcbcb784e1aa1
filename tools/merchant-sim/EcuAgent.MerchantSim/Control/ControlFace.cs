using System.Text.Json;
using System.Text.Json.Nodes;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Http;
using EcuAgent.MerchantSim.Json;

namespace EcuAgent.MerchantSim.Control;

/// <summary>
/// <c>/control/...</c>: what a test or a demo does to the world. Needs no key: the server listens on loopback only. Errors are flat
/// objects with status 400 (404 for a path, 405 for a method).
/// </summary>
internal sealed class ControlFace(MerchantWorld world)
{
    private const int MostSteps = 1000;

    private static readonly IReadOnlyDictionary<string, string> Paths = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["merchants"] = "GET",
        ["ledger"] = "GET",
        ["faults"] = "GET, POST, DELETE",
        ["release"] = "POST",
        ["prices"] = "POST",
        ["stock"] = "POST",
        ["advance"] = "POST",
        ["approve"] = "POST",
        ["webhooks"] = "GET, POST",
    };

    public Answer Handle(SimRequest request)
    {
        if (request.Segments.Count != 2 || !Paths.TryGetValue(request.Segments[1], out var methods))
        {
            return Error(404, "not_found", $"Known are {string.Join(", ", Paths.Keys.Select(k => "/control/" + k))}.");
        }

        if (!methods.Split(", ").Contains(request.Method))
        {
            return Error(405, "method_not_allowed", $"{request.Path} takes {methods}.").With("Allow", methods);
        }

        try
        {
            return Handle(request, request.Segments[1]);
        }
        catch (ArgumentException error)
        {
            return Error(400, "invalid", error.Message);
        }
    }

    private Answer Handle(SimRequest request, string what) => (request.Method, what) switch
    {
        ("GET", "merchants") => Merchants(),
        ("GET", "ledger") => LedgerOf(),
        ("GET", "faults") => Faults(),
        ("DELETE", "faults") => Done(world.Faults.Clear),
        (_, "faults") => Read(request, ControlShapes.Fault, AddFault),
        (_, "release") => Done(world.Faults.Release),
        (_, "prices") => Read(request, ControlShapes.Price, SetPrice),
        (_, "stock") => Read(request, ControlShapes.Stock, SetStock),
        (_, "advance") => Read(request, ControlShapes.Advance, Advance),
        (_, "approve") => Read(request, ControlShapes.Approve, Approve),
        ("GET", _) => Webhooks(),
        _ => Read(request, ControlShapes.Webhooks, SetWebhooks),
    };

    private Answer SetPrice(JsonElement body) =>
        Done(() => world.SetPrice(Text(body, "merchant"), Text(body, "item"), JsonRead.Integer(body, "price")!.Value));

    private Answer SetStock(JsonElement body) =>
        Done(() => world.SetStock(Text(body, "merchant"), Text(body, "item"), Small(body, "stock")!.Value));

    private Answer Merchants() => Answer.Json(200, new JsonObject
    {
        ["merchants"] = new JsonArray([.. world.Merchants.Select(m => new JsonObject
        {
            ["id"] = m.Id,
            ["kind"] = SimNames.Of(m.Kind),
            ["name"] = m.Name,
            ["name_zh"] = m.NameZh,
            ["currency"] = m.Currency,
            ["base_url"] = m.BaseUrl.ToString(),
        })]),
        ["payment_url"] = world.PaymentUrl.ToString(),
    });

    private Answer LedgerOf() => Answer.Json(200, new JsonObject
    {
        ["entries"] = new JsonArray([.. world.Ledger.Select(e => new JsonObject
        {
            ["sequence"] = e.Sequence,
            ["kind"] = SimNames.Of(e.Kind),
            ["merchant"] = e.Merchant,
            ["session"] = e.Session,
            ["order"] = e.Order,
            ["amount"] = e.Amount,
            ["currency"] = e.Currency,
            ["token"] = e.Token,
            ["at"] = JsonRead.Time(e.At),
        })]),
    });

    private Answer Faults() => Answer.Json(200, new JsonObject
    {
        ["faults"] = new JsonArray([.. world.Faults.Tickets.Select(Describe)]),
        ["known_faults"] = new JsonArray([.. Enum.GetValues<FaultKind>().Select(k => JsonValue.Create(SimNames.Of(k)))]),
        ["known_operations"] = new JsonArray([.. Enum.GetValues<SimOperation>().Select(k => JsonValue.Create(SimNames.Of(k)))]),
    });

    private Answer AddFault(JsonElement body)
    {
        var name = Text(body, "fault");
        if (!SimNames.TryParse<FaultKind>(name, out var kind))
        {
            throw new ArgumentException($"fault '{name}' is not known; known are {SimNames.List<FaultKind>()}");
        }

        SimOperation? operation = null;
        if (JsonRead.Text(body, "operation") is { } operationName and not "*")
        {
            operation = SimNames.TryParse<SimOperation>(operationName, out var known)
                ? known
                : throw new ArgumentException($"operation '{operationName}' is not known; known are {SimNames.List<SimOperation>()}");
        }

        var ticket = world.Faults.Add(new FaultRequest
        {
            Kind = kind,
            Merchant = JsonRead.Text(body, "merchant") ?? FaultRequest.AnyMerchant,
            Operation = operation,
            Count = Small(body, "count") ?? 1,
            Skip = Small(body, "skip") ?? 0,
            Wait = JsonRead.Integer(body, "milliseconds") is { } wait ? TimeSpan.FromMilliseconds(Math.Min(wait, int.MaxValue)) : null,
            Bytes = JsonRead.Integer(body, "bytes"),
            Status = Small(body, "status"),
            Percent = Small(body, "percent"),
            Location = JsonRead.Text(body, "location"),
        });
        return Answer.Json(200, Describe(ticket));
    }

    private Answer Advance(JsonElement body)
    {
        var steps = Small(body, "steps") ?? 1;
        return steps <= MostSteps
            ? Answer.Json(200, new JsonObject { ["steps"] = world.Advance(JsonRead.Text(body, "order"), JsonRead.Text(body, "merchant"), steps) })
            : throw new ArgumentException($"steps {steps} is not 1 to {MostSteps}");
    }

    private Answer Approve(JsonElement body) => world.Approve(Text(body, "session"))
        ? Done(() => { })
        : throw new ArgumentException($"there is no open session '{Text(body, "session")}'");

    private Answer Webhooks() => Answer.Json(200, new JsonObject
    {
        ["url"] = world.WebhookUrl,
        ["refused_by_full_queue"] = world.WebhooksRefused,
        ["deliveries"] = new JsonArray([.. world.WebhookDeliveries.Select(d => new JsonObject
        {
            ["merchant"] = d.Merchant,
            ["order"] = d.OrderId,
            ["type"] = d.Type,
            ["attempts"] = d.Attempts,
            ["status"] = d.Status,
            ["outcome"] = d.Outcome,
        })]),
    });

    private Answer SetWebhooks(JsonElement body) => Done(() => world.SendWebhooksTo(JsonRead.Text(body, "url"), JsonRead.Text(body, "secret")));

    private static JsonObject Describe(FaultTicket ticket) => new()
    {
        ["id"] = ticket.Id,
        ["fault"] = SimNames.Of(ticket.Request.Kind),
        ["merchant"] = ticket.Request.Merchant,
        ["operation"] = ticket.Request.Operation is { } operation ? SimNames.Of(operation) : "*",
        ["hits"] = ticket.Hits,
        ["remaining"] = ticket.Remaining,
    };

    private static Answer Read(SimRequest request, Shape shape, Func<JsonElement, Answer> then)
    {
        if (!JsonRead.TryParse(request.Body, out var body, out var reason))
        {
            return Error(400, "malformed_json", $"The body is {reason}.");
        }

        return shape.Check(body, "$") is { } fault ? Error(400, fault.Code, fault.Message, fault.Path) : then(body);
    }

    private static Answer Done(Action action)
    {
        action();
        return Answer.Json(200, new JsonObject { ["done"] = true });
    }

    private static string Text(JsonElement body, string name) => JsonRead.Text(body, name)!;

    private static int? Small(JsonElement body, string name) =>
        JsonRead.Integer(body, name) is { } number ? (int)Math.Clamp(number, int.MinValue, int.MaxValue) : null;

    private static Answer Error(int status, string code, string message, string? param = null) =>
        Answer.Error(status, "invalid_request", code, message, param);
}
