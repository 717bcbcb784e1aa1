namespace EcuAgent.E2E;

/// <summary>What P01 and P02 have in common: a counter of 4 bits, and receivers that look at fixed times.</summary>
public abstract record SmallCounterOptions : E2eOptions
{
    /// <summary>Greatest <see cref="MaxNoNewOrRepeatedData"/>.</summary>
    public const int LargestNoNewOrRepeatedData = 255;

    private protected SmallCounterOptions(E2eProfile profile, int defaultMaxLengthBytes)
        : base(profile, defaultMaxLengthBytes)
    {
    }

    /// <summary>
    /// After more checks in a row than this without a new message, the next good ones are only
    /// <see cref="E2eCheckStatus.Sync"/>: with so few counter values the order is no longer sure.
    /// </summary>
    /// <value>0 .. <see cref="LargestNoNewOrRepeatedData"/>, default 14.</value>
    public int MaxNoNewOrRepeatedData { get; init; } = 14;

    private protected override void AddFaults(List<E2eOptionFault> faults) =>
        faults.Within(nameof(MaxNoNewOrRepeatedData), MaxNoNewOrRepeatedData, 0, LargestNoNewOrRepeatedData);
}
