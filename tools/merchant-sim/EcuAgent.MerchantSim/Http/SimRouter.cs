using System.Text.Json;
using EcuAgent.MerchantSim.Acp;
using EcuAgent.MerchantSim.Checkout;
using EcuAgent.MerchantSim.Control;
using EcuAgent.MerchantSim.Faults;
using EcuAgent.MerchantSim.Idempotency;
using EcuAgent.MerchantSim.Json;
using EcuAgent.MerchantSim.Orders;
using EcuAgent.MerchantSim.Payments;
using EcuAgent.MerchantSim.Ucp;

namespace EcuAgent.MerchantSim.Http;

/// <summary>Finds out what a request asks for, checks its headers, and has it answered.</summary>
internal sealed class SimRouter(SimServices services)
{
    private static readonly IdempotencyWords AcpWords =
        AcpProtocol.Words(reason => AcpProtocol.Invalid(400, "malformed_json", $"The body is {reason}.", "$"));

    private static readonly IdempotencyWords PaymentWords = AcpProtocol.Words(DelegatePaymentFace.Malformed);

    private readonly IdempotentRunner _runner = new(services.Keys, services.Time);

    /// <summary>What a request asks for; null for control, pages and paths that do not exist, which have no faults.</summary>
    public static (string Merchant, SimOperation Operation)? OperationOf(SimRequest request, IReadOnlyDictionary<string, MerchantDesk> desks) =>
        request.Segments switch
        {
            ["psp", "agentic_commerce", "delegate_payment"] => (FaultDesk.PaymentMerchant, SimOperation.DelegatePayment),
            [var merchant, ..] when desks.ContainsKey(merchant) && MerchantOperation(request) is { } operation => (merchant, operation),
            _ => null,
        };

    /// <param name="request">The request.</param>
    /// <param name="fault">What is to go wrong; null for nothing.</param>
    /// <param name="stopping">The server ends.</param>
    public Task<Answer> AnswerAsync(SimRequest request, FaultTicket? fault, CancellationToken stopping) => request.Segments switch
    {
        ["control", ..] => Task.FromResult(services.Control.Handle(request)),
        ["psp", ..] => PayAsync(request, fault, stopping),
        ["platform", "ucp"] => Task.FromResult(services.Platform.Write() ?? NotFound(request)),
        ["extensions"] => Task.FromResult(Answer.Text(200, AcpDiscovery.Spec)),
        ["extensions", "order_cancel.schema.json"] => Task.FromResult(services.OrderCancelSchema),
        [var merchant, ..] when services.Desks.TryGetValue(merchant, out var desk) => MerchantAsync(request, desk, fault, stopping),
        _ => Task.FromResult(NotFound(request)),
    };

    private static SimOperation? MerchantOperation(SimRequest request) => (request.Method, request.Segments.Skip(1).ToArray()) switch
    {
        ("GET", [".well-known", "acp.json"]) => SimOperation.Discovery,
        ("GET", ["feeds", ..]) => SimOperation.Feed,
        ("POST", ["checkout_sessions"]) => SimOperation.Create,
        ("GET", ["checkout_sessions", _]) => SimOperation.Get,
        ("POST", ["checkout_sessions", _]) => SimOperation.Update,
        ("POST", ["checkout_sessions", _, "complete"]) => SimOperation.Complete,
        ("POST", ["checkout_sessions", _, "cancel"]) => SimOperation.Cancel,
        ("POST", ["orders", _, "cancel"]) => SimOperation.OrderCancel,
        ("GET", [".well-known", "ucp"]) => SimOperation.Discovery,
        ("POST", ["checkout-sessions"]) => SimOperation.Create,
        ("GET", ["checkout-sessions", _]) => SimOperation.Get,
        ("PUT", ["checkout-sessions", _]) => SimOperation.Update,
        ("POST", ["checkout-sessions", _, "complete"]) => SimOperation.Complete,
        ("POST", ["checkout-sessions", _, "cancel"]) => SimOperation.Cancel,
        ("GET", ["orders", _]) when IsUcp(request) => SimOperation.Get,
        _ => null,
    };

    private async Task<Answer> MerchantAsync(SimRequest request, MerchantDesk desk, FaultTicket? fault, CancellationToken stopping)
    {
        var rest = request.Segments.Skip(1).ToArray();
        switch (MerchantOperation(request))
        {
            case SimOperation.Discovery when rest[1] == "ucp":
                return UcpProtocol.Profile(services.Site, desk.Shop.Merchant.Id, services.Signing.KeyOf(desk.Shop.Merchant.Id));
            case SimOperation.Discovery:
                return AcpDiscovery.Write(services.Site, desk.Shop.Merchant.Id, desk.Shop.Merchant.Currency);
            case SimOperation.Feed:
                return Feed(request, desk, rest);
            case null:
                return Otherwise(request, desk, rest);
            case { } operation when rest[0] == "checkout-sessions" || IsUcp(request):
                return await UcpAsync(request, desk, operation, rest, fault, stopping);
            case { } operation:
                return await AcpAsync(request, desk, operation, rest.ElementAtOrDefault(1) ?? "", fault, stopping);
        }
    }

    private async Task<Answer> AcpAsync(
        SimRequest request, MerchantDesk desk, SimOperation operation, string id, FaultTicket? fault, CancellationToken stopping)
    {
        if (HeaderRules.Check(request, services.ApiKeys, out var identity) is { } refusal)
        {
            return refusal;
        }

        SpoilShelf(desk, id, fault);
        if (operation is SimOperation.Get)
        {
            return desk.Acp.Get(id);
        }

        var mayBeEmpty = operation is SimOperation.Cancel or SimOperation.OrderCancel;
        if (HeaderRules.CheckBody(request, mayBeEmpty) is { } wrongBody)
        {
            return wrongBody;
        }

        return await _runner.RunAsync(request, identity, fault, AcpWords, Work, stopping);

        Task<Answer> Work(JsonElement body, Func<Task> amid) => desk.Acp.WorkAsync(
            new AcpWork(operation, id, request.Header(IdempotentRunner.KeyHeader)!, OrEmpty(body), HeaderRules.LanguageOf(request)), amid);
    }

    private async Task<Answer> UcpAsync(
        SimRequest request, MerchantDesk desk, SimOperation operation, string[] rest, FaultTicket? fault, CancellationToken stopping)
    {
        if (UcpHeaderRules.Check(request, services.ApiKeys, out var identity) is { } refusal)
        {
            return refusal;
        }

        if (await services.Signing.CheckAsync(request, stopping) is { } unsigned)
        {
            return unsigned;
        }

        var id = rest.ElementAtOrDefault(1) ?? "";
        SpoilShelf(desk, id, fault);
        if (operation is SimOperation.Get)
        {
            return rest[0] == "orders" ? desk.Ucp.GetOrder(id) : desk.Ucp.Get(id);
        }

        return await _runner.RunAsync(request, identity, fault, UcpProtocol.Words, Work, stopping);

        Task<Answer> Work(JsonElement body, Func<Task> amid) => desk.Ucp.WorkAsync(
            operation, id, request.Header(IdempotentRunner.KeyHeader), OrEmpty(body), HeaderRules.LanguageOf(request), amid);
    }

    private static bool IsUcp(SimRequest request) => request.Header(UcpProtocol.AgentHeader) is not null;

    private async Task<Answer> PayAsync(SimRequest request, FaultTicket? fault, CancellationToken stopping)
    {
        if (request.Segments is not ["psp", "agentic_commerce", "delegate_payment"])
        {
            return NotFound(request);
        }

        if (request.Method is not "POST")
        {
            return MethodNotAllowed(request, "POST");
        }

        if (HeaderRules.Check(request, services.ApiKeys, out var identity) is { } refusal)
        {
            return refusal;
        }

        if (HeaderRules.CheckBody(request, mayBeEmpty: false) is { } wrongBody)
        {
            return wrongBody;
        }

        return await _runner.RunAsync(request, identity, fault, PaymentWords, Work, stopping);

        async Task<Answer> Work(JsonElement body, Func<Task> amid)
        {
            await amid();
            return services.Payments.Work(body, request.Header(IdempotentRunner.KeyHeader)!);
        }
    }

    private static Answer Feed(SimRequest request, MerchantDesk desk, string[] rest) => rest switch
    {
        [_, var feed] when AcpFeed.IsFeed(feed) => desk.Feed.Describe(feed),
        [_, var feed, "products"] when AcpFeed.IsFeed(feed) => desk.Feed.Write(feed, request.Header("If-None-Match")),
        [_, _] or [_, _, "products"] => AcpProtocol.Invalid(404, "feed_not_found", $"Feeds are {AcpFeed.English} and {AcpFeed.Chinese}.", "id"),
        _ => NotFound(request),
    };

    private static Answer Otherwise(SimRequest request, MerchantDesk desk, string[] rest)
    {
        if (rest is [var what, var id] && desk.Pages.Handle(request, what, Uri.UnescapeDataString(id)) is { } page)
        {
            return page;
        }

        return rest switch
        {
            ["checkout_sessions"] or ["checkout_sessions", _, "complete" or "cancel"] or ["orders", _, "cancel"] => MethodNotAllowed(request, "POST"),
            ["checkout_sessions", _] => MethodNotAllowed(request, "GET, POST"),
            ["checkout-sessions"] or ["checkout-sessions", _, "complete" or "cancel"] => MethodNotAllowed(request, "POST"),
            ["checkout-sessions", _] => MethodNotAllowed(request, "GET, PUT"),
            [".well-known", "acp.json" or "ucp"] or ["feeds", ..] => MethodNotAllowed(request, "GET"),
            _ => NotFound(request),
        };
    }

    private static void SpoilShelf(MerchantDesk desk, string sessionId, FaultTicket? fault)
    {
        switch (fault?.Request.Kind)
        {
            case FaultKind.PriceChange:
                desk.ChangePrices(sessionId, fault.Request.Percent ?? 10);
                break;
            case FaultKind.OutOfStock:
                desk.SellOut(sessionId);
                break;
            default:
                break;
        }
    }

    private static JsonElement OrEmpty(JsonElement body) => body.ValueKind is JsonValueKind.Undefined ? JsonRead.EmptyObject : body;

    private static Answer NotFound(SimRequest request) => AcpProtocol.Invalid(404, "not_found", $"There is nothing at {request.Path}.");

    private static Answer MethodNotAllowed(SimRequest request, string allowed) =>
        AcpProtocol.Invalid(405, "method_not_allowed", $"{request.Path} does not take {request.Method}.").With("Allow", allowed);
}
