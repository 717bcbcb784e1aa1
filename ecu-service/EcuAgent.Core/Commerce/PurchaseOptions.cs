namespace EcuAgent.Core.Commerce;

/// <summary>Limits and times of purchases. The engine takes a copy when it is made.</summary>
public sealed record PurchaseOptions
{
    /// <summary>What may be spent.</summary>
    public SpendingCaps Caps { get; init; } = SpendingCaps.Default;

    /// <summary>Longest time for one request to a merchant or the payment provider, 100 ms to 60 s. Default 16 s.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(16);

    /// <summary>Longest time for the request that orders and pays, 1 s to 3 min. Default 45 s: merchants authorize the payment in it.</summary>
    public TimeSpan CompleteTimeout { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How long a payment token is good, 10 s to 30 min. Default 2 min.</summary>
    public TimeSpan AllowanceValidFor { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Most requests to complete one session, 1 to 5; all have the same key, and the gate's permission must still hold for each. Default 2.
    /// </summary>
    public int CompleteAttempts { get; init; } = 2;

    /// <summary>How long an unknown outcome is asked about before the purchase counts as disputed, 1 min to 30 d. Default 24 h.</summary>
    public TimeSpan SettleWithin { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long an equal wish counts as said twice, 0 to 24 h. Default 10 min.</summary>
    public TimeSpan SameWishWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Checks every range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; it names the property and the value.</exception>
    public void Validate()
    {
        Check(nameof(RequestTimeout), RequestTimeout, TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(1));
        Check(nameof(CompleteTimeout), CompleteTimeout, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(3));
        Check(nameof(AllowanceValidFor), AllowanceValidFor, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(30));
        Check(nameof(CompleteAttempts), CompleteAttempts, 1, 5);
        Check(nameof(SettleWithin), SettleWithin, TimeSpan.FromMinutes(1), TimeSpan.FromDays(30));
        Check(nameof(SameWishWithin), SameWishWithin, TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    private static void Check<T>(string name, T value, T lowest, T highest)
        where T : IComparable<T>
    {
        if (value.CompareTo(lowest) < 0 || value.CompareTo(highest) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be within {lowest} to {highest}."));
        }
    }
}
