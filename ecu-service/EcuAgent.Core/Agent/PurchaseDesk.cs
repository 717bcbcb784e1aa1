using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Takes a purchase through offer, quote, read-back, yes and commit. Holds at most one order that waits for its yes. The gate is asked when the
/// request comes, when the question is opened, and when the yes is redeemed, right before the order leaves.
/// </summary>
internal sealed class PurchaseDesk(
    AgentServices services, OfferFinder finder, TripForecast forecast, ArrivalGuide guide, Recorder recorder, Voice voice, AgentTally tally)
{
    private readonly Lock _gate = new();
    private PendingOrder? _waiting;
    private (PendingOrder Order, QuoteResult Quote)? _cart;

    /// <summary>
    /// A commit that the gate wants confirmed: finds the best offer, or takes the one that was chosen, has it quoted and opens the read-back
    /// question. False when the gate, knowing the terms, wants it deferred.
    /// </summary>
    public async Task<bool> ProposeAsync(
        Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, string? orderId, RankedOffer? chosen, CancellationToken cancellationToken)
    {
        if (chosen is null && IsTheCart(tool.Name, arguments) && TakeCart() is { } cart)
        {
            return await AskAsync(turn, part, cart.Order with { Request = request, Tool = tool.Name }, cart.Quote, cancellationToken).ConfigureAwait(false);
        }

        var order = NewOrder(turn, tool, arguments, request, orderId);
        return await QuoteAsync(turn, part, tool, order, chosen, cancellationToken).ConfigureAwait(false) is not { } quoted
            || await AskAsync(turn, part, quoted.Order, quoted.Quote, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Puts something into the cart: quoted and held, one at a time, until it is ordered or the merchant's quote runs out.</summary>
    public async Task PrepareAsync(
        Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, CancellationToken cancellationToken)
    {
        var order = NewOrder(turn, tool, arguments, request, null);
        if (await QuoteAsync(turn, part, tool, order, turn.ChosenOffer, cancellationToken).ConfigureAwait(false) is not { } quoted)
        {
            return;
        }

        if (TakeCart() is { } before)
        {
            await CloseSessionAsync(before.Order, "superseded").ConfigureAwait(false);
        }

        lock (_gate)
        {
            _cart = quoted;
        }

        await recorder.PublishAsync(quoted.Order.Status(OrderState.Prepared, part.ReasonCode)).ConfigureAwait(false);
        part.Clauses.Add(turn.Phrases.Prepared(quoted.Order.Quote!));
    }

    private static bool IsTheCart(string tool, ToolArguments arguments) =>
        tool == ToolNames.OrderFood && arguments.Text("item") is null && arguments.Text("merchant") is null && arguments.Integer("quantity") is null;

    private PendingOrder NewOrder(Turn turn, ToolDefinition tool, ToolArguments arguments, GateRequest request, string? orderId) => new(
        orderId ?? NewId(), tool.Name, Needs.OfTool(tool.Name), arguments, request, turn.Phrases.Summary(tool.Name, arguments), turn.Phrases);

    private (PendingOrder Order, QuoteResult Quote)? TakeCart()
    {
        lock (_gate)
        {
            var cart = _cart;
            _cart = null;
            return cart;
        }
    }

    // Null when there is nothing to read back; the reason is told.
    private async Task<(PendingOrder Order, QuoteResult Quote)?> QuoteAsync(
        Turn turn, TurnPart part, ToolDefinition tool, PendingOrder order, RankedOffer? chosen, CancellationToken cancellationToken)
    {
        var arguments = order.Arguments;
        var found = chosen is null ? await finder.FindAsync(tool.Name, arguments, cancellationToken).ConfigureAwait(false) : new OfferFinding(CommerceReasons.Done, [chosen]);
        if (found.Offers is not [var offer, ..])
        {
            await RefuseAsync(turn, part, order, found.Reason).ConfigureAwait(false);
            return null;
        }

        order = order with { Offer = offer };
        turn.Sponsored |= offer.IsSponsored;
        if (OrderWriter.Write(order.Need, arguments, offer, forecast) is not { } wanted)
        {
            await RefuseAsync(turn, part, order, CommerceReasons.AmountUnknown).ConfigureAwait(false);
            return null;
        }

        var quote = await services.Purchases!.QuoteAsync(Wish(order, wanted, offer, turn.Phrases.Language), cancellationToken).ConfigureAwait(false);
        var said = arguments.Number("amount");
        var reason = quote.IsReady && said is { } amount && !IsSame(quote.Record.Total!.Value, amount) ? AgentReasons.AmountDiffers : quote.Reason;
        if (reason != CommerceReasons.Done)
        {
            await services.Purchases.AbandonAsync(quote.Record, reason, cancellationToken).ConfigureAwait(false);
            await RefuseAsync(turn, part, order with { Quote = quote.Record }, reason).ConfigureAwait(false);
            return null;
        }

        return (order with { Quote = quote.Record }, quote);
    }

    /// <summary>Takes in an answer. False when the open question here is not meant.</summary>
    public async Task<bool> AnswerAsync(ConfirmationAnswer answer)
    {
        var result = services.Confirmations.Answer(answer, SituationReader.Read(services.Snapshot()));
        if (result.Kind == AnswerKind.UnknownQuestion)
        {
            return false;
        }

        recorder.Noted(AuditKind.QuestionAnswered, result.Reason.Code(), answer.QuestionId ?? "");
        PendingOrder? order;
        lock (_gate)
        {
            order = _waiting?.QuestionId == answer.QuestionId ? _waiting : null;
            if (result.Kind != AnswerKind.NotAYes && order is not null)
            {
                _waiting = null;
            }
        }

        if (order is null)
        {
            return false;
        }

        await (result.Kind switch
        {
            AnswerKind.Accepted => CommitAsync(order),
            AnswerKind.NotAYes => voice.SayAsync(order.Phrases, [], order.Phrases.NotAYes, voice.Frame("", order.Request.Zone, order.QuestionId)),
            AnswerKind.Declined => DropAsync(order, OrderState.Canceled, AgentReasons.Declined, order.Phrases.Declined(order.Summary)),
            AnswerKind.Revoked => DropAsync(order, OrderState.Canceled, GateReason.ConsentRevoked.Code(), order.Phrases.Revoked(order.Summary)),
            _ => DropAsync(order, OrderState.Expired, GateReason.ConsentExpired.Code(), order.Phrases.QuestionExpired(order.Summary)),
        }).ConfigureAwait(false);
        return true;
    }

    /// <summary>Revokes what the new situation does not allow any more.</summary>
    public async Task ObserveAsync(GateSituation situation)
    {
        if (services.Confirmations.Observe(situation) is { } revoked && Take(waiting => waiting.QuestionId == revoked.Id) is { } order)
        {
            recorder.Noted(AuditKind.QuestionRevoked, GateReason.ConsentRevoked.Code(), revoked.Id);
            await DropAsync(order, OrderState.Canceled, GateReason.ConsentRevoked.Code(), order.Phrases.Revoked(order.Summary)).ConfigureAwait(false);
        }
    }

    /// <summary>Ends a question that ran out.</summary>
    public async Task EndExpiredAsync()
    {
        if (services.Confirmations.TakeExpired() is { } expired && Take(waiting => waiting.QuestionId == expired.Id) is { } order)
        {
            recorder.Noted(AuditKind.QuestionExpired, GateReason.ConsentExpired.Code(), expired.Id);
            await DropAsync(order, OrderState.Expired, GateReason.ConsentExpired.Code(), order.Phrases.QuestionExpired(order.Summary)).ConfigureAwait(false);
        }
    }

    /// <summary>Drops the order that waits for its yes, if it is of this need; the order when there was one.</summary>
    public async Task<PendingOrder?> CancelWaitingAsync(MerchantNeed? need)
    {
        if (Take(order => need is null || order.Need == need) is not { } open)
        {
            return null;
        }

        services.Confirmations.Withdraw(open.QuestionId);
        recorder.Noted(AuditKind.QuestionAnswered, AgentReasons.Declined, open.QuestionId);
        await CloseSessionAsync(open, AgentReasons.Declined).ConfigureAwait(false);
        await recorder.PublishAsync(open.Status(OrderState.Canceled, AgentReasons.Declined)).ConfigureAwait(false);
        return open;
    }

    private static bool IsSame(Money total, double said) => Math.Abs(total.ToMajor() - (decimal)said) < 0.005m;

    private static PurchaseWish Wish(PendingOrder order, CheckoutOrder wanted, RankedOffer offer, string language) => new()
    {
        Id = order.Id,
        Merchant = offer.Candidate.Merchant,
        Order = wanted,
        Tool = order.Tool,
        Intent = order.Request.TermsKey ?? "",
        Summary = order.Summary,
        Language = language,
        Why = offer.Why,
    };

    private async Task<bool> AskAsync(Turn turn, TurnPart part, PendingOrder order, QuoteResult quote, CancellationToken cancellationToken)
    {
        order = await WithTermsAsync(order, quote.Record, cancellationToken).ConfigureAwait(false);
        var opened = Open(order);
        order = opened.Order;
        await recorder.DecidedAsync(AuditKind.QuestionOpened, order.Request, opened.Result.Decision, order.QuestionId).ConfigureAwait(false);
        part.ReasonCode = opened.Result.Decision.Reason.Code();
        if (opened.Result.Question is null)
        {
            return await RefuseQuestionAsync(turn, part, order, opened.Result).ConfigureAwait(false);
        }

        await recorder.PublishAsync(order.Status(OrderState.AwaitingConfirmation, part.ReasonCode)).ConfigureAwait(false);
        var readBack = ReadBack(order, quote.Session!, quote.SameBefore is not null, isChanged: false);
        if (!turn.TryAsk(readBack, order.QuestionId))
        {
            part.Clauses.Add(readBack);
        }

        return true;
    }

    // The gate's terms are the quote's: merchant, total, and what exactly is bought.
    private async Task<PendingOrder> WithTermsAsync(PendingOrder order, PurchaseRecord quote, CancellationToken cancellationToken) => order with
    {
        Quote = quote,
        Request = order.Request with
        {
            TermsKey = quote.Terms,
            Amount = quote.Total,
            Merchant = quote.MerchantId,
            MerchantUsedBefore = await services.Purchases!.HasBoughtAsync(quote.MerchantId, cancellationToken).ConfigureAwait(false),
            SpentThisTrip = quote.Total is { Currency: { } currency }
                ? await services.Purchases.SpentThisTripAsync(currency, cancellationToken).ConfigureAwait(false)
                : null,
        },
    };

    private (OpenResult Result, PendingOrder Order) Open(PendingOrder order)
    {
        lock (_gate)
        {
            var result = services.Confirmations.Open(order.Request, SituationReader.Read(services.Snapshot()), services.Policy.Current);
            if (result.Question is { } question)
            {
                order = order with { QuestionId = question.Id };
                _waiting = order;
            }

            return (result, order);
        }
    }

    private string ReadBack(PendingOrder order, CheckoutSession session, bool isRepeated, bool isChanged) =>
        order.Phrases.ReadBack(order.Summary, order.Quote!, session, order.Offer, services.Time.GetLocalNow(), isRepeated, isChanged);

    private async Task<bool> RefuseQuestionAsync(Turn turn, TurnPart part, PendingOrder order, OpenResult opened)
    {
        var reason = opened.Refusal switch
        {
            OpenRefusal.AlreadyOpen => AgentReasons.QuestionAlreadyOpen,
            OpenRefusal.AmountUnknown => GateReason.AmountUnknown.Code(),
            OpenRefusal.MerchantUnknown => GateReason.MerchantUnknown.Code(),
            _ => opened.Decision.Reason.Code(),
        };
        await CloseSessionAsync(order, reason).ConfigureAwait(false);
        part.ReasonCode = reason;
        if (opened.Refusal == OpenRefusal.GateSaysNo && opened.Decision.Kind == GateDecisionKind.Defer)
        {
            return false;
        }

        tally.Add(AgentCount.CallsDenied);
        await recorder.PublishAsync(order.Status(OrderState.Failed, reason)).ConfigureAwait(false);
        part.Clauses.Add(opened.Refusal == OpenRefusal.AlreadyOpen ? order.Phrases.QuestionOpen : order.Phrases.Denied(opened.Decision.Reason));
        return true;
    }

    private async Task RefuseAsync(Turn turn, TurnPart part, PendingOrder order, string reason)
    {
        part.ReasonCode = reason;
        await recorder.OwnAsync(DecisionKind.Deny, reason, turn.Utterance, order.Tool, order.Request.ActionClass).ConfigureAwait(false);
        part.Clauses.Add(reason switch
        {
            CommerceReasons.NotConfigured => turn.Phrases.NoMerchant(order.Need),
            AgentReasons.AmountDiffers => turn.Phrases.AmountDiffers(order.Quote!),
            _ => turn.Phrases.NotOrdered(order.Summary, reason),
        });
        await recorder.PublishAsync(order.Status(OrderState.Failed, reason)).ConfigureAwait(false);
    }

    private async Task CommitAsync(PendingOrder order)
    {
        var permit = new CommitPermit(services, recorder, order);
        var result = await services.Purchases!.CommitAsync(order.Quote!, permit, CancellationToken.None).ConfigureAwait(false);
        order = order with { Quote = result.Record };
        if (result.Kind is not CommitKind.NotAllowed)
        {
            // Where the gate was not reached, its yes must not be good for anything else.
            services.Confirmations.Withdraw(order.QuestionId);
        }

        var now = services.Time.GetLocalNow();
        switch (result.Kind)
        {
            case CommitKind.Placed:
                await CloseAsync(order, OrderState.Placed, result.Reason, order.Phrases.Placed(result.Record, now)).ConfigureAwait(false);
                await guide.GuideAsync(order).ConfigureAwait(false);
                break;
            case CommitKind.TermsChanged:
                await AskChangedAsync(order, result.Session!).ConfigureAwait(false);
                break;
            case CommitKind.NotAllowed:
                tally.Add(AgentCount.CallsDenied);
                await CloseAsync(
                    order,
                    result.Reason == AgentReasons.NotRecorded ? OrderState.Failed : OrderState.Canceled,
                    result.Reason,
                    result.Reason == AgentReasons.NotRecorded ? order.Phrases.NotRecorded : order.Phrases.Denied(permit.Decision.Reason)).ConfigureAwait(false);
                break;
            case CommitKind.Open:
                await CloseAsync(order, OrderState.Unknown, result.Reason, order.Phrases.MerchantSilent(order.Summary)).ConfigureAwait(false);
                break;
            case CommitKind.NotRecorded:
                await CloseAsync(order, OrderState.Failed, result.Reason, order.Phrases.NotRecorded).ConfigureAwait(false);
                break;
            default:
                await CloseAsync(order, OrderState.Failed, result.Reason, order.Phrases.NotOrdered(order.Summary, result.Reason)).ConfigureAwait(false);
                break;
        }
    }

    // The yes was to other terms: everything from the read-back on begins anew.
    private async Task AskChangedAsync(PendingOrder order, CheckoutSession session)
    {
        var (result, changed) = Open(await WithTermsAsync(order, order.Quote!, CancellationToken.None).ConfigureAwait(false));
        await recorder.DecidedAsync(AuditKind.QuestionOpened, changed.Request, result.Decision, changed.QuestionId).ConfigureAwait(false);
        if (result.Question is null)
        {
            await DropAsync(changed, OrderState.Canceled, CommerceReasons.TermsChanged, changed.Phrases.NotOrdered(changed.Summary, CommerceReasons.TermsChanged))
                .ConfigureAwait(false);
            return;
        }

        await recorder.PublishAsync(changed.Status(OrderState.AwaitingConfirmation, CommerceReasons.TermsChanged)).ConfigureAwait(false);
        await voice.SayAsync(
            changed.Phrases,
            [],
            ReadBack(changed, session, isRepeated: false, isChanged: true),
            voice.Frame(changed.Request.UtteranceId ?? "", changed.Request.Zone, changed.QuestionId, changed.Offer?.IsSponsored == true)).ConfigureAwait(false);
    }

    private PendingOrder? Take(Predicate<PendingOrder> fits)
    {
        lock (_gate)
        {
            if (_waiting is null || !fits(_waiting))
            {
                return null;
            }

            var order = _waiting;
            _waiting = null;
            return order;
        }
    }

    private Task<PurchaseRecord> CloseSessionAsync(PendingOrder order, string reason) =>
        services.Purchases!.AbandonAsync(order.Quote!, reason, CancellationToken.None);

    private async Task DropAsync(PendingOrder order, OrderState state, string reason, string clause)
    {
        await CloseAsync(order, state, reason, clause).ConfigureAwait(false);
        await CloseSessionAsync(order, reason).ConfigureAwait(false);
    }

    private async Task CloseAsync(PendingOrder order, OrderState state, string reason, string clause)
    {
        await recorder.PublishAsync(order.Status(state, reason)).ConfigureAwait(false);
        await voice.SayAsync(order.Phrases, [clause], null, voice.Frame(order.Request.UtteranceId ?? "", order.Request.Zone)).ConfigureAwait(false);
    }

    private string NewId() => Guid.CreateVersion7(services.Time.GetUtcNow()).ToString();
}
