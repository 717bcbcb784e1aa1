namespace EcuAgent.Eval.Scoring;

/// <summary>Milliseconds from the planner's request to the checked calls. Null where nothing was measured.</summary>
/// <param name="P50">Median, nearest rank.</param>
/// <param name="P95">95th percentile, nearest rank.</param>
/// <param name="Max">The slowest.</param>
internal sealed record LatencyFigures(double? P50, double? P95, double? Max)
{
    /// <summary>Figures of durations in any order.</summary>
    public static LatencyFigures Of(IEnumerable<TimeSpan> durations)
    {
        var sorted = durations.Select(duration => duration.TotalMilliseconds).Order().ToArray();
        return sorted.Length == 0
            ? new LatencyFigures(null, null, null)
            : new LatencyFigures(Rank(sorted, 50), Rank(sorted, 95), Math.Round(sorted[^1], 2));
    }

    private static double Rank(double[] sorted, int percent) =>
        Math.Round(sorted[Math.Max(0, (int)Math.Ceiling(sorted.Length * percent / 100.0) - 1)], 2);
}
