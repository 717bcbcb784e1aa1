namespace EcuAgent.Signals;

/// <summary>The counters while they are being counted. Not thread-safe.</summary>
internal sealed class SampleTally
{
    private readonly long[] verdicts = new long[(int)SampleVerdict.E2eMissing + 1];

    public long SequenceGaps { get; set; }

    public long LostSamples { get; set; }

    public long SourceRestarts { get; set; }

    public long ClockSteps { get; set; }

    public SampleVerdict Count(SampleVerdict verdict)
    {
        verdicts[(int)verdict]++;
        return verdict;
    }

    public SampleCounters Read() => new([.. verdicts])
    {
        SequenceGaps = SequenceGaps,
        LostSamples = LostSamples,
        SourceRestarts = SourceRestarts,
        ClockSteps = ClockSteps,
    };
}
