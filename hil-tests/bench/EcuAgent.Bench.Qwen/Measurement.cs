namespace EcuAgent.Bench.Qwen;

/// <summary>Times and counts of one way of running, over all utterances.</summary>
internal sealed class Measurement
{
    private readonly List<double> _milliseconds = [];

    public long OutputTokens { get; private set; }

    public long ForcedTokens { get; private set; }

    public long ModelRuns { get; private set; }

    public long AllocatedBytes { get; private set; }

    public int Count => _milliseconds.Count;

    public void Add(double milliseconds, long outputTokens, long forcedTokens, long modelRuns, long allocatedBytes)
    {
        _milliseconds.Add(milliseconds);
        OutputTokens += outputTokens;
        ForcedTokens += forcedTokens;
        ModelRuns += modelRuns;
        AllocatedBytes += allocatedBytes;
    }

    /// <summary>The value below which the given share of the times lies, in milliseconds.</summary>
    public double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToArray();
        return Math.Round(sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)], 2);
    }

    public double PerAnswer(long total) => Math.Round((double)total / Count, 2);
}
