using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>Changes an order before its yes: in the merchant's session where the protocol can, else as a new order.</summary>
internal sealed class OrderChanger(
    AgentServices services, OfferFinder finder, TripForecast forecast, OrderQuoter quoter, ReadBackDesk readBacks, OrderEnding ending, Recorder recorder)
{
    /// <summary>
    /// Takes a call as a change of the order that is being read back: how many, which size, fetched instead of brought. Null when it is none, and
    /// then nothing has happened. The old question ends before the merchant is asked, so that no yes to it buys the new order.
    /// </summary>
    public async Task<(Proposal What, PendingOrder Order)?> TryAsync(Turn turn, TurnPart part, PurchaseAsk ask, CancellationToken cancellationToken)
    {
        if (readBacks.Present is not { } present || present.Tool != ask.Tool.Name || present.Request.Zone != ask.Request.Zone)
        {
            return null;
        }

        var isMore = ask.Chosen is null && OrderChange.NamesAnother(present, ask.Arguments);
        var variant = isMore ? await VariantAsync(present, ask.Arguments, cancellationToken).ConfigureAwait(false) : ask.Chosen;
        if ((isMore && variant is null) || OrderChange.Of(present, ask.Arguments, turn.Utterance.Text, variant) is not { } change
            || readBacks.Take(present.QuestionId) is not { } order)
        {
            return null;
        }

        services.Confirmations.Withdraw(order.QuestionId);
        recorder.Noted(AuditKind.QuestionAnswered, AgentReasons.Changed, order.QuestionId);
        return (
            await ChangeToAsync(turn, part, order with { Request = ask.Request }, change, cancellationToken).ConfigureAwait(false),
            order with { Arguments = change.Arguments });
    }

    /// <summary>Asks the merchant for the change, and reads back what comes of it.</summary>
    public async Task<Proposal> ChangeToAsync(Turn turn, TurnPart part, PendingOrder order, OrderChange change, CancellationToken cancellationToken)
    {
        var next = order with
        {
            Arguments = change.Arguments,
            Offer = change.Offer ?? order.Offer,
            Summary = turn.Phrases.Summary(order.Tool, change.Arguments),
            IsForThoseAboard = order.IsForThoseAboard && change.Arguments.Integer("people") == order.Arguments.Integer("people"),
        };
        if (next.Offer is { } offer && offer.Candidate.Merchant.Id == order.Quote!.MerchantId && !change.NeedsSearch)
        {
            if (!IsSamePlace(order, next))
            {
                next = next with { Arrival = await forecast.ArrivalOfAsync(next.Need, next.Arguments, offer.Candidate.Merchant.Position, cancellationToken).ConfigureAwait(false) };
            }

            if (OrderWriter.Write(next.Need, next.Arguments, offer, next.Arrival?.Invoke(), services.Time) is { } wanted)
            {
                return await UpdateAsync(turn, part, order, next, wanted, cancellationToken).ConfigureAwait(false);
            }
        }

        return await ReopenAsync(turn, part, order, next, change.NeedsSearch ? null : next.Offer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Asks the merchant to price an open session otherwise.</summary>
    public Task<QuoteResult> ChangeSessionAsync(PendingOrder next, PurchaseRecord quoted, CheckoutOrder wanted, CancellationToken cancellationToken) =>
        services.Purchases!.ChangeAsync(quoted, new PurchaseChange(wanted, IntentOf(next), next.Summary, services.NewId()), cancellationToken);

    /// <summary>Closes an order; what is to be opened in its place as a new one.</summary>
    public async Task<PendingOrder> ReopenedAsync(PendingOrder order, PendingOrder next)
    {
        await ending.CloseSessionAsync(order, AgentReasons.Changed).ConfigureAwait(false);
        await recorder.PublishAsync(order.Status(OrderState.Canceled, AgentReasons.Changed)).ConfigureAwait(false);
        return next with
        {
            Id = services.NewId(),
            Quote = null,
            QuestionId = "",
            Request = next.Request with { TermsKey = IntentOf(next), Amount = null, Merchant = null },
        };
    }

    // When a plan will be there holds as long as it is handed over at the same place and on the same day.
    private static bool IsSamePlace(PendingOrder order, PendingOrder next) => order.Arguments.Text("arrive") == next.Arguments.Text("arrive")
        && order.Arguments.Day == next.Arguments.Day
        && order.Offer?.Candidate.Merchant.Id == next.Offer?.Candidate.Merchant.Id;

    // Another title of the same merchant that shares a word with the one that is read back: "the larger one", not "a coffee as well".
    private async Task<RankedOffer?> VariantAsync(PendingOrder present, ToolArguments arguments, CancellationToken cancellationToken)
    {
        if (present.Offer is not { } offer || OrderChange.TextOf(present.Need, arguments) is not { } said)
        {
            return null;
        }

        var found = await finder.FindAsync(present.Tool, present.Arguments.With("merchant", offer.Candidate.Merchant.Name), cancellationToken, holdsToBudget: false).ConfigureAwait(false);
        var words = WordMatch.Words(said);
        var title = WordMatch.Words(offer.Candidate.Offer.Title);
        return found.Offers
            .Where(other => other.Candidate.Merchant.Id == offer.Candidate.Merchant.Id && other.Candidate.Offer.OfferId != offer.Candidate.Offer.OfferId)
            .Where(other => WordMatch.Count(words, other.Candidate.Offer.Title) > 0 && WordMatch.Count(title, other.Candidate.Offer.Title) > 0)
            .MaxBy(other => WordMatch.Count(words, other.Candidate.Offer.Title));
    }

    private async Task<Proposal> UpdateAsync(
        Turn turn, TurnPart part, PendingOrder order, PendingOrder next, CheckoutOrder wanted, CancellationToken cancellationToken)
    {
        var changed = await ChangeSessionAsync(next, order.Quote!, wanted, cancellationToken).ConfigureAwait(false);
        if (changed.IsReady)
        {
            return await readBacks.AskAsync(turn, part, next, changed, cancellationToken).ConfigureAwait(false);
        }

        if (changed.Reason == CommerceReasons.NewSessionNeeded && changed.Record.Stage == PurchaseStage.Quoted)
        {
            return await ReopenAsync(turn, part, order with { Quote = changed.Record }, next, next.Offer, cancellationToken).ConfigureAwait(false);
        }

        if (changed.Record.Stage == PurchaseStage.Quoted && changed.Session is not null)
        {
            part.Clauses.Add(turn.Phrases.NotChanged(changed.Reason));
            return await readBacks.AskAsync(turn, part, order, changed, cancellationToken).ConfigureAwait(false);
        }

        await quoter.RefuseAsync(turn, part, next with { Quote = changed.Record }, OfferFinding.None(changed.Reason)).ConfigureAwait(false);
        return Proposal.Refused;
    }

    // The protocol cannot put it into the open session, or another merchant is wanted: that one is closed, and a new one opened as a new order.
    private async Task<Proposal> ReopenAsync(
        Turn turn, TurnPart part, PendingOrder order, PendingOrder next, RankedOffer? chosen, CancellationToken cancellationToken)
    {
        next = await ReopenedAsync(order, chosen is not null && IsSamePlace(order, next) ? next : next with { Arrival = null }).ConfigureAwait(false);
        return await quoter.QuoteAsync(turn, part, next, chosen, cancellationToken).ConfigureAwait(false) is not { } quoted
            ? Proposal.Refused
            : await readBacks.AskAsync(turn, part, quoted.Order, quoted.Quote, cancellationToken).ConfigureAwait(false);
    }

    private string IntentOf(PendingOrder order) =>
        services.Catalogue.TryGet(order.Tool, out var tool) ? CanonicalArguments.Write(tool, order.Arguments) : "";
}
