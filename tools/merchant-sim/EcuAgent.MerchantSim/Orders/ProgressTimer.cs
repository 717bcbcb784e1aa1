namespace EcuAgent.MerchantSim.Orders;

/// <summary>Wakes when the next thing is due to happen to any order.</summary>
internal sealed class ProgressTimer : IDisposable
{
    // Timers of the platform end at about 49 days; one that wakes early just looks and sleeps again.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    // Not zero: a clock of a test fires such a timer at once, in the hands of a caller who holds a shop's lock.
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(1);

    private readonly Lock _gate = new();
    private readonly TimeProvider _time;
    private readonly Func<DateTimeOffset?> _progress;
    private readonly ITimer _timer;
    private DateTimeOffset? _wakesAt;
    private bool _isDisposed;

    /// <param name="time">The clock.</param>
    /// <param name="progress">Lets happen what is due and tells what is next.</param>
    public ProgressTimer(TimeProvider time, Func<DateTimeOffset?> progress)
    {
        _time = time;
        _progress = progress;
        _timer = time.CreateTimer(_ => OnTimer(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes then at the latest. Called under a shop's lock: takes no other.</summary>
    public void WakeAt(DateTimeOffset due)
    {
        lock (_gate)
        {
            if (_isDisposed || _wakesAt <= due)
            {
                return;
            }

            _wakesAt = due;
            var wait = due - _time.GetUtcNow();
            _timer.Change(wait < Shortest ? Shortest : wait > Longest ? Longest : wait, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
        }

        _timer.Dispose();
    }

    private void OnTimer()
    {
        lock (_gate)
        {
            _wakesAt = null;
        }

        if (_progress() is { } next)
        {
            WakeAt(next);
        }
    }
}
