using EcuAgent.Core.Audit;
using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Purchases;

/// <summary>Finds what an order is about and has the merchant price it.</summary>
internal sealed class OrderQuoter(AgentServices services, OfferFinder finder, TripForecast forecast, Recorder recorder)
{
    /// <summary>The best offer, or the one that was chosen, with its quote; null when there is nothing to read back, and then the reason is told.</summary>
    public async Task<(PendingOrder Order, QuoteResult Quote)?> QuoteAsync(
        Turn turn, TurnPart part, PendingOrder order, RankedOffer? chosen, CancellationToken cancellationToken)
    {
        order = ForThoseAboard(turn, order);
        var arguments = order.Arguments;

        // What waited for the car to be parked may have waited too long.
        if (arguments.Day < forecast.Today)
        {
            await RefuseAsync(turn, part, order, OfferFinding.None(AgentReasons.DayOver)).ConfigureAwait(false);
            return null;
        }

        var found = chosen is null ? await finder.FindAsync(order.Tool, arguments, cancellationToken).ConfigureAwait(false) : new OfferFinding(CommerceReasons.Done, [chosen]);
        if (found.Offers is not [var offer, ..])
        {
            await RefuseAsync(turn, part, order, found).ConfigureAwait(false);
            return null;
        }

        order = order with
        {
            Offer = offer,
            Arrival = order.Arrival
                ?? await forecast.ArrivalOfAsync(order.Need, arguments, offer.Candidate.Merchant.Position, cancellationToken).ConfigureAwait(false),
        };
        turn.Sponsored |= offer.IsSponsored;
        if (OrderWriter.Write(order.Need, arguments, offer, order.Arrival?.Invoke(), services.Time) is not { } wanted)
        {
            await RefuseAsync(turn, part, order, OfferFinding.None(CommerceReasons.AmountUnknown)).ConfigureAwait(false);
            return null;
        }

        var quote = await QuoteAsync(order, wanted, offer, cancellationToken).ConfigureAwait(false);
        var said = arguments.Number("amount");
        var reason = quote.IsReady && said is { } amount && !IsSame(quote.Record.Total!.Value, amount) ? AgentReasons.AmountDiffers : quote.Reason;
        if (reason != CommerceReasons.Done)
        {
            await services.Purchases!.AbandonAsync(quote.Record, reason, cancellationToken).ConfigureAwait(false);
            await RefuseAsync(turn, part, order with { Quote = quote.Record }, OfferFinding.None(reason)).ConfigureAwait(false);
            return null;
        }

        return (order with { Quote = quote.Record }, quote);
    }

    /// <summary>Has a merchant price an order that is written already.</summary>
    public Task<QuoteResult> QuoteAsync(PendingOrder order, CheckoutOrder wanted, RankedOffer offer, CancellationToken cancellationToken) =>
        services.Purchases!.QuoteAsync(
            new PurchaseWish
            {
                Id = order.Id,
                Merchant = offer.Candidate.Merchant,
                Order = wanted,
                Tool = order.Tool,
                Intent = order.Request.TermsKey ?? "",
                Summary = order.Summary,
                Language = order.Phrases.Language,
                Why = offer.Why,
            },
            cancellationToken);

    /// <summary>Tells why there is nothing to propose.</summary>
    public async Task RefuseAsync(Turn turn, TurnPart part, PendingOrder order, OfferFinding found)
    {
        var reason = found.Reason;
        part.ReasonCode = reason;
        turn.Sponsored |= found.Beyond is [{ IsSponsored: true }, ..];
        await recorder.OwnAsync(DecisionKind.Deny, reason, turn.Utterance, order.Tool, order.Request.ActionClass).ConfigureAwait(false);
        part.Clauses.Add(reason switch
        {
            CommerceReasons.NotConfigured => turn.Phrases.NoMerchant(order.Need),
            AgentReasons.AmountDiffers => turn.Phrases.AmountDiffers(order.Quote!),
            AgentReasons.PlaceNotFound => turn.Phrases.PlaceNotFound(order.Arguments.Text("place") ?? ""),
            AgentReasons.PlacesUnavailable => turn.Phrases.PlacesUnavailable,
            AgentReasons.DestinationUnknown => turn.Phrases.NoRoute,
            LeftOutReasons.DietNotKept => turn.Phrases.NotOrderedForDiets(order.Summary, found.Diets),
            _ when found.Budget is { } budget => turn.Phrases.NotOrderedForBudget(order.Summary, reason, budget, order.Need, found.Beyond[0]),
            _ => turn.Phrases.NotOrdered(order.Summary, reason),
        });
        await recorder.PublishAsync(order.Status(OrderState.Failed, reason)).ConfigureAwait(false);
    }

    // A table is for somebody: for how many is read back, and one word changes it. Nothing else is bought for a number that nobody said.
    private PendingOrder ForThoseAboard(Turn turn, PendingOrder order)
    {
        if (order.Need != MerchantNeed.Table || order.Arguments.Integer("people") is not null || Aboard.Count(services.Snapshot()) is not { } people)
        {
            return order;
        }

        var arguments = order.Arguments.With("people", people);
        return order with { Arguments = arguments, Summary = turn.Phrases.Summary(order.Tool, arguments), IsForThoseAboard = true };
    }

    private static bool IsSame(Money total, double said) => Math.Abs(total.ToMajor() - (decimal)said) < 0.005m;
}
