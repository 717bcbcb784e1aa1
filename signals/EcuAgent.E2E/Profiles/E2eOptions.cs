namespace EcuAgent.E2E;

/// <summary>What sender and receiver of one protected message agree on. Immutable; changed by copy.</summary>
public abstract record E2eOptions
{
    /// <summary>Greatest <see cref="OffsetBytes"/>.</summary>
    public const int MaxOffsetBytes = 4096;

    /// <summary>Greatest <see cref="SyncCount"/>.</summary>
    public const int MaxSyncCount = 255;

    private protected E2eOptions(E2eProfile profile, int defaultMaxLengthBytes)
    {
        Profile = profile;
        MaxLengthBytes = defaultMaxLengthBytes;
    }

    /// <summary>The profile.</summary>
    public E2eProfile Profile { get; }

    /// <summary>Where the E2E header starts in the protected bytes. In SOME/IP 8: the bytes from the Request ID to the return code come first.</summary>
    /// <value>Bytes, 0 .. <see cref="MaxOffsetBytes"/>, default 0.</value>
    public int OffsetBytes { get; init; }

    /// <summary>Shortest message, offset and header included.</summary>
    /// <value>Bytes, 0 .. <see cref="MaxLengthBytes"/>, default 0: offset and header must fit, and nothing more.</value>
    public int MinLengthBytes { get; init; }

    /// <summary>Longest message, offset and header included.</summary>
    /// <value>Bytes, up to 65535 (P07: 4194304). Default: the profile's own limit, beyond which its CRC finds fewer faults than it was made for.</value>
    public int MaxLengthBytes { get; init; }

    /// <summary>How far the counter may step: 1 allows no loss, 3 allows two lost messages.</summary>
    /// <value>1 .. number of counter values less one, default 3.</value>
    public uint MaxDeltaCounter { get; init; } = 3;

    /// <summary>
    /// How many messages in order among themselves, after one with a wrong counter, are reported as Sync before the next one is
    /// taken as the new order: a way back after a restart of the sender or a long loss, also for whoever replays a recording.
    /// 0: no way back but <see cref="E2eChecker.Reset"/>, which whoever knows of the restart calls.
    /// </summary>
    /// <value>0 .. <see cref="MaxSyncCount"/>, default 0.</value>
    public int SyncCount { get; init; }

    /// <summary>How the first intact message is reported.</summary>
    /// <value>Default <see cref="E2eFirstMessage.Initial"/>.</value>
    public E2eFirstMessage FirstMessage { get; init; }

    /// <summary>Bytes of the header, counted from <see cref="OffsetBytes"/>.</summary>
    /// <value>P04 12, P05 3, P07 20, P02 2; P01 up to the last of its fields, by default 2.</value>
    public abstract int HeaderBytes { get; }

    /// <summary>How many values the counter has.</summary>
    internal abstract ulong CounterValues { get; }

    private protected virtual int LengthLimitBytes => ushort.MaxValue;

    /// <summary>The shortest message that has room for the header and that the options allow.</summary>
    internal int ShortestBytes => Math.Max(MinLengthBytes, OffsetBytes + HeaderBytes);

    /// <summary>All faults; empty when the options can be used.</summary>
    public IReadOnlyList<E2eOptionFault> Faults()
    {
        var faults = new List<E2eOptionFault>();
        faults.Within(nameof(OffsetBytes), OffsetBytes, 0, MaxOffsetBytes);
        AddFaults(faults);
        if (faults.Count == 0)
        {
            faults.Within(nameof(MaxLengthBytes), MaxLengthBytes, OffsetBytes + HeaderBytes, LengthLimitBytes);
            faults.Within(nameof(MinLengthBytes), MinLengthBytes, 0, MaxLengthBytes);
        }

        faults.Within(nameof(MaxDeltaCounter), MaxDeltaCounter, 1, (long)CounterValues - 1);
        faults.Within(nameof(SyncCount), SyncCount, 0, MaxSyncCount);
        faults.Defined(nameof(FirstMessage), FirstMessage);
        return faults;
    }

    /// <summary>Where the fields stand. The options have no faults.</summary>
    internal abstract ProfileLayout CreateLayout();

    private protected virtual void AddFaults(List<E2eOptionFault> faults)
    {
    }
}
