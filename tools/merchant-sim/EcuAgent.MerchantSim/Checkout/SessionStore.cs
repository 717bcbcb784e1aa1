namespace EcuAgent.MerchantSim.Checkout;

/// <summary>
/// Sessions of a shop. When it is full, room is made by forgetting, oldest first, what nobody needs any more: expired and canceled
/// sessions, then completed ones whose order is through. When all are still needed a new session is refused.
/// </summary>
internal sealed class SessionStore(int capacity)
{
    private readonly Dictionary<string, CheckoutSession> _sessions = new(StringComparer.Ordinal);
    private readonly LinkedList<CheckoutSession> _byAge = new();

    /// <summary>Told of each session that made room.</summary>
    public Action<CheckoutSession> OnForgotten { get; set; } = _ => { };

    public CheckoutSession? Find(string id) => _sessions.GetValueOrDefault(id);

    /// <returns>False when full.</returns>
    public bool TryAdd(CheckoutSession session, DateTimeOffset now)
    {
        if (_sessions.Count >= capacity && !MakeRoom(now))
        {
            return false;
        }

        _sessions.Add(session.Id, session);
        _byAge.AddLast(session);
        return true;
    }

    private bool MakeRoom(DateTimeOffset now)
    {
        var victim = _byAge.FirstOrDefault(s => s.StatusAt(now) is SessionStatus.Expired or SessionStatus.Canceled)
            ?? _byAge.FirstOrDefault(s => s.Order is { IsFinal: true });
        if (victim is null)
        {
            return false;
        }

        _sessions.Remove(victim.Id);
        _byAge.Remove(victim);
        OnForgotten(victim);
        return true;
    }
}
