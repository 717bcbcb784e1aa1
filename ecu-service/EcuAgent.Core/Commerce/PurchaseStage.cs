namespace EcuAgent.Core.Commerce;

/// <summary>
/// Where a purchase stands. The only ways are those of <see cref="PurchaseStages.CanFollow"/>; numbers are stored and never change.
/// </summary>
public enum PurchaseStage
{
    /// <summary>A session is being opened; nothing can have been ordered.</summary>
    Opening = 1,

    /// <summary>A session is open and priced; read back, or about to be.</summary>
    Quoted = 2,

    /// <summary>The yes was redeemed; from here on it may have been ordered, and it counts as spent.</summary>
    Committing = 3,

    /// <summary>The merchant has the order.</summary>
    Placed = 4,

    /// <summary>The merchant is being asked to take the order back.</summary>
    Withdrawing = 5,

    /// <summary>Not wanted any more, and the session is still to be closed at the merchant. Nothing was ordered.</summary>
    Abandoning = 6,

    /// <summary>Everything has reached the person.</summary>
    Fulfilled = 7,

    /// <summary>Not ordered, or taken back.</summary>
    Canceled = 8,

    /// <summary>Not ordered: the merchant or the payment refused, or nothing was found.</summary>
    Failed = 9,

    /// <summary>Whether it was ordered could not be found out. Counts as spent; the person was told.</summary>
    Disputed = 10,
}
