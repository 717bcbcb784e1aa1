using System.Text.Json;

namespace EcuAgent.Bench.Dds;

/// <summary>Medians over the one-second windows of both sides.</summary>
internal sealed class Report(List<Window> ours, List<Window> theirs, double bytesPerSample)
{
    private const double LimitP50 = 1.0;
    private const double LimitP99 = 1.2;

    internal bool Ok => RatioP50 <= LimitP50 && RatioP99 <= LimitP99 && bytesPerSample == 0;

    private double RatioP50 => Median(ours, window => window.P50Us) / Median(theirs, window => window.P50Us);

    private double RatioP99 => Median(ours, window => window.P99Us) / Median(theirs, window => window.P99Us);

    internal string ToJson() => JsonSerializer.Serialize(new
    {
        bench = "dds-round-trip",
        between = "before write and after take of the answer, 96 bytes, two processes on loopback, reliable keep-last 1",
        samples = ours.Sum(window => window.Count),
        p50_us = Math.Round(Median(ours, window => window.P50Us), 2),
        p99_us = Math.Round(Median(ours, window => window.P99Us), 2),
        ddsperf_samples = theirs.Sum(window => window.Count),
        ddsperf_p50_us = Math.Round(Median(theirs, window => window.P50Us), 2),
        ddsperf_p99_us = Math.Round(Median(theirs, window => window.P99Us), 2),
        ratio_p50 = Math.Round(RatioP50, 3),
        ratio_p50_limit = LimitP50,
        ratio_p99 = Math.Round(RatioP99, 3),
        ratio_p99_limit = LimitP99,
        managed_bytes_per_sample = Math.Round(bytesPerSample, 3),
        ok = Ok,
    });

    private static double Median(List<Window> windows, Func<Window, double> of)
    {
        var sorted = windows.Select(of).Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
