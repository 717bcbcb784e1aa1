namespace EcuAgent.Signals;

/// <summary>How many samples met which fate since the state was made.</summary>
public sealed class SampleCounters
{
    private readonly long[] verdicts;

    internal SampleCounters(long[] verdicts) => this.verdicts = verdicts;

    /// <summary>Times that a counter jumped forward by more than one.</summary>
    public long SequenceGaps { get; init; }

    /// <summary>Samples missing in those gaps.</summary>
    public long LostSamples { get; init; }

    /// <summary>Times that a counter went back while the source time went forward: the source started anew.</summary>
    public long SourceRestarts { get; init; }

    /// <summary>Times that our own UTC was found set back behind samples already taken.</summary>
    public long ClockSteps { get; init; }

    /// <summary>All samples.</summary>
    public long Total => verdicts.Sum();

    /// <summary>All samples but the accepted ones.</summary>
    public long Rejected => Total - this[SampleVerdict.Accepted];

    /// <summary>Samples of one verdict; 0 for an undefined one.</summary>
    public long this[SampleVerdict verdict] => (uint)verdict < (uint)verdicts.Length ? verdicts[(int)verdict] : 0;
}
