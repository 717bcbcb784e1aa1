using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Commerce.Http;
using EcuAgent.Commerce.Json;
using EcuAgent.Commerce.Mapping;
using EcuAgent.Commerce.Registry;
using EcuAgent.Commerce.Search;
using EcuAgent.Core.Commerce;
using Microsoft.Extensions.Logging;

namespace EcuAgent.Commerce.Acp;

/// <summary>The five checkout operations of ACP, its product feed, and taking an order back. Safe for use from several threads.</summary>
internal sealed class AcpCommerce : IMerchantClient
{
    private const string SelectSuffix = ":option";

    private static readonly TimeSpan LongestDiscovery = TimeSpan.FromSeconds(2);

    private readonly RequestBodies _bodies;
    private readonly BuyerProfile? _buyer;
    private readonly CommerceOptions _options;
    private readonly IAcpCarrier _carrier;
    private readonly AcpDiscovery _discovery;
    private readonly Catalogue _catalogue;
    private readonly SessionMemory _memory = new();
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <summary>Makes one.</summary>
    /// <param name="carrier">Brings the operations on sessions and orders.</param>
    /// <param name="transport">For the discovery document.</param>
    /// <param name="catalogue">What merchants offer.</param>
    /// <param name="buyer">Who buys; null where no profile is set up.</param>
    /// <param name="options">Times and bounds.</param>
    /// <param name="time">Clock.</param>
    /// <param name="logger">Log.</param>
    internal AcpCommerce(
        IAcpCarrier carrier,
        CommerceTransport transport,
        Catalogue catalogue,
        BuyerProfile? buyer,
        CommerceOptions options,
        TimeProvider time,
        ILogger logger)
    {
        _carrier = carrier;
        _catalogue = catalogue;
        _buyer = buyer;
        _bodies = new RequestBodies(buyer, carrier.TakesOrdersBack);
        _options = options;
        _time = time;
        _logger = logger;
        _discovery = new AcpDiscovery(transport, options, time, logger);
    }

    public Task<CommerceAnswer<IReadOnlyList<CatalogueOffer>>> SearchAsync(
        MerchantEntry merchant, OfferQuery query, CancellationToken cancellationToken) => _catalogue.SearchAsync(merchant, query, cancellationToken);

    public async Task<CommerceAnswer<CheckoutSession>> OpenAsync(
        MerchantEntry merchant, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        if (OrderChecks.Objection(merchant, _buyer, order) is { } objection)
        {
            return CommerceAnswers.Refused<CheckoutSession>(objection);
        }

        var budget = new CallBudget(_time, _options.CallTimeout);
        var call = Saying(merchant, Operation.Create, null, _bodies.Create(merchant, order), idempotencyKey);
        var (session, failure) = await SessionAsync(call, budget, cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            return failure!.As<CheckoutSession>();
        }

        Learn(merchant, session, OrderContext.TextsOf(order));
        return await ChooseAsync(merchant, session, order, idempotencyKey, budget, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceAnswer<CheckoutSession>> UpdateAsync(
        MerchantEntry merchant, string sessionId, CheckoutOrder order, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        if (OrderChecks.Objection(merchant, _buyer, order) is { } objection)
        {
            return CommerceAnswers.Refused<CheckoutSession>(objection);
        }

        var budget = new CallBudget(_time, _options.CallTimeout);
        var (present, failure) = await PresentAsync(merchant, sessionId, budget, cancellationToken).ConfigureAwait(false);
        if (present is null)
        {
            return failure!.As<CheckoutSession>();
        }

        var takesMetadata = _memory.Of(merchant.Id, sessionId).MayUpdateContext;
        if (!takesMetadata && !CanCarry(merchant, present, order))
        {
            return CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.NewSessionNeeded);
        }

        var call = Saying(merchant, Operation.Update, sessionId, _bodies.Update(order, takesMetadata), idempotencyKey);
        (var session, failure) = await SessionAsync(call, budget, cancellationToken).ConfigureAwait(false);
        if (session is null)
        {
            return failure!.As<CheckoutSession>();
        }

        Learn(merchant, session, takesMetadata ? OrderContext.TextsOf(order) : null);
        return await ChooseAsync(merchant, session, order, idempotencyKey, budget, cancellationToken).ConfigureAwait(false);
    }

    public async Task<CommerceAnswer<CheckoutSession>> GetAsync(MerchantEntry merchant, string sessionId, CancellationToken cancellationToken)
    {
        var budget = new CallBudget(_time, _options.CallTimeout);
        var (session, failure) = await PresentAsync(merchant, sessionId, budget, cancellationToken).ConfigureAwait(false);
        return session is null
            ? failure!.As<CheckoutSession>()
            : await DoneAsync(merchant, session, [], budget, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends one request to complete, at most. Only where no handler of the session is remembered, the session is read before: when it is over
    /// already, that is the answer, because an earlier request with the same key may have brought it about.
    /// </summary>
    public async Task<CommerceAnswer<CheckoutSession>> CompleteAsync(
        MerchantEntry merchant, string sessionId, PaymentGrant payment, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        var handlers = _memory.Of(merchant.Id, sessionId).Handlers;
        if (handlers.Count == 0)
        {
            var budget = new CallBudget(_time, _options.CallTimeout);
            var (present, failure) = await PresentAsync(merchant, sessionId, budget, cancellationToken).ConfigureAwait(false);
            if (present is null)
            {
                // Whatever became of the reading: nothing was asked to be completed.
                return failure!.Outcome == CommerceOutcome.Refused
                    ? failure.As<CheckoutSession>()
                    : CommerceAnswers.NotSent<CheckoutSession>(failure.Reason);
            }

            if (AcpWords.StateOf(present.Status) is CheckoutState.Completed or CheckoutState.Completing or CheckoutState.Canceled or CheckoutState.Expired)
            {
                return Done(merchant, present, []);
            }

            handlers = _memory.Of(merchant.Id, sessionId).Handlers;
        }

        if (PaymentHandlers.Choose(handlers) is not { } handler)
        {
            return CommerceAnswers.Refused<CheckoutSession>(AdapterReasons.PaymentNotSupported);
        }

        var body = RequestBodies.Complete(handler.Id, handler.InstrumentType, payment);
        var call = Saying(merchant, Operation.Complete, sessionId, body, idempotencyKey);
        var (session, refusal) = await SessionAsync(
            call, new CallBudget(_time, _options.CompleteTimeout), cancellationToken).ConfigureAwait(false);
        return session is null ? refusal!.As<CheckoutSession>() : Done(merchant, session, []);
    }

    public async Task<CommerceAnswer<CheckoutSession>> CancelAsync(
        MerchantEntry merchant, string sessionId, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        var call = Saying(merchant, Operation.Cancel, sessionId, RequestBodies.Nothing, idempotencyKey);
        var budget = new CallBudget(_time, _options.CallTimeout);
        var (session, failure) = await SessionAsync(call, budget, cancellationToken).ConfigureAwait(false);
        return session is null ? failure!.As<CheckoutSession>() : Done(merchant, session, []);
    }

    /// <summary>The extension <c>ecuagent.order_cancel</c>; nothing is sent to a merchant that does not declare it.</summary>
    public async Task<CommerceAnswer<CheckoutSession>> CancelOrderAsync(
        MerchantEntry merchant, string sessionId, string orderId, string idempotencyKey, CancellationToken cancellationToken)
    {
        OrderChecks.RequireKey(idempotencyKey);
        if (!_carrier.TakesOrdersBack)
        {
            return CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.NotCancelable);
        }

        var budget = new CallBudget(_time, _options.CallTimeout);
        var (mayCancel, unreached) = await MayCancelOrderAsync(merchant, sessionId, budget, cancellationToken).ConfigureAwait(false);
        if (!mayCancel)
        {
            return unreached is not null
                ? CommerceAnswers.NotSent<CheckoutSession>(unreached.Reason)
                : CommerceAnswers.Refused<CheckoutSession>(CommerceReasons.NotCancelable);
        }

        var call = Saying(merchant, Operation.CancelOrder, orderId, RequestBodies.Nothing, idempotencyKey);
        var reply = await _carrier.SendAsync(call, budget, cancellationToken).ConfigureAwait(false);
        if (reply.Outcome != CommerceOutcome.Done)
        {
            return reply.As<CheckoutSession>();
        }

        if (!SessionReader.IsOrder(reply.Body))
        {
            return Understand(merchant, reply, Operation.CancelOrder, sessionId) is { } told
                ? Done(merchant, told, [])
                : CommerceAnswers.Unknown<CheckoutSession>(CommerceReasons.BadAnswer);
        }

        // It is done, and the order was given; the session has it too.
        var (session, failure) = await PresentAsync(merchant, sessionId, budget, cancellationToken).ConfigureAwait(false);
        return session is null ? CommerceAnswers.Unknown<CheckoutSession>(failure!.Reason) : Done(merchant, session, []);
    }


    private static AcpCall Saying(MerchantEntry merchant, Operation operation, string? id, ReadOnlyMemory<byte> body, string idempotencyKey) =>
        new(merchant, operation, id is null ? null : OrderChecks.RequireId(id)) { Body = body, IdempotencyKey = idempotencyKey };

    private Task<(WireSession? Session, Reply? Failure)> PresentAsync(
        MerchantEntry merchant, string sessionId, CallBudget budget, CancellationToken cancellationToken) =>
        SessionAsync(new AcpCall(merchant, Operation.Get, OrderChecks.RequireId(sessionId)), budget, cancellationToken);

    /// <summary>Sends a request whose answer is a session, and remembers what the session says.</summary>
    private async Task<(WireSession? Session, Reply? Failure)> SessionAsync(AcpCall call, CallBudget budget, CancellationToken cancellationToken)
    {
        var reply = await _carrier.SendAsync(call, budget, cancellationToken).ConfigureAwait(false);
        if (reply.Outcome != CommerceOutcome.Done)
        {
            return (null, reply);
        }

        return Understand(call.Merchant, reply, call.Operation, call.Id) is { } session
            ? (session, null)
            : (null, new Reply(CommerceOutcome.Unknown, CommerceReasons.BadAnswer));
    }

    /// <summary>The session of an answer, which is remembered; null where it is none.</summary>
    private WireSession? Understand(MerchantEntry merchant, Reply reply, Operation operation, string? sessionId)
    {
        if (SessionReader.ReadSession(reply.Body, operation, sessionId, merchant.Id, _logger) is not { } session)
        {
            return null;
        }

        Learn(merchant, session);
        if (AcpWords.StateOf(session.Status) == CheckoutState.Completed && session.Order is null)
        {
            Log.CompletedWithoutOrder(_logger, merchant.Id);
        }

        return session;
    }

    private void Learn(MerchantEntry merchant, WireSession session, IReadOnlyDictionary<string, string>? context = null)
    {
        var extensions = session.Capabilities?.Extensions ?? [];
        _memory.Learn(merchant.Id, session.Id, new SessionMemory.Remembered(
            [.. WireReader.Solid(session.Capabilities?.Payment?.Handlers)
                .Select(handler => new PaymentHandler(handler.Id, handler.Name, TakesDelegatedToken: handler.RequiresDelegatePayment == true))],
            AcpDiscovery.Declares(extensions, AcpWords.OrderCancelExtension),
            AcpDiscovery.Declares(extensions, AcpWords.TripDataExtension),
            context));
    }

    /// <summary>Selects the option that fits, where another one or none is selected; at most one request.</summary>
    private async Task<CommerceAnswer<CheckoutSession>> ChooseAsync(
        MerchantEntry merchant, WireSession session, CheckoutOrder order, string idempotencyKey, CallBudget budget, CancellationToken cancellationToken)
    {
        var choice = FulfillmentChoice.Of(session, order);
        var remarks = new List<CheckoutRemark>();
        if (!choice.IsOffered)
        {
            remarks.Add(OrderChecks.Remark(AdapterReasons.DeliveryNotOffered));
        }

        if (choice.Option is { } option && AcpWords.StateOf(session.Status) is CheckoutState.Incomplete or CheckoutState.Ready)
        {
            var call = Saying(merchant, Operation.Update, session.Id, RequestBodies.Select(session, option), idempotencyKey + SelectSuffix);
            var (selected, failure) = await SessionAsync(call, budget, cancellationToken).ConfigureAwait(false);
            if (failure is { Outcome: not CommerceOutcome.Refused })
            {
                return failure.As<CheckoutSession>();
            }

            if (selected?.SelectedFulfillmentOptions?.Any(chosen => chosen.OptionId == option.Id) != true)
            {
                // The session is there and can be shown and ended; only this way of delivery is not to be had.
                remarks.Add(OrderChecks.Remark(AdapterReasons.DeliveryNotOffered));
            }

            session = selected ?? session;
        }

        return await DoneAsync(merchant, session, remarks.Concat(OrderChecks.RemarksOf(order, session.LineItems.Select(line => (line.Item.Id, line.Quantity)))), budget, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CommerceAnswer<CheckoutSession>> DoneAsync(
        MerchantEntry merchant, WireSession session, IEnumerable<CheckoutRemark> remarks, CallBudget budget, CancellationToken cancellationToken)
    {
        if (_carrier.TakesOrdersBack && !_memory.Of(merchant.Id, session.Id).MayCancelOrder)
        {
            // The answer is here already; it waits a little for this, not for long.
            var little = new CallBudget(_time, budget.Left < LongestDiscovery ? budget.Left : LongestDiscovery);
            await _discovery.AskAsync(merchant, little, cancellationToken).ConfigureAwait(false);
        }

        return Done(merchant, session, remarks);
    }

    private CommerceAnswer<CheckoutSession> Done(MerchantEntry merchant, WireSession session, IEnumerable<CheckoutRemark> remarks)
    {
        var mayCancel = _carrier.TakesOrdersBack
            && (_memory.Of(merchant.Id, session.Id).MayCancelOrder || _discovery.IsKnownToCancelOrders(merchant));
        return CommerceAnswers.Done(SessionMapper.Map(merchant, session, mayCancel, remarks));
    }

    /// <summary>Whether a placed order may be asked back, and the failure where that could not be found out.</summary>
    private async Task<(bool MayCancel, Reply? Unreached)> MayCancelOrderAsync(
        MerchantEntry merchant, string sessionId, CallBudget budget, CancellationToken cancellationToken)
    {
        if (_memory.Of(merchant.Id, sessionId).MayCancelOrder)
        {
            return (true, null);
        }

        var (isDeclared, unreached) = await _discovery.AskAsync(merchant, budget, cancellationToken).ConfigureAwait(false);
        if (isDeclared)
        {
            return (true, null);
        }

        // The session may declare what the document does not.
        var (session, failure) = await PresentAsync(merchant, sessionId, budget, cancellationToken).ConfigureAwait(false);
        return session is not null ? (_memory.Of(merchant.Id, sessionId).MayCancelOrder, unreached)
            : (false, failure!.Outcome == CommerceOutcome.Refused ? unreached : failure);
    }

    /// <summary>
    /// True when an update request can bring the session to the order. What ACP has no field for must be in the session already: as the
    /// merchant says, or as it was sent when the session was created here. An arrival time is also carried by an option with a time of its own.
    /// </summary>
    private bool CanCarry(MerchantEntry merchant, WireSession session, CheckoutOrder order)
    {
        var sent = _memory.Of(merchant.Id, session.Id).Context;
        var told = OrderContext.TextsOf(session.Metadata);
        var hasTimes = WireReader.Solid(session.FulfillmentOptions).Any(option => option.ReadyBy is not null || option.DeliveryWindow is not null);
        return OrderContext.TextsOf(order).All(member =>
            (member.Key == OrderContext.ArrivalTime && hasTimes) || (told.GetValueOrDefault(member.Key) ?? sent?.GetValueOrDefault(member.Key)) == member.Value);
    }
}
