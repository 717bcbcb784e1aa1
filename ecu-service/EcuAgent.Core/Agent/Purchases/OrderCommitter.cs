using EcuAgent.Core.Commerce;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>Carries out an order after its yes, or reads it back anew where it is not any more what the yes was to.</summary>
internal sealed class OrderCommitter(
    AgentServices services,
    AgentOptions options,
    OrderQuoter quoter,
    OrderChanger changer,
    ReadBackDesk readBacks,
    OrderEnding ending,
    ArrivalGuide guide,
    Recorder recorder,
    AgentTally tally)
{
    /// <summary>
    /// Carries out what a yes was said to. That was an order for a certain time: where the arrival has shifted since, the merchant is told, and what
    /// comes of that is read back.
    /// </summary>
    public async Task<PurchaseEnd> AcceptAsync(PendingOrder order)
    {
        if (order.Quote!.Order.ArriveAt is not { } told || order.Arrival?.Invoke() is not { } now || (now - told).Duration() <= options.ArrivalShift)
        {
            return await CommitAsync(order).ConfigureAwait(false);
        }

        services.Confirmations.Withdraw(order.QuestionId);
        var changed = await changer.ChangeSessionAsync(order, order.Quote, order.Quote.Order with { ArriveAt = now }, CancellationToken.None).ConfigureAwait(false);
        if (changed.IsReady)
        {
            return await readBacks.AskChangedAsync(order with { Quote = changed.Record }, changed.Session!).ConfigureAwait(false);
        }

        order = order with { Quote = changed.Record };
        if (changed.Reason != CommerceReasons.NewSessionNeeded || changed.Record.Stage != PurchaseStage.Quoted)
        {
            return await ending.DropAsync(order, OrderState.Failed, changed.Reason, order.Phrases.NotOrdered(order.Summary, changed.Reason)).ConfigureAwait(false);
        }

        var wanted = changed.Record.Order with { ArriveAt = now };
        order = await changer.ReopenedAsync(order, order).ConfigureAwait(false);
        var quote = await quoter.QuoteAsync(order, wanted, order.Offer!, CancellationToken.None).ConfigureAwait(false);
        return quote.IsReady
            ? await readBacks.AskChangedAsync(order with { Quote = quote.Record }, quote.Session!).ConfigureAwait(false)
            : await ending.DropAsync(order with { Quote = quote.Record }, OrderState.Failed, quote.Reason, order.Phrases.NotOrdered(order.Summary, quote.Reason)).ConfigureAwait(false);
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

        var end = await EndAsync(order, result, permit).ConfigureAwait(false);
        await services.Purchases.ToldAsync(result.Record, CancellationToken.None).ConfigureAwait(false);
        if (result.Kind == CommitKind.Placed)
        {
            await guide.GuideAsync(order).ConfigureAwait(false);
        }

        return end;
    }

    private async Task<PurchaseEnd> EndAsync(PendingOrder order, CommitResult result, CommitPermit permit)
    {
        var now = services.Time.GetLocalNow();
        switch (result.Kind)
        {
            case CommitKind.Placed:
                await ending.TellAsync(order, OrderState.Placed, result.Reason, order.Phrases.Placed(result.Record, now)).ConfigureAwait(false);
                return PurchaseEnd.Bought;
            case CommitKind.TermsChanged:
                return await readBacks.AskChangedAsync(order, result.Session!).ConfigureAwait(false);
            case CommitKind.NotAllowed:
                tally.Add(AgentCount.CallsDenied);
                await ending.TellAsync(
                    order,
                    result.Reason == AgentReasons.NotRecorded ? OrderState.Failed : OrderState.Canceled,
                    result.Reason,
                    result.Reason == AgentReasons.NotRecorded ? order.Phrases.NotRecorded : order.Phrases.Denied(permit.Decision.Reason)).ConfigureAwait(false);
                return PurchaseEnd.Dropped;
            case CommitKind.Open:
                await ending.TellAsync(order, OrderState.Unknown, result.Reason, order.Phrases.MerchantSilent(order.Summary)).ConfigureAwait(false);
                return PurchaseEnd.Bought;
            case CommitKind.NotRecorded:
                await ending.TellAsync(order, OrderState.Failed, result.Reason, order.Phrases.NotRecorded).ConfigureAwait(false);
                return PurchaseEnd.Dropped;
            default:
                await ending.TellAsync(order, OrderState.Failed, result.Reason, order.Phrases.NotOrdered(order.Summary, result.Reason)).ConfigureAwait(false);
                return PurchaseEnd.Dropped;
        }
    }
}
