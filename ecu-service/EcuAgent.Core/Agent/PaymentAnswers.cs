using EcuAgent.Core.Catalogue;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Replies;

namespace EcuAgent.Core.Agent;

/// <summary>
/// Answers questions about payments from the journal and the limits. The car knows a reference at the payment provider and no card, so none can
/// be told.
/// </summary>
internal sealed class PaymentAnswers(AgentServices services)
{
    // What is older was forgotten by the person as well.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    /// <summary>The answer to <c>get_payment_info</c>.</summary>
    public async Task<string> TellAsync(Phrases phrases, string about, CancellationToken cancellationToken)
    {
        if (services.Purchases is not { } purchases)
        {
            return phrases.NotKnown(ToolNames.GetPaymentInfo, about);
        }

        return about switch
        {
            "charge" => phrases.LastCharge(await NewestAsync(purchases, record => record.IsSpent, cancellationToken).ConfigureAwait(false)),
            "declined" => phrases.LastDecline(
                await NewestAsync(purchases, record => record.Reason == CommerceReasons.PaymentDeclined, cancellationToken).ConfigureAwait(false)),
            "refund" => phrases.LastRefund(
                await NewestAsync(purchases, record => record is { Stage: PurchaseStage.Canceled, Charged: not null }, cancellationToken).ConfigureAwait(false)),
            _ when await FactsAsync(purchases, cancellationToken).ConfigureAwait(false) is { } facts =>
                about == "balance" ? phrases.BalanceUnknown(facts.SpentToday) : phrases.PaymentSetup(facts),
            _ => phrases.NotKnown("", about),
        };
    }

    private Task<PurchaseRecord?> NewestAsync(PurchaseEngine purchases, Predicate<PurchaseRecord> fits, CancellationToken cancellationToken) =>
        purchases.NewestAsync(services.Time.GetUtcNow() - Remembered, fits, cancellationToken);

    // In the currency in which was paid last; else in the first that has limits.
    private async Task<PaymentFacts?> FactsAsync(PurchaseEngine purchases, CancellationToken cancellationToken)
    {
        var caps = purchases.Caps;
        var paid = await NewestAsync(purchases, record => record.IsSpent, cancellationToken).ConfigureAwait(false);
        var currency = paid?.Total is { Currency: { } last } && caps.PerOrder.ContainsKey(last) ? last : caps.PerOrder.Keys.FirstOrDefault();
        if (currency is null || !caps.PerTrip.TryGetValue(currency, out var trip) || !caps.PerDay.TryGetValue(currency, out var day)
            || await purchases.SpentTodayAsync(currency, cancellationToken).ConfigureAwait(false) is not { } spent)
        {
            return null;
        }

        return new PaymentFacts(new Money(caps.PerOrder[currency], currency), new Money(trip, currency), new Money(day, currency), spent);
    }
}
