namespace EcuAgent.Signals;

/// <summary>What is known from one source of one signal.</summary>
internal struct SourceSlot<T>
    where T : struct
{
    public SourceId Source;

    /// <summary>Whether <see cref="LastSourceTime"/> and <see cref="LastSequence"/> hold a trusted sample's order.</summary>
    public bool HasOrder;
    public long LastSourceTime;
    public uint LastSequence;

    /// <summary>Quality without regard to age.</summary>
    public SignalQuality Content;
    public T Value;

    /// <summary>Whether the value came with end-to-end protection.</summary>
    public bool IsProtected;
    public long ValueSourceTime;

    /// <summary>The source time stamp, carried over to our monotonic axis.</summary>
    public TimeSpan EvidenceAt;
    public TimeSpan ArrivedAt;

    /// <summary>When the source last sent anything that was not dropped, or was reported lost.</summary>
    public TimeSpan HeardAt;
}
