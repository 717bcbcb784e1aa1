using EcuAgent.Core.Audit;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>
/// Reads an order back and keeps it until its answer. The gate is asked when the question is opened, with the terms of the quote. One question is
/// open at a time; beside its order at most those are kept whose questions ended a moment ago and were not reported yet.
/// </summary>
internal sealed class ReadBackDesk(AgentServices services, AgentOptions options, OrderEnding ending, Recorder recorder, Voice voice, AgentTally tally)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, PendingOrder> _waiting = new(StringComparer.Ordinal);

    /// <summary>The order that waits for its yes; null when none does.</summary>
    public PendingOrder? Present => services.Confirmations.Current is { } question ? Find(question.Id) : null;

    /// <summary>The order of a question; null when its answer was taken in already.</summary>
    public PendingOrder? Find(string questionId)
    {
        lock (_gate)
        {
            return _waiting.GetValueOrDefault(questionId);
        }
    }

    /// <summary>Takes the order of a question: whoever gets it ends it. Null when somebody else has it.</summary>
    public PendingOrder? Take(string questionId)
    {
        lock (_gate)
        {
            return _waiting.Remove(questionId, out var order) ? order : null;
        }
    }

    /// <summary>Reads an order back at the end of a turn's reply.</summary>
    public async Task<Proposal> AskAsync(Turn turn, TurnPart part, PendingOrder order, QuoteResult quote, CancellationToken cancellationToken)
    {
        order = await WithTermsAsync(order, quote.Record, cancellationToken).ConfigureAwait(false);

        // A reply carries one question, and without its id in a reply nobody could answer this one.
        if (turn.QuestionId.Length > 0)
        {
            return await RefuseAsync(part, order, AgentReasons.QuestionAlreadyOpen, order.Phrases.QuestionOpen).ConfigureAwait(false);
        }

        var opened = Open(order);
        order = opened.Order;
        await recorder.DecidedAsync(AuditKind.QuestionOpened, order.Request, opened.Result.Decision, order.QuestionId).ConfigureAwait(false);
        part.ReasonCode = opened.Result.Decision.Reason.Code();
        if (opened.Result.Question is null)
        {
            return await RefuseQuestionAsync(part, order, opened.Result).ConfigureAwait(false);
        }

        await recorder.PublishAsync(order.Status(OrderState.AwaitingConfirmation, part.ReasonCode)).ConfigureAwait(false);
        turn.AskForYes(
            ReadBack(order, quote.Session!, new ReadBackNotes { IsRepeated = quote.SameBefore is not null }),
            order.QuestionId,
            order.Request.Zone,
            () => services.Confirmations.Current?.Id == order.QuestionId);
        return Proposal.Asked;
    }

    /// <summary>Reads an order back that is not what a yes was said to: everything from the read-back on begins anew, in a reply of its own.</summary>
    public async Task<PurchaseEnd> AskChangedAsync(PendingOrder order, CheckoutSession session)
    {
        var (result, changed) = Open(await WithTermsAsync(order, order.Quote!, CancellationToken.None).ConfigureAwait(false));
        await recorder.DecidedAsync(AuditKind.QuestionOpened, changed.Request, result.Decision, changed.QuestionId).ConfigureAwait(false);
        if (result.Question is null)
        {
            return await ending.DropAsync(changed, OrderState.Canceled, CommerceReasons.TermsChanged, changed.Phrases.NotOrdered(changed.Summary, CommerceReasons.TermsChanged))
                .ConfigureAwait(false);
        }

        await recorder.PublishAsync(changed.Status(OrderState.AwaitingConfirmation, CommerceReasons.TermsChanged)).ConfigureAwait(false);
        await voice.SayAsync(
            changed.Phrases,
            [],
            ReadBack(changed, session, new ReadBackNotes { IsChanged = true }),
            voice.Frame(changed.Request.UtteranceId ?? "", changed.Request.Zone, changed.QuestionId, changed.Offer?.IsSponsored == true)).ConfigureAwait(false);
        return PurchaseEnd.None;
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
                _waiting[question.Id] = order;
            }

            return (result, order);
        }
    }

    private string ReadBack(PendingOrder order, CheckoutSession session, ReadBackNotes notes) => order.Phrases.ReadBack(
        order.Summary,
        order.Quote!,
        session,
        order.Offer,
        services.Time.GetLocalNow(),
        notes with { OverBudget = options.Preferences.Exceeded(order.Quote!.Order, order.Quote.Total), Aboard = AboardUnsaid(order) });

    // Told where somebody could have said for how many, and did not: one is ordered, or a table for those in the car.
    private int? AboardUnsaid(PendingOrder order) => order.Need switch
    {
        MerchantNeed.Table when order.IsForThoseAboard => order.Arguments.Integer("people"),
        MerchantNeed.Food or MerchantNeed.Ticket when order.Arguments.Integer("quantity") is null => SeveralAboard,
        MerchantNeed.Hotel => SeveralAboard,
        _ => null,
    };

    private int? SeveralAboard => Aboard.Count(services.Snapshot()) is > 1 and { } people ? people : null;

    private async Task<Proposal> RefuseQuestionAsync(TurnPart part, PendingOrder order, OpenResult opened)
    {
        switch (opened)
        {
            case { Refusal: OpenRefusal.GateSaysNo, Decision.Kind: GateDecisionKind.Defer }:
                await ending.CloseSessionAsync(order, part.ReasonCode).ConfigureAwait(false);
                return Proposal.Deferred;
            case { Refusal: OpenRefusal.AlreadyOpen }:
                return await RefuseAsync(part, order, AgentReasons.QuestionAlreadyOpen, order.Phrases.QuestionOpen).ConfigureAwait(false);
            default:
                var reason = opened.Refusal switch
                {
                    OpenRefusal.AmountUnknown => GateReason.AmountUnknown,
                    OpenRefusal.MerchantUnknown => GateReason.MerchantUnknown,
                    _ => opened.Decision.Reason,
                };
                return await RefuseAsync(part, order, reason.Code(), order.Phrases.Denied(opened.Decision.Reason)).ConfigureAwait(false);
        }
    }

    private async Task<Proposal> RefuseAsync(TurnPart part, PendingOrder order, string reason, string clause)
    {
        await ending.CloseSessionAsync(order, reason).ConfigureAwait(false);
        part.ReasonCode = reason;
        tally.Add(AgentCount.CallsDenied);
        await recorder.PublishAsync(order.Status(OrderState.Failed, reason)).ConfigureAwait(false);
        part.Clauses.Add(clause);
        return Proposal.Refused;
    }
}
