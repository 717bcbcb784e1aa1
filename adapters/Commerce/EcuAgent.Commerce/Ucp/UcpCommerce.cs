using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Search;
using EcuAgent.Commerce.Ucp.Wire;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Ucp;

/// <summary>UCP's checkout with fulfilment, its orders, and taking an order back. Safe for use from several threads.</summary>
internal sealed class UcpCommerce : IMerchantClient
{
    private const string SelectSuffix = ":option";

    // The destination first, where the merchant names it anew, and then an option of the ones that this brings.
    private const int MostChoices = 2;

    private static readonly TimeSpan LongestExtra = TimeSpan.FromSeconds(2);

    private readonly UcpBodies _bodies;
    private readonly UcpCalls _calls;
    private readonly UcpDiscovery _discovery;
    private readonly MerchantRegistry _registry;
    private readonly CommerceOptions _options;
    private readonly CommerceTransport _transport;
    private readonly Catalogue _catalogue;
    private readonly SessionMemory _memory = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    internal UcpCommerce(
        CommerceTransport transport,
        Catalogue catalogue,
        UcpDiscovery discovery,
        MerchantRegistry registry,
        CommerceOptions options,
        TimeProvider time,
        ILogger logger)
    {
        _transport = transport;
        _catalogue = catalogue;
        _discovery = discovery;
        _registry = registry;
        _bodies = new UcpBodies(registry.Buyer, registry.Payment);
        _calls = new UcpCalls(discovery, registry.Ucp, options, time, logger);
        _options = options;
        _time = time;
        _logger = logger;
    }

    public Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(
        MerchantEntry merchant, OfferQuery query, CancellationToken cancellationToken) => _catalogue.SearchAsync(merchant, query, cancellationToken);

    public async Task<CommerceAnswer<CheckoutSession>> OpenAsync(
        MerchantEntry merchant, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        if (OrderChecks.Objection(merchant, _registry.Buyer, order) is { } objection)
        {
            return CommerceAnswers.Refused<CheckoutSession>(objection);
        }

        var budget = new CallBudget(_time, _options.CallTimeout);
        var (terms, unread) = await _discovery.AskAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        if (terms is null)
        {
            // Whatever became of the reading: nothing was asked for yet.
            return CommerceAnswers.NotSent<CheckoutSession>(unread!.Reason);
        }

        if (terms.Objection is { } unsuited)
        {
            return CommerceAnswers.Refused<CheckoutSession>(unsuited);
        }

        var body = _bodies.Order(merchant, order, sessionId: null, terms.Version!);
        var call = _calls.Send(HttpMethod.Post, merchant, terms, Operation.Create, "checkout-sessions", body, idempotencyKey);
        return await ChooseAsync(merchant, terms, call, Operation.Create, null, order, budget, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceAnswer<CheckoutSession>> UpdateAsync(
        MerchantEntry merchant, string sessionId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        if (OrderChecks.Objection(merchant, _registry.Buyer, order) is { } objection)
        {
            return CommerceAnswers.Refused<CheckoutSession>(objection);
        }

        var budget = new CallBudget(_time, _options.CallTimeout);
        var (terms, unread) = await TermsAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        if (unread is not null)
        {
            return unread;
        }

        var body = _bodies.Order(merchant, order, sessionId, VersionOf(merchant, terms, sessionId));
        var call = _calls.Send(HttpMethod.Put, merchant, terms, Operation.Update, PathOf(sessionId), body, idempotencyKey);
        return await ChooseAsync(merchant, terms, call, Operation.Update, sessionId, order, budget, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceAnswer<CheckoutSession>> GetAsync(MerchantEntry merchant, string sessionId, CancellationToken cancellationToken)
    {
        var budget = new CallBudget(_time, _options.CallTimeout);
        var (terms, unread) = await TermsAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        return unread ?? await PresentAsync(merchant, terms, sessionId, budget, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends one request to complete, at most. Only where no handler of the session is remembered, the session is read before: when it is over
    /// already, that is the answer, because an earlier request with the same key may have brought it about.
    /// </summary>
    public async Task<CommerceAnswer<CheckoutSession>> CompleteAsync(
        MerchantEntry merchant, string sessionId, PaymentGrant payment, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        var budget = new CallBudget(_time, _options.CallTimeout);
        var (terms, unread) = await TermsAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        if (unread is not null)
        {
            return unread;
        }

        var handlers = _memory.Of(merchant.Id, sessionId).Handlers;
        if (handlers.Count == 0)
        {
            var call = _calls.Get(merchant, terms, Operation.Get, PathOf(sessionId));
            var (present, failure) = await SessionAsync(merchant, call, Operation.Get, sessionId, budget, cancellationToken).ConfigureAwait(false);
            if (present is null)
            {
                return failure!.Outcome == CommerceOutcome.Refused
                    ? failure.As<CheckoutSession>()
                    : CommerceAnswers.NotSent<CheckoutSession>(failure.Reason);
            }

            if (UcpWords.StateOf(present.Status) is CheckoutState.Completed or CheckoutState.Completing or CheckoutState.Canceled)
            {
                return Done(merchant, terms, present, null, []);
            }

            // A session need not repeat what the profile has said.
            handlers = _memory.Of(merchant.Id, sessionId).Handlers is { Count: > 0 } own ? own : terms?.Handlers ?? [];
        }

        if (KnownOf(handlers) is not { } handler)
        {
            return CommerceAnswers.Refused<CheckoutSession>(AdapterReasons.PaymentNotSupported);
        }

        var completing = _calls.Send(
            HttpMethod.Post, merchant, terms, Operation.Complete, PathOf(sessionId) + "/complete", _bodies.Complete(handler, payment, VersionOf(merchant, terms, sessionId)), idempotencyKey) with
        {
            IsRepeatable = false,
            AttemptTimeout = _options.CompleteTimeout,
        };
        var (session, refusal) = await SessionAsync(
            merchant, completing, Operation.Complete, sessionId, new CallBudget(_time, _options.CompleteTimeout), cancellationToken).ConfigureAwait(false);
        return session is null ? refusal!.As<CheckoutSession>() : Done(merchant, terms, session, null, []);
    }

    public async Task<CommerceAnswer<CheckoutSession>> CancelAsync(
        MerchantEntry merchant, string sessionId, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        var budget = new CallBudget(_time, _options.CallTimeout);
        var (terms, unread) = await TermsAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        if (unread is not null)
        {
            return unread;
        }

        var call = _calls.Send(HttpMethod.Post, merchant, terms, Operation.Cancel, PathOf(sessionId) + "/cancel", UcpBodies.Nothing, idempotencyKey);
        var (session, failure) = await SessionAsync(merchant, call, Operation.Cancel, sessionId, budget, cancellationToken).ConfigureAwait(false);
        return session is null ? failure!.As<CheckoutSession>() : Done(merchant, terms, session, null, []);
    }

    /// <summary>The extension <c>ecuagent.order_cancel</c>; nothing is sent to a merchant that does not declare it.</summary>
    public async Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(
        MerchantEntry merchant, string sessionId, string orderId, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        var budget = new CallBudget(_time, _options.CallTimeout);
        var (terms, unread) = await _discovery.AskAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        if (!MayCancelOrder(merchant, terms, sessionId))
        {
            return unread is not null
                ? CommerceAnswers.NotSent<CheckoutSession>(unread.Reason)
                : CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.NotCancelable);
        }

        if (terms is null && merchant.AreAnswersSigned)
        {
            return CommerceAnswers.NotSent<CheckoutSession>(unread!.Reason);
        }

        var path = $"{OrderPathOf(orderId)}/cancel";
        var call = _calls.Send(HttpMethod.Post, merchant, terms, Operation.CancelOrder, path, UcpBodies.Nothing, idempotencyKey);
        var reply = await _transport.SendAsync(call, Operation.CancelOrder, budget, cancellationToken).ConfigureAwait(false);
        if (reply.Outcome != CommerceOutcome.Done)
        {
            return reply.As<CheckoutSession>();
        }

        // It is done, and the order was given; the session has to be read for the rest.
        if (OrderIn(merchant, reply, Operation.CancelOrder, orderId) is not { } order)
        {
            return CommerceAnswers.Unknown<CheckoutSession>(CommerceReasons.BadAnswer);
        }

        var reading = _calls.Get(merchant, terms, Operation.Get, PathOf(sessionId));
        var (session, failure) = await SessionAsync(merchant, reading, Operation.Get, sessionId, budget, cancellationToken).ConfigureAwait(false);
        return session is null ? CommerceAnswers.Unknown<CheckoutSession>(failure!.Reason) : Done(merchant, terms, session, order, []);
    }

    private static string PathOf(string sessionId) => "checkout-sessions/" + Uri.EscapeDataString(OrderChecks.RequireId(sessionId));

    private static string OrderPathOf(string orderId) => "orders/" + Uri.EscapeDataString(OrderChecks.RequireId(orderId));

    /// <summary>
    /// The merchant's terms for a session that is there already, which does without them: unless its answers have to be signed, and then nothing
    /// is sent that could not be verified.
    /// </summary>
    private async Task<(MerchantTerms? Terms, CommerceAnswer<CheckoutSession>? Unread)> TermsAsync(
        MerchantEntry merchant, CallBudget budget, CancellationToken cancellationToken)
    {
        var little = merchant.AreAnswersSigned || budget.Left < LongestExtra ? budget : new CallBudget(_time, LongestExtra);
        var (terms, failure) = await _discovery.AskAsync(merchant, little, cancellationToken).ConfigureAwait(false);
        return terms is null && merchant.AreAnswersSigned ? (null, CommerceAnswers.NotSent<CheckoutSession>(failure!.Reason)) : (terms, null);
    }

    /// <summary>The session as it is, and how far its order is.</summary>
    private async Task<CommerceAnswer<CheckoutSession>> PresentAsync(
        MerchantEntry merchant, MerchantTerms? terms, string sessionId, CallBudget budget, CancellationToken cancellationToken)
    {
        var call = _calls.Get(merchant, terms, Operation.Get, PathOf(sessionId));
        var (session, failure) = await SessionAsync(merchant, call, Operation.Get, sessionId, budget, cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            return failure!.As<CheckoutSession>();
        }

        var mayRead = terms?.Capabilities.Contains(UcpWords.Order) != false;
        if (!mayRead || UcpWords.StateOf(session.Status) != CheckoutState.Completed || UcpSessionMapper.OrderIdOf(session) is not { } orderId)
        {
            return Done(merchant, terms, session, null, []);
        }

        // That it is ordered is known already; how far it is may be told another time.
        var reading = _calls.Get(merchant, terms, Operation.Get, OrderPathOf(orderId));
        var reply = await _transport.SendAsync(reading, Operation.Get, budget, cancellationToken).ConfigureAwait(false);
        var order = reply.Outcome == CommerceOutcome.Done ? OrderIn(merchant, reply, Operation.Get, orderId) : null;
        return Done(merchant, terms, session, order?.CheckoutId == session.Id ? order : null, []);
    }

    /// <summary>Sends a request that makes the session of an order, and then selects what fits, where another option or none is selected.</summary>
    private async Task<CommerceAnswer<CheckoutSession>> ChooseAsync(
        MerchantEntry merchant,
        MerchantTerms? terms,
        HttpCall call,
        Operation operation,
        string? sessionId,
        CheckoutOrder order,
        CallBudget budget,
        CancellationToken cancellationToken)
    {
        var (session, failure) = await SessionAsync(merchant, call, operation, sessionId, budget, cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            return failure!.As<CheckoutSession>();
        }

        _memory.Learn(merchant.Id, session.Id, SessionMemory.Remembered.Nothing with { NeedsDelivery = UcpWords.MethodOf(order) is not null });
        var isRefused = false;
        for (var step = 1; step <= MostChoices && !isRefused && UcpWords.StateOf(session.Status) is CheckoutState.Incomplete or CheckoutState.Ready; step++)
        {
            var picks = FulfillmentPick.Of(session, order);
            if (picks.All(pick => pick.IsAsPresent))
            {
                break;
            }

            var body = _bodies.Choose(merchant, order, session, VersionOf(merchant, terms, session.Id), picks);
            var key = $"{call.IdempotencyKey}{SelectSuffix}{step}";
            var choosing = _calls.Send(HttpMethod.Put, merchant, terms, Operation.Update, PathOf(session.Id), body, key);
            var (chosen, refusal) = await SessionAsync(merchant, choosing, Operation.Update, session.Id, budget, cancellationToken).ConfigureAwait(false);
            if (refusal is { Outcome: not CommerceOutcome.Refused })
            {
                return refusal.As<CheckoutSession>();
            }

            // The session is there and can be shown and ended; only this way of delivery is not to be had.
            isRefused = chosen is null;
            session = chosen ?? session;
        }

        List<CheckoutRemark> remarks = [.. OrderChecks.RemarksOf(order, session.LineItems.Select(line => (line.Item.Id, line.Quantity)))];
        if (isRefused || !IsOffered(session, order))
        {
            remarks.Insert(0, OrderChecks.Remark(AdapterReasons.DeliveryNotOffered));
        }

        return Done(merchant, terms, session, null, remarks);
    }

    private static bool IsOffered(WireCheckout session, CheckoutOrder order)
    {
        var picks = FulfillmentPick.Of(session, order);
        return picks.All(pick => pick.IsAsPresent) && (picks.Count > 0 || UcpWords.MethodOf(order) is null);
    }

    /// <summary>Sends a request whose answer is a session, and remembers what the session says.</summary>
    private async Task<(WireCheckout? Session, Reply? Failure)> SessionAsync(
        MerchantEntry merchant, HttpCall call, Operation operation, string? sessionId, CallBudget budget, CancellationToken cancellationToken)
    {
        var reply = await _transport.SendAsync(call, operation, budget, cancellationToken).ConfigureAwait(false);
        if (reply.Outcome != CommerceOutcome.Done)
        {
            return (null, reply);
        }

        if (WireReader.Read(reply.Body, UcpJson.Default.WireCheckout, operation, merchant.Id, _logger) is not { } session)
        {
            return (null, new Reply(CommerceOutcome.Unknown, CommerceReasons.BadAnswer));
        }

        if (WireReader.FaultOf(session.Id, sessionId, [.. session.LineItems.Select(line => line?.Quantity)]) is { } fault)
        {
            Log.NotUnderstood(_logger, operation.ToString(), merchant.Id, nameof(WireCheckout), fault);
            return (null, new Reply(CommerceOutcome.Unknown, CommerceReasons.BadAnswer));
        }

        _memory.Learn(merchant.Id, session.Id, new SessionMemory.Remembered(
            MerchantTerms.HandlersIn((session.Payment?.Handlers ?? []).Concat(session.Ucp?.PaymentHandlers ?? [])),
            session.Ucp?.Capabilities?.Any(capability => capability.Name == UcpWords.OrderCancel) == true,
            Version: session.Ucp?.Version));
        if (UcpWords.StateOf(session.Status) == CheckoutState.Completed && UcpSessionMapper.OrderIdOf(session) is null)
        {
            Log.CompletedWithoutOrder(_logger, merchant.Id);
        }

        return (session, null);
    }

    private WireOrder? OrderIn(MerchantEntry merchant, Reply reply, Operation operation, string orderId) =>
        WireReader.Read(reply.Body, UcpJson.Default.WireOrder, operation, merchant.Id, _logger) is { } order && order.Id == orderId ? order : null;

    private PaymentHandler? KnownOf(IReadOnlyList<PaymentHandler> handlers) =>
        _registry.Payment?.UcpHandlers is { } known
            ? handlers.FirstOrDefault(handler => known.Contains(handler.Name ?? "") || known.Contains(handler.Spec ?? ""))
            : null;

    private bool MayCancelOrder(MerchantEntry merchant, MerchantTerms? terms, string sessionId) =>
        terms?.Capabilities.Contains(UcpWords.OrderCancel) == true || _memory.Of(merchant.Id, sessionId).MayCancelOrder;

    private string VersionOf(MerchantEntry merchant, MerchantTerms? terms, string sessionId) =>
        UcpWords.VersionOf(_memory.Of(merchant.Id, sessionId).Version, terms?.Version);

    // Where neither the merchant nor the order is known any more, it counts as lacking.
    private bool LacksDelivery(MerchantEntry merchant, MerchantTerms? terms, WireCheckout session) =>
        WireReader.Solid(session.Fulfillment?.Methods).Count == 0
        && _memory.Of(merchant.Id, session.Id).NeedsDelivery != false
        && (terms?.Capabilities.Contains(UcpWords.Fulfillment) != false
            || session.Ucp?.Capabilities?.Any(capability => capability.Name == UcpWords.Fulfillment) == true);

    private CommerceAnswer<CheckoutSession> Done(
        MerchantEntry merchant, MerchantTerms? terms, WireCheckout session, WireOrder? order, IEnumerable<CheckoutRemark> remarks) =>
        CommerceAnswers.Done(UcpSessionMapper.Map(
            merchant, session, order, LacksDelivery(merchant, terms, session), MayCancelOrder(merchant, terms, session.Id), remarks));
}
