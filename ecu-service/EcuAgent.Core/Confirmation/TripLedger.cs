using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Confirmation;

/// <summary>
/// What was paid since the trip began, by currency, for the cap per trip. Starts with an unknown trip: until
/// <see cref="StartTrip"/> was called nothing is known, so a restart in mid-drive cannot forget what was spent.
/// Thread-safe. Holds at most <see cref="MaximumCurrencies"/> currencies; a further one makes the trip unknown.
/// </summary>
public sealed class TripLedger
{
    /// <summary>Most currencies kept in one trip.</summary>
    public const int MaximumCurrencies = 16;

    private readonly Lock gate = new();
    private readonly Dictionary<string, long> spent = new(StringComparer.Ordinal);
    private bool known;

    /// <summary>A new trip begins; nothing is spent yet.</summary>
    public void StartTrip()
    {
        lock (gate)
        {
            spent.Clear();
            known = true;
        }
    }

    /// <summary>Notes a payment. An unknown amount makes the whole trip unknown.</summary>
    public void Add(Money amount)
    {
        lock (gate)
        {
            if (!amount.IsKnown)
            {
                known = false;
                return;
            }

            long before = spent.GetValueOrDefault(amount.Currency!);
            if ((before == 0 && spent.Count >= MaximumCurrencies && !spent.ContainsKey(amount.Currency!))
                || amount.MinorUnits > long.MaxValue - before)
            {
                known = false;
                return;
            }

            spent[amount.Currency!] = before + amount.MinorUnits;
        }
    }

    /// <summary>What was spent in <paramref name="currency"/>; null when not known.</summary>
    public Money? Spent(string currency)
    {
        lock (gate)
        {
            return known ? new Money(spent.GetValueOrDefault(currency), currency) : null;
        }
    }
}
