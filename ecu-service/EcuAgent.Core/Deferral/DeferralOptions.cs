namespace EcuAgent.Core.Deferral;

/// <summary>Bounds of the deferral queue.</summary>
public sealed record DeferralOptions
{
    /// <summary>Most requests that wait at once.</summary>
    /// <value>1 .. 256; default 16.</value>
    public int Capacity { get; init; } = 16;

    /// <summary>How long a request waits.</summary>
    /// <value>1 min .. 24 h; default 2 h.</value>
    public TimeSpan Expiry { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How long the car has to be parked without a break before anything is offered.</summary>
    /// <value>0 .. 10 min; default 3 s.</value>
    public TimeSpan SteadyParkedFor { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Checks the ranges; <see cref="DeferralQueue"/> does so as well.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; it is named with its value.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Capacity, 256);
        ArgumentOutOfRangeException.ThrowIfLessThan(Expiry, TimeSpan.FromMinutes(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Expiry, TimeSpan.FromHours(24));
        ArgumentOutOfRangeException.ThrowIfLessThan(SteadyParkedFor, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(SteadyParkedFor, TimeSpan.FromMinutes(10));
    }
}
