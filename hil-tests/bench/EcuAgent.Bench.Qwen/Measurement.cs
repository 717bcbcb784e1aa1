using Microsoft.Extensions.AI;

namespace EcuAgent.Bench.Qwen;

/// <summary>Times and counts of one way of running, over all utterances.</summary>
internal sealed class Measurement
{
    private readonly List<double> _milliseconds = [];
    private long _prefilled;
    private long _output;
    private long _forced;
    private long _runs;
    private long _reduced;
    private long _allocatedBytes;

    public Spread Milliseconds { get; } = new();

    public void Add(double milliseconds, UsageDetails usage, long allocatedBytes)
    {
        _milliseconds.Add(milliseconds);
        Milliseconds.Add(milliseconds);
        _prefilled += usage.InputTokenCount!.Value - usage.CachedInputTokenCount!.Value;
        _output += usage.OutputTokenCount!.Value;
        _forced += usage.AdditionalCounts!["forced_tokens"];
        _runs += usage.AdditionalCounts["model_runs"];
        _reduced += usage.AdditionalCounts["reduced_head_runs"];
        _allocatedBytes += allocatedBytes;
    }

    /// <summary>Answer by answer, this over that.</summary>
    public static Spread Ratio(Measurement one, Measurement other)
    {
        var ratio = new Spread();
        foreach (var (a, b) in one._milliseconds.Zip(other._milliseconds))
        {
            ratio.Add(a / b);
        }

        return ratio;
    }

    public object Json(Measurement plain) => new
    {
        answers = _milliseconds.Count,
        p50_ms = Percentile(0.5),
        p95_ms = Percentile(0.95),
        ratio_to_plain = Ratio(this, plain).Json(),
        model_runs_per_answer = PerAnswer(_runs),
        prefilled_tokens_per_answer = PerAnswer(_prefilled),
        tokens_per_answer = PerAnswer(_output),
        forced_per_answer = PerAnswer(_forced),
        reduced_head_runs_per_answer = PerAnswer(_reduced),
        managed_bytes_per_answer = PerAnswer(_allocatedBytes),
    };

    /// <summary>The value below which the given share of the times lies, in milliseconds.</summary>
    private double Percentile(double share)
    {
        var sorted = _milliseconds.Order().ToArray();
        return Math.Round(sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)], 2);
    }

    private double PerAnswer(long total) => Math.Round((double)total / _milliseconds.Count, 2);
}
