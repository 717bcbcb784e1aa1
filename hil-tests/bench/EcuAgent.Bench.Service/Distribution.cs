using System.Diagnostics;

namespace EcuAgent.Bench.Service;

/// <summary>Times of which percentiles are wanted. Not thread-safe.</summary>
internal sealed class Distribution
{
    private readonly List<double> _milliseconds = new(4096);

    internal int Count => _milliseconds.Count;

    internal void Add(TimeSpan time) => _milliseconds.Add(time.TotalMilliseconds);

    internal void AddSince(long timestamp) => Add(Stopwatch.GetElapsedTime(timestamp));

    /// <summary>The mean, in milliseconds.</summary>
    internal double Mean() => _milliseconds.Count == 0 ? double.NaN : _milliseconds.Average();

    /// <summary>The time below which a share of the times lies, in milliseconds.</summary>
    internal double At(double share)
    {
        if (_milliseconds.Count == 0)
        {
            return double.NaN;
        }

        var sorted = _milliseconds.Order().ToArray();
        return Math.Round(sorted[(int)Math.Min(sorted.Length - 1, share * sorted.Length)], 4);
    }
}
