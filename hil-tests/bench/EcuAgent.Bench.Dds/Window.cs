namespace EcuAgent.Bench.Dds;

/// <summary>One second of round trips.</summary>
/// <param name="P50Us">Median in microseconds.</param>
/// <param name="P99Us">99th percentile in microseconds.</param>
/// <param name="Count">Round trips.</param>
internal readonly record struct Window(double P50Us, double P99Us, long Count);
