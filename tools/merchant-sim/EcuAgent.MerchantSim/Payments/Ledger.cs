namespace EcuAgent.MerchantSim.Payments;

/// <summary>All charges and refunds since the start. Entries are only added; a full ledger refuses the charge, so that none is ever lost.</summary>
internal sealed class Ledger(TimeProvider time, int capacity)
{
    private readonly Lock _gate = new();
    private readonly List<LedgerEntry> _entries = [];
    private readonly Dictionary<string, LedgerEntry> _chargeOf = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _refundedOf = new(StringComparer.Ordinal);

    public IReadOnlyList<LedgerEntry> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Charges a session; a session is charged once in its life.</summary>
    /// <returns>False when it was charged before, or the ledger is full.</returns>
    public bool TryCharge(string merchant, string session, string order, long amount, string currency, string token)
    {
        lock (_gate)
        {
            if (_chargeOf.ContainsKey(session) || _entries.Count >= capacity)
            {
                return false;
            }

            _chargeOf.Add(session, Add(LedgerKind.Charge, merchant, session, order, amount, currency, token));
            return true;
        }
    }

    /// <summary>Gives back a part of what a session was charged, never more than that in all.</summary>
    /// <exception cref="InvalidOperationException">The session was not charged, or not so much.</exception>
    public void Refund(string session, long amount)
    {
        lock (_gate)
        {
            var before = _refundedOf.GetValueOrDefault(session);
            if (!_chargeOf.TryGetValue(session, out var charge) || before + amount > charge.Amount)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"a refund of {amount} is more than session {session} was charged"));
            }

            _refundedOf[session] = before + amount;
            Add(LedgerKind.Refund, charge.Merchant, session, charge.Order, amount, charge.Currency, charge.Token);
        }
    }

    private LedgerEntry Add(LedgerKind kind, string merchant, string session, string order, long amount, string currency, string token)
    {
        var entry = new LedgerEntry(_entries.Count + 1, kind, merchant, session, order, amount, currency, token, time.GetUtcNow());
        _entries.Add(entry);
        return entry;
    }
}
