using EcuAgent.SomeIp.Wire;

namespace EcuAgent.SomeIp.Discovery;

/// <summary>Delays of service discovery. The names in brackets are those of the specification.</summary>
public sealed record SdTimings
{
    /// <summary>Least time before the first message of a service (INITIAL_DELAY_MIN). Default 10 ms.</summary>
    public TimeSpan InitialDelayMin { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Greatest time before it (INITIAL_DELAY_MAX). Default 100 ms.</summary>
    public TimeSpan InitialDelayMax { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>First wait of the repetition phase, doubled after each message (REPETITIONS_BASE_DELAY). Default 200 ms.</summary>
    public TimeSpan RepetitionsBaseDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Messages of the repetition phase, 0 to 10; 0 skips it (REPETITIONS_MAX). Default 3.</summary>
    public int RepetitionsMax { get; init; } = 3;

    /// <summary>Between offers in the main phase; zero: none (CYCLIC_OFFER_DELAY). Default 2 s.</summary>
    public TimeSpan CyclicOfferDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Least delay of an answer to multicast (REQUEST_RESPONSE_DELAY). Default 10 ms.</summary>
    public TimeSpan ResponseDelayMin { get; init; } = TimeSpan.FromMilliseconds(10);

    /// <summary>Greatest delay of it. Default 50 ms.</summary>
    public TimeSpan ResponseDelayMax { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Lifetime of offers, seconds, 1 to 0xFFFFFF (until reboot). Default 5.</summary>
    public uint OfferTtl { get; init; } = 5;

    /// <summary>Lifetime in find entries, seconds. Default 3.</summary>
    public uint FindTtl { get; init; } = 3;

    /// <summary>Lifetime of subscriptions, seconds, 1 to 0xFFFFFF (until reboot). Default 5.</summary>
    public uint SubscribeTtl { get; init; } = 5;

    /// <exception cref="ArgumentException">A value out of its range.</exception>
    internal void Validate()
    {
        Check(InitialDelayMin >= TimeSpan.Zero && InitialDelayMax >= InitialDelayMin, nameof(InitialDelayMax), InitialDelayMax);
        Check(RepetitionsBaseDelay > TimeSpan.Zero, nameof(RepetitionsBaseDelay), RepetitionsBaseDelay);
        Check(RepetitionsMax is >= 0 and <= 10, nameof(RepetitionsMax), RepetitionsMax);
        Check(CyclicOfferDelay >= TimeSpan.Zero, nameof(CyclicOfferDelay), CyclicOfferDelay);
        Check(ResponseDelayMin >= TimeSpan.Zero && ResponseDelayMax >= ResponseDelayMin, nameof(ResponseDelayMax), ResponseDelayMax);
        Check(OfferTtl is > 0 and <= SdEntry.TtlUntilReboot, nameof(OfferTtl), OfferTtl);
        Check(FindTtl is > 0 and <= SdEntry.TtlUntilReboot, nameof(FindTtl), FindTtl);
        Check(SubscribeTtl is > 0 and <= SdEntry.TtlUntilReboot, nameof(SubscribeTtl), SubscribeTtl);
    }

    private static void Check(bool ok, string name, object value)
    {
        if (!ok)
        {
            throw new ArgumentException($"{name} is out of range: {value}.");
        }
    }
}
