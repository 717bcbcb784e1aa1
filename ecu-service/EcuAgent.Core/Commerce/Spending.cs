using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Commerce;

/// <summary>What was spent, or may have been, by currency in minor units.</summary>
/// <param name="Trip">Since the trip began; null when that was never noted.</param>
/// <param name="Day">In the last 24 hours.</param>
internal sealed record Spending(IReadOnlyDictionary<string, long>? Trip, IReadOnlyDictionary<string, long> Day)
{
    /// <summary>Adds up the purchases that count.</summary>
    public static Spending Of(IEnumerable<PurchaseRecord> purchases, DateTimeOffset? tripStart, DateTimeOffset dayStart, string exceptId)
    {
        var counted = purchases.Where(p => p.IsSpent && p.Id != exceptId).ToList();
        return new Spending(
            tripStart is { } start ? Sum(counted.Where(p => p.BegunAt >= start)) : null,
            Sum(counted.Where(p => p.BegunAt >= dayStart)));
    }

    /// <summary>The reason why <paramref name="amount"/> is too much, or null.</summary>
    public string? Refusal(Money? amount, SpendingCaps caps)
    {
        if (amount is not { IsKnown: true, Currency: { } currency } known)
        {
            return CommerceReasons.AmountUnknown;
        }

        // Nothing to pay has no currency and no cap.
        if (known.MinorUnits == 0)
        {
            return null;
        }

        if (!caps.PerOrder.TryGetValue(currency, out var order) || !caps.PerTrip.TryGetValue(currency, out var trip) || !caps.PerDay.TryGetValue(currency, out var day))
        {
            return CommerceReasons.CurrencyNotListed;
        }

        // Subtracted rather than added: the sum of two large amounts could overflow.
        return known.MinorUnits > order ? CommerceReasons.OverOrderCap
            : known.MinorUnits > trip - (Trip ?? Day).GetValueOrDefault(currency) ? CommerceReasons.OverTripCap
            : known.MinorUnits > day - Day.GetValueOrDefault(currency) ? CommerceReasons.OverDayCap
            : null;
    }

    private static Dictionary<string, long> Sum(IEnumerable<PurchaseRecord> purchases)
    {
        var sums = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var purchase in purchases)
        {
            // What the merchant says it charged may be less than what was agreed; the allowance keeps it from being more.
            if ((purchase.Charged ?? purchase.Total) is { IsKnown: true, Currency: { } currency } amount)
            {
                sums[currency] = checked(sums.GetValueOrDefault(currency) + amount.MinorUnits);
            }
        }

        return sums;
    }
}
