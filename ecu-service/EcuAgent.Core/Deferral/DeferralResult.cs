namespace EcuAgent.Core.Deferral;

/// <summary>What became of a request to wait.</summary>
public enum DeferralKind
{
    /// <summary>Not kept, because the queue is full.</summary>
    Refused,

    /// <summary>Kept.</summary>
    Queued,

    /// <summary>Joined with a waiting one of the same intent, whose expiry starts anew.</summary>
    Joined,
}

/// <summary>What became of a request to wait.</summary>
/// <param name="Kind">Kept, joined or refused.</param>
/// <param name="Item">The waiting item; null when refused.</param>
public readonly record struct DeferralResult(DeferralKind Kind, DeferredItem? Item)
{
    /// <summary>Stable code that can be said and audited.</summary>
    public string ReasonCode => Kind switch
    {
        DeferralKind.Queued => "deferral_queued",
        DeferralKind.Joined => "deferral_joined",
        _ => "deferral_queue_full",
    };
}
