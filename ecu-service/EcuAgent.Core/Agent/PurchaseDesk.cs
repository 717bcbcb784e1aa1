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
    AgentServices services, AgentOptions options, OfferFinder finder, TripForecast forecast, ArrivalGuide guide, Recorder recorder, Voice voice, AgentTally tally)
{
    private readonly Lock _gate = new();
    private PendingOrder? _waiting;
    private (PendingOrder Order, QuoteResult Quote)? _cart;

    /// <summary>
    /// A commit that the gate wants confirmed: finds the best offer, or takes the one that was chosen, has it quoted and opens the read-back
    /// question.
    /// </summary>
    public async Task<Proposal> ProposeAsync(Turn turn, TurnPart part, PurchaseAsk ask, CancellationToken cancellationToken)
    {
        if (ask.Chosen is null && IsTheCart(ask.Tool.Name, ask.Arguments) && TakeCart() is { } cart)
        {
            var order = cart.Order with { Request = ask.Request, Tool = ask.Tool.Name };
            return OrderChange.Of(order, ask.Arguments, turn.Utterance.Text, null) is { } change
                ? await ChangeToAsync(turn, part, order, change, cancellationToken).ConfigureAwait(false)
                : await AskAsync(turn, part, order, cart.Quote, cancellationToken).ConfigureAwait(false);
        }

        return await QuoteAsync(turn, part, NewOrder(turn, ask), ask.Chosen, cancellationToken).ConfigureAwait(false) is not { } quoted
            ? Proposal.Refused
            : await AskAsync(turn, part, quoted.Order, quoted.Quote, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Takes a call as a change of the order that is being read back: how many, which size, fetched instead of brought. Null when it is none, and
    /// then nothing has happened. The old question ends before the merchant is asked, so that no yes to it buys the new order.
    /// </summary>
    public async Task<(Proposal What, PendingOrder Order)?> TryChangeAsync(Turn turn, TurnPart part, PurchaseAsk ask, CancellationToken cancellationToken)
    {
        PendingOrder? present;
        lock (_gate)
        {
            present = _waiting;
        }

        if (present is null || present.Tool != ask.Tool.Name || present.Request.Zone != ask.Request.Zone)
        {
            return null;
        }

        var isMore = ask.Chosen is null && OrderChange.NamesAnother(present, ask.Arguments);
        var variant = isMore ? await VariantAsync(present, ask.Arguments, cancellationToken).ConfigureAwait(false) : ask.Chosen;
        if ((isMore && variant is null) || OrderChange.Of(present, ask.Arguments, turn.Utterance.Text, variant) is not { } change
            || Take(waiting => waiting.QuestionId == present.QuestionId) is not { } order)
        {
            return null;
        }

        services.Confirmations.Withdraw(order.QuestionId);
        recorder.Noted(AuditKind.QuestionAnswered, AgentReasons.Changed, order.QuestionId);
        return (
            await ChangeToAsync(turn, part, order with { Request = ask.Request }, change, cancellationToken).ConfigureAwait(false),
            order with { Arguments = change.Arguments });
    }

    /// <summary>Puts something into the cart: quoted and held, one at a time, until it is ordered or the merchant's quote runs out.</summary>
    public async Task PrepareAsync(
        Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, CancellationToken cancellationToken)
    {
        var order = NewOrder(turn, new PurchaseAsk(tool, arguments, request));
        if (await QuoteAsync(turn, part, order, turn.ChosenOffer, cancellationToken).ConfigureAwait(false) is not { } quoted)
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
        tool == ToolNames.OrderFood && arguments.Text("item") is null && arguments.Text("merchant") is null;

    private PendingOrder NewOrder(Turn turn, PurchaseAsk ask) => new(
        ask.OrderId ?? NewId(), ask.Tool.Name, Needs.OfTool(ask.Tool.Name), ask.Arguments, ask.Request, turn.Phrases.Summary(ask.Tool.Name, ask.Arguments), turn.Phrases)
    {
        ErrandId = ask.ErrandId,
        Arrival = ask.Arrival,
    };

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
        Turn turn, TurnPart part, PendingOrder order, RankedOffer? chosen, CancellationToken cancellationToken)
    {
        var arguments = order.Arguments;
        var found = chosen is null ? await finder.FindAsync(order.Tool, arguments, cancellationToken).ConfigureAwait(false) : new OfferFinding(CommerceReasons.Done, [chosen]);
        if (found.Offers is not [var offer, ..])
        {
            await RefuseAsync(turn, part, order, found.Reason).ConfigureAwait(false);
            return null;
        }

        order = order with
        {
            Offer = offer,
            Arrival = order.Arrival
                ?? await forecast.ArrivalOfAsync(order.Need, arguments, offer.Candidate.Merchant.Position, cancellationToken).ConfigureAwait(false),
        };
        turn.Sponsored |= offer.IsSponsored;
        if (OrderWriter.Write(order.Need, arguments, offer, order.Arrival?.Invoke()) is not { } wanted)
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

    /// <summary>Takes in an answer. Null when the open question here is not meant.</summary>
    public async Task<EndedPurchase?> AnswerAsync(ConfirmationAnswer answer)
    {
        var result = services.Confirmations.Answer(answer, SituationReader.Read(services.Snapshot()));
        if (result.Kind == AnswerKind.UnknownQuestion)
        {
            return null;
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
            return null;
        }

        return new EndedPurchase(order, result.Kind switch
        {
            AnswerKind.Accepted => await AcceptAsync(order).ConfigureAwait(false),
            AnswerKind.NotAYes => await RepeatAsync(order).ConfigureAwait(false),
            AnswerKind.Declined => await DropAsync(order, OrderState.Canceled, AgentReasons.Declined, order.Phrases.Declined(order.Summary)).ConfigureAwait(false),
            AnswerKind.Revoked => await RevokeAsync(order).ConfigureAwait(false),
            _ => await ExpireAsync(order).ConfigureAwait(false),
        });
    }

    /// <summary>Revokes what the new situation does not allow any more; what was revoked.</summary>
    public async Task<EndedPurchase?> ObserveAsync(GateSituation situation)
    {
        if (services.Confirmations.Observe(situation) is not { } revoked || Take(waiting => waiting.QuestionId == revoked.Id) is not { } order)
        {
            return null;
        }

        recorder.Noted(AuditKind.QuestionRevoked, GateReason.ConsentRevoked.Code(), revoked.Id);
        return new EndedPurchase(order, await RevokeAsync(order).ConfigureAwait(false));
    }

    /// <summary>Ends a question that ran out; what ended.</summary>
    public async Task<EndedPurchase?> EndExpiredAsync()
    {
        if (services.Confirmations.TakeExpired() is not { } expired || Take(waiting => waiting.QuestionId == expired.Id) is not { } order)
        {
            return null;
        }

        recorder.Noted(AuditKind.QuestionExpired, GateReason.ConsentExpired.Code(), expired.Id);
        return new EndedPurchase(order, await ExpireAsync(order).ConfigureAwait(false));
    }

    /// <summary>Tells why there is nothing to propose.</summary>
    public Task RefuseAsync(Turn turn, TurnPart part, PurchaseAsk ask, string reason) => RefuseAsync(turn, part, NewOrder(turn, ask), reason);

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

    // Another title of the same merchant that shares a word with the one that is read back: "the larger one", not "a coffee as well".
    private async Task<RankedOffer?> VariantAsync(PendingOrder present, ToolArguments arguments, CancellationToken cancellationToken)
    {
        if (present.Offer is not { } offer || OrderChange.TextOf(present.Need, arguments) is not { } said)
        {
            return null;
        }

        var found = await finder.FindAsync(present.Tool, present.Arguments.With("merchant", offer.Candidate.Merchant.Name), cancellationToken).ConfigureAwait(false);
        var words = WordMatch.Words(said);
        var title = WordMatch.Words(offer.Candidate.Offer.Title);
        return found.Offers
            .Where(other => other.Candidate.Merchant.Id == offer.Candidate.Merchant.Id && other.Candidate.Offer.OfferId != offer.Candidate.Offer.OfferId)
            .Where(other => WordMatch.Count(words, other.Candidate.Offer.Title) > 0 && WordMatch.Count(title, other.Candidate.Offer.Title) > 0)
            .MaxBy(other => WordMatch.Count(words, other.Candidate.Offer.Title));
    }

    private async Task<Proposal> ChangeToAsync(Turn turn, TurnPart part, PendingOrder order, OrderChange change, CancellationToken cancellationToken)
    {
        var next = order with { Arguments = change.Arguments, Offer = change.Offer ?? order.Offer, Summary = turn.Phrases.Summary(order.Tool, change.Arguments) };
        if (next.Offer is { } offer && offer.Candidate.Merchant.Id == order.Quote!.MerchantId && !change.NeedsSearch)
        {
            next = next with
            {
                Arrival = next.ErrandId.Length > 0
                    ? next.Arrival
                    : await forecast.ArrivalOfAsync(next.Need, next.Arguments, offer.Candidate.Merchant.Position, cancellationToken).ConfigureAwait(false),
            };
            if (OrderWriter.Write(next.Need, next.Arguments, offer, next.Arrival?.Invoke()) is { } wanted)
            {
                return await UpdateAsync(turn, part, order, next, wanted, cancellationToken).ConfigureAwait(false);
            }
        }

        return await ReopenAsync(turn, part, order, next, change.NeedsSearch ? null : next.Offer, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Proposal> UpdateAsync(
        Turn turn, TurnPart part, PendingOrder order, PendingOrder next, CheckoutOrder wanted, CancellationToken cancellationToken)
    {
        var changed = await ChangeSessionAsync(next, order.Quote!, wanted, cancellationToken).ConfigureAwait(false);
        if (changed.IsReady)
        {
            return await AskAsync(turn, part, next, changed, cancellationToken).ConfigureAwait(false);
        }

        if (changed.Reason == CommerceReasons.NewSessionNeeded && changed.Record.Stage == PurchaseStage.Quoted)
        {
            return await ReopenAsync(turn, part, order with { Quote = changed.Record }, next, next.Offer, cancellationToken).ConfigureAwait(false);
        }

        if (changed.Record.Stage == PurchaseStage.Quoted && changed.Session is not null)
        {
            part.Clauses.Add(turn.Phrases.NotChanged(changed.Reason));
            return await AskAsync(turn, part, order, changed, cancellationToken).ConfigureAwait(false);
        }

        await RefuseAsync(turn, part, next with { Quote = changed.Record }, changed.Reason).ConfigureAwait(false);
        return Proposal.Refused;
    }

    // The protocol cannot put it into the open session, or another merchant is wanted: that one is closed, and a new one opened as a new order.
    private async Task<Proposal> ReopenAsync(
        Turn turn, TurnPart part, PendingOrder order, PendingOrder next, RankedOffer? chosen, CancellationToken cancellationToken)
    {
        await CloseSessionAsync(order, AgentReasons.Changed).ConfigureAwait(false);
        await recorder.PublishAsync(order.Status(OrderState.Canceled, AgentReasons.Changed)).ConfigureAwait(false);
        next = next with
        {
            Id = NewId(),
            Quote = null,
            QuestionId = "",
            Arrival = next.ErrandId.Length > 0 ? next.Arrival : null,
            Request = next.Request with { TermsKey = IntentOf(next), Amount = null, Merchant = null },
        };
        return await QuoteAsync(turn, part, next, chosen, cancellationToken).ConfigureAwait(false) is not { } quoted
            ? Proposal.Refused
            : await AskAsync(turn, part, quoted.Order, quoted.Quote, cancellationToken).ConfigureAwait(false);
    }

    private Task<QuoteResult> ChangeSessionAsync(PendingOrder next, PurchaseRecord quoted, CheckoutOrder wanted, CancellationToken cancellationToken) =>
        services.Purchases!.ChangeAsync(quoted, new PurchaseChange(wanted, IntentOf(next), next.Summary, NewId()), cancellationToken);

    private string IntentOf(PendingOrder order) =>
        services.Catalogue.TryGet(order.Tool, out var tool) ? CanonicalArguments.Write(tool, order.Arguments) : "";

    private async Task<Proposal> AskAsync(Turn turn, TurnPart part, PendingOrder order, QuoteResult quote, CancellationToken cancellationToken)
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

        return Proposal.Asked;
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

    private async Task<Proposal> RefuseQuestionAsync(Turn turn, TurnPart part, PendingOrder order, OpenResult opened)
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
            return Proposal.Deferred;
        }

        tally.Add(AgentCount.CallsDenied);
        await recorder.PublishAsync(order.Status(OrderState.Failed, reason)).ConfigureAwait(false);
        part.Clauses.Add(opened.Refusal == OpenRefusal.AlreadyOpen ? order.Phrases.QuestionOpen : order.Phrases.Denied(opened.Decision.Reason));
        return Proposal.Refused;
    }

    private async Task RefuseAsync(Turn turn, TurnPart part, PendingOrder order, string reason)
    {
        part.ReasonCode = reason;
        await recorder.OwnAsync(DecisionKind.Deny, reason, turn.Utterance, order.Tool, order.Request.ActionClass).ConfigureAwait(false);
        part.Clauses.Add(reason switch
        {
            CommerceReasons.NotConfigured => turn.Phrases.NoMerchant(order.Need),
            AgentReasons.AmountDiffers => turn.Phrases.AmountDiffers(order.Quote!),
            AgentReasons.PlaceNotFound => turn.Phrases.PlaceNotFound(order.Arguments.Text("place") ?? ""),
            AgentReasons.PlacesUnavailable => turn.Phrases.PlacesUnavailable,
            AgentReasons.DestinationUnknown => turn.Phrases.NoRoute,
            _ => turn.Phrases.NotOrdered(order.Summary, reason),
        });
        await recorder.PublishAsync(order.Status(OrderState.Failed, reason)).ConfigureAwait(false);
    }

    // The yes was to an order for a certain time: where the arrival has shifted since, the merchant is told, and what comes of that is read back.
    private async Task<PurchaseEnd> AcceptAsync(PendingOrder order)
    {
        if (order.Quote!.Order.ArriveAt is not { } told || order.Arrival?.Invoke() is not { } now || (now - told).Duration() <= options.ArrivalShift)
        {
            return await CommitAsync(order).ConfigureAwait(false);
        }

        services.Confirmations.Withdraw(order.QuestionId);
        var changed = await ChangeSessionAsync(order, order.Quote, order.Quote.Order with { ArriveAt = now }, CancellationToken.None).ConfigureAwait(false);
        if (changed.IsReady)
        {
            return await AskChangedAsync(order with { Quote = changed.Record }, changed.Session!).ConfigureAwait(false);
        }

        order = order with { Quote = changed.Record };
        if (changed.Reason != CommerceReasons.NewSessionNeeded || changed.Record.Stage != PurchaseStage.Quoted)
        {
            return await DropAsync(order, OrderState.Failed, changed.Reason, order.Phrases.NotOrdered(order.Summary, changed.Reason)).ConfigureAwait(false);
        }

        await CloseSessionAsync(order, AgentReasons.Changed).ConfigureAwait(false);
        await recorder.PublishAsync(order.Status(OrderState.Canceled, AgentReasons.Changed)).ConfigureAwait(false);
        order = order with { Id = NewId() };
        var quote = await services.Purchases!.QuoteAsync(
            Wish(order, order.Quote.Order with { ArriveAt = now }, order.Offer!, order.Phrases.Language), CancellationToken.None).ConfigureAwait(false);
        return quote.IsReady
            ? await AskChangedAsync(order with { Quote = quote.Record }, quote.Session!).ConfigureAwait(false)
            : await DropAsync(order with { Quote = quote.Record }, OrderState.Failed, quote.Reason, order.Phrases.NotOrdered(order.Summary, quote.Reason)).ConfigureAwait(false);
    }

    private async Task<PurchaseEnd> RepeatAsync(PendingOrder order)
    {
        await voice.SayAsync(order.Phrases, [], order.Phrases.NotAYes, voice.Frame("", order.Request.Zone, order.QuestionId)).ConfigureAwait(false);
        return PurchaseEnd.None;
    }

    private Task<PurchaseEnd> RevokeAsync(PendingOrder order) =>
        DropAsync(order, OrderState.Canceled, GateReason.ConsentRevoked.Code(), order.Phrases.Revoked(order.Summary));

    private async Task<PurchaseEnd> ExpireAsync(PendingOrder order)
    {
        await DropAsync(order, OrderState.Expired, GateReason.ConsentExpired.Code(), order.Phrases.QuestionExpired(order.Summary)).ConfigureAwait(false);
        return PurchaseEnd.Unanswered;
    }

    private async Task<PurchaseEnd> CommitAsync(PendingOrder order)
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
                return PurchaseEnd.Bought;
            case CommitKind.TermsChanged:
                return await AskChangedAsync(order, result.Session!).ConfigureAwait(false);
            case CommitKind.NotAllowed:
                tally.Add(AgentCount.CallsDenied);
                await CloseAsync(
                    order,
                    result.Reason == AgentReasons.NotRecorded ? OrderState.Failed : OrderState.Canceled,
                    result.Reason,
                    result.Reason == AgentReasons.NotRecorded ? order.Phrases.NotRecorded : order.Phrases.Denied(permit.Decision.Reason)).ConfigureAwait(false);
                return PurchaseEnd.Dropped;
            case CommitKind.Open:
                await CloseAsync(order, OrderState.Unknown, result.Reason, order.Phrases.MerchantSilent(order.Summary)).ConfigureAwait(false);
                return PurchaseEnd.Bought;
            case CommitKind.NotRecorded:
                await CloseAsync(order, OrderState.Failed, result.Reason, order.Phrases.NotRecorded).ConfigureAwait(false);
                return PurchaseEnd.Dropped;
            default:
                await CloseAsync(order, OrderState.Failed, result.Reason, order.Phrases.NotOrdered(order.Summary, result.Reason)).ConfigureAwait(false);
                return PurchaseEnd.Dropped;
        }
    }

    // The yes was to other terms: everything from the read-back on begins anew.
    private async Task<PurchaseEnd> AskChangedAsync(PendingOrder order, CheckoutSession session)
    {
        var (result, changed) = Open(await WithTermsAsync(order, order.Quote!, CancellationToken.None).ConfigureAwait(false));
        await recorder.DecidedAsync(AuditKind.QuestionOpened, changed.Request, result.Decision, changed.QuestionId).ConfigureAwait(false);
        if (result.Question is null)
        {
            return await DropAsync(changed, OrderState.Canceled, CommerceReasons.TermsChanged, changed.Phrases.NotOrdered(changed.Summary, CommerceReasons.TermsChanged))
                .ConfigureAwait(false);
        }

        await recorder.PublishAsync(changed.Status(OrderState.AwaitingConfirmation, CommerceReasons.TermsChanged)).ConfigureAwait(false);
        await voice.SayAsync(
            changed.Phrases,
            [],
            ReadBack(changed, session, isRepeated: false, isChanged: true),
            voice.Frame(changed.Request.UtteranceId ?? "", changed.Request.Zone, changed.QuestionId, changed.Offer?.IsSponsored == true)).ConfigureAwait(false);
        return PurchaseEnd.None;
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

    private async Task<PurchaseEnd> DropAsync(PendingOrder order, OrderState state, string reason, string clause)
    {
        await CloseAsync(order, state, reason, clause).ConfigureAwait(false);
        await CloseSessionAsync(order, reason).ConfigureAwait(false);
        return PurchaseEnd.Dropped;
    }

    private async Task CloseAsync(PendingOrder order, OrderState state, string reason, string clause)
    {
        await recorder.PublishAsync(order.Status(state, reason)).ConfigureAwait(false);
        await voice.SayAsync(order.Phrases, [clause], null, voice.Frame(order.Request.UtteranceId ?? "", order.Request.Zone)).ConfigureAwait(false);
    }

    private string NewId() => Guid.CreateVersion7(services.Time.GetUtcNow()).ToString();
}
