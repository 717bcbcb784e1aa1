using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Confirmation;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>
/// Takes a purchase through offer, quote, read-back, yes and commit. The gate is asked when the request comes, when the question is opened, and
/// when the yes is redeemed, right before the order leaves.
/// </summary>
internal sealed class PurchaseDesk(
    AgentServices services, OrderQuoter quoter, ReadBackDesk readBacks, OrderChanger changer, OrderCommitter committer, OrderEnding ending, Recorder recorder, Voice voice)
{
    private readonly Lock _gate = new();
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
                ? await changer.ChangeToAsync(turn, part, order, change, cancellationToken).ConfigureAwait(false)
                : await readBacks.AskAsync(turn, part, order, cart.Quote, cancellationToken).ConfigureAwait(false);
        }

        return await quoter.QuoteAsync(turn, part, NewOrder(turn, ask), ask.Chosen, cancellationToken).ConfigureAwait(false) is not { } quoted
            ? Proposal.Refused
            : await readBacks.AskAsync(turn, part, quoted.Order, quoted.Quote, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Takes a call as a change of the order that is being read back, see <see cref="OrderChanger"/>; null when it is none.</summary>
    public Task<(Proposal What, PendingOrder Order)?> TryChangeAsync(Turn turn, TurnPart part, PurchaseAsk ask, CancellationToken cancellationToken) =>
        changer.TryAsync(turn, part, ask, cancellationToken);

    /// <summary>True for an order of what is in the cart.</summary>
    public bool HasCartFor(string tool, ToolArguments arguments)
    {
        lock (_gate)
        {
            return _cart is not null && IsTheCart(tool, arguments);
        }
    }

    /// <summary>Puts something into the cart: quoted and held, one at a time, until it is ordered or the merchant's quote runs out.</summary>
    public async Task PrepareAsync(
        Turn turn, TurnPart part, ToolDefinition tool, ToolArguments arguments, GateRequest request, CancellationToken cancellationToken)
    {
        var order = NewOrder(turn, new PurchaseAsk(tool, arguments, request));
        if (await quoter.QuoteAsync(turn, part, order, turn.ChosenOffer, cancellationToken).ConfigureAwait(false) is not { } quoted)
        {
            return;
        }

        if (TakeCart() is { } before)
        {
            await ending.CloseSessionAsync(before.Order, "superseded").ConfigureAwait(false);
        }

        lock (_gate)
        {
            _cart = quoted;
        }

        await recorder.PublishAsync(quoted.Order.Status(OrderState.Prepared, part.ReasonCode)).ConfigureAwait(false);
        part.Clauses.Add(turn.Phrases.Prepared(quoted.Order.Quote!));
    }

    /// <summary>Takes in an answer. Null when the open question here is not meant.</summary>
    public async Task<EndedPurchase?> AnswerAsync(ConfirmationAnswer answer)
    {
        var result = services.Confirmations.Answer(answer, SituationReader.Read(services.Snapshot()));
        if (result.Kind == AnswerKind.UnknownQuestion)
        {
            return null;
        }

        recorder.Noted(AuditKind.QuestionAnswered, result.Reason.Code(), answer.QuestionId!);
        var questionId = answer.QuestionId!;
        if ((result.Kind == AnswerKind.NotAYes ? readBacks.Find(questionId) : readBacks.Take(questionId)) is not { } order)
        {
            return null;
        }

        return new EndedPurchase(order, result.Kind switch
        {
            AnswerKind.Accepted => await committer.AcceptAsync(order).ConfigureAwait(false),
            AnswerKind.NotAYes => await RepeatAsync(order).ConfigureAwait(false),
            AnswerKind.Declined => await ending.DropAsync(order, OrderState.Canceled, AgentReasons.Declined, order.Phrases.Declined(order.Summary)).ConfigureAwait(false),
            AnswerKind.Revoked => await RevokeAsync(order).ConfigureAwait(false),
            _ => await ExpireAsync(order).ConfigureAwait(false),
        });
    }

    /// <summary>Ends the order of a question that was revoked; null where it is none of an order.</summary>
    public async Task<EndedPurchase?> RevokedAsync(OpenQuestion revoked)
    {
        if (readBacks.Take(revoked.Id) is not { } order)
        {
            return null;
        }

        recorder.Noted(AuditKind.QuestionRevoked, GateReason.ConsentRevoked.Code(), revoked.Id);
        return new EndedPurchase(order, await RevokeAsync(order).ConfigureAwait(false));
    }

    /// <summary>Ends the order of a question that ran out; null where it is none of an order.</summary>
    public async Task<EndedPurchase?> ExpiredAsync(OpenQuestion expired)
    {
        if (readBacks.Take(expired.Id) is not { } order)
        {
            return null;
        }

        recorder.Noted(AuditKind.QuestionExpired, GateReason.ConsentExpired.Code(), expired.Id);
        return new EndedPurchase(order, await ExpireAsync(order).ConfigureAwait(false));
    }

    /// <summary>Tells why there is nothing to propose.</summary>
    public Task RefuseAsync(Turn turn, TurnPart part, PurchaseAsk ask, OfferFinding found) => quoter.RefuseAsync(turn, part, NewOrder(turn, ask), found);

    /// <summary>Drops the order that waits for its yes, if it is of this need; the order when there was one.</summary>
    public async Task<PendingOrder?> CancelWaitingAsync(MerchantNeed? need)
    {
        if (readBacks.Present is not { } present || !(need is null || present.Need == need) || readBacks.Take(present.QuestionId) is not { } open)
        {
            return null;
        }

        services.Confirmations.Withdraw(open.QuestionId);
        recorder.Noted(AuditKind.QuestionAnswered, AgentReasons.Declined, open.QuestionId);
        await ending.CloseSessionAsync(open, AgentReasons.Declined).ConfigureAwait(false);
        await recorder.PublishAsync(open.Status(OrderState.Canceled, AgentReasons.Declined)).ConfigureAwait(false);
        return open;
    }

    private async Task<PurchaseEnd> RepeatAsync(PendingOrder order)
    {
        await voice.SayAsync(order.Phrases, [], order.Phrases.NotAYes, voice.Frame("", order.Request.Zone, order.QuestionId)).ConfigureAwait(false);
        return PurchaseEnd.None;
    }

    private Task<PurchaseEnd> RevokeAsync(PendingOrder order) =>
        ending.DropAsync(order, OrderState.Canceled, GateReason.ConsentRevoked.Code(), order.Phrases.Revoked(order.Summary));

    private async Task<PurchaseEnd> ExpireAsync(PendingOrder order)
    {
        await ending.DropAsync(order, OrderState.Expired, GateReason.ConsentExpired.Code(), order.Phrases.QuestionExpired(order.Summary)).ConfigureAwait(false);
        return PurchaseEnd.Unanswered;
    }

    private static bool IsTheCart(string tool, ToolArguments arguments) =>
        tool == ToolNames.OrderFood && arguments.Text("item") is null && arguments.Text("merchant") is null;

    private PendingOrder NewOrder(Turn turn, PurchaseAsk ask) => new(
        ask.OrderId ?? services.NewId(), ask.Tool.Name, Needs.OfTool(ask.Tool.Name), ask.Arguments, ask.Request, turn.Phrases.Summary(ask.Tool.Name, ask.Arguments), turn.Phrases)
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
}
