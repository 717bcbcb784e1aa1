namespace EcuAgent.Core.Commerce.Planning;

/// <summary>When a candidate can be used, in Unix milliseconds.</summary>
internal sealed class CandidateTimes
{
    private const int TicksPerMs = (int)TimeSpan.TicksPerMillisecond;

    // Empty with _isAlwaysOpen; else in order and apart from each other.
    private readonly long[] _opensMs;
    private readonly long[] _closesMs;
    private readonly bool _isAlwaysOpen;
    private readonly long _readyMs;

    /// <summary>Takes the times of a candidate, as far as the horizon; a period that reaches it has no end.</summary>
    public CandidateTimes(ErrandCandidate candidate, bool hasService, DateTimeOffset from, DateTimeOffset horizon)
    {
        _readyMs = candidate.ReadyAt is { } ready ? Ceiling(ready) : long.MinValue;
        ServiceMs = hasService ? Ceiling(candidate.Service.Ticks) : 0;
        _isAlwaysOpen = candidate.Hours is null;
        var periods = candidate.Hours is { } hours ? OpeningTimes.Periods(hours, from, horizon) : [];
        _opensMs = [.. periods.Select(period => Ceiling(period.From))];
        _closesMs = [.. periods.Select(period => period.Until >= horizon ? ErrandGraph.None : Ceiling(period.Until))];
    }

    /// <summary>How long it takes there.</summary>
    public long ServiceMs { get; }

    /// <summary>When one is served at the earliest; <see cref="ErrandGraph.None"/> when never.</summary>
    public long Begin(long arriveMs)
    {
        var earliest = Ready(arriveMs);
        if (_isAlwaysOpen)
        {
            return earliest;
        }

        for (var i = 0; i < _opensMs.Length; i++)
        {
            var begin = Math.Max(earliest, _opensMs[i]);

            // Open at the first instant and to the end of the service.
            if (begin < _closesMs[i] && begin + ServiceMs <= _closesMs[i])
            {
                return begin;
            }
        }

        return ErrandGraph.None;
    }

    /// <summary>When it is ready, at the arrival at the earliest.</summary>
    public long Ready(long arriveMs) => Math.Max(arriveMs, _readyMs);

    /// <summary>When it closes after that instant; <see cref="ErrandGraph.None"/> when that is not known or far away.</summary>
    public long Closes(long openMs)
    {
        var i = Array.FindIndex(_closesMs, closes => closes > openMs);
        return i < 0 ? ErrandGraph.None : _closesMs[i];
    }

    /// <summary>An instant in whole milliseconds, up.</summary>
    public static long Ceiling(DateTimeOffset instant)
    {
        var ms = instant.ToUnixTimeMilliseconds();
        return DateTimeOffset.FromUnixTimeMilliseconds(ms) < instant ? ms + 1 : ms;
    }

    private static long Ceiling(long ticks) => (ticks / TicksPerMs) + (ticks % TicksPerMs > 0 ? 1 : 0);
}
