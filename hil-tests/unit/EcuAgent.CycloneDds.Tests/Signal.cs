namespace EcuAgent.CycloneDds.Tests;

/// <summary>Collects what a handler is told and lets a test wait for the first that fits.</summary>
internal sealed class Signal<T>
{
    private readonly Lock _lock = new();
    private readonly List<T> _seen = [];
    private readonly List<(Predicate<T> Wanted, TaskCompletionSource<T> Source)> _waiters = [];

    internal int Count
    {
        get
        {
            lock (_lock)
            {
                return _seen.Count;
            }
        }
    }

    internal void Raise(T value)
    {
        lock (_lock)
        {
            _seen.Add(value);
            foreach (var (_, source) in _waiters.Where(waiter => waiter.Wanted(value)))
            {
                source.TrySetResult(value);
            }
        }
    }

    internal async Task<T> FirstAsync(Predicate<T>? wanted = null)
    {
        wanted ??= static _ => true;
        var source = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            foreach (var value in _seen.Where(value => wanted(value)))
            {
                return value;
            }

            _waiters.Add((wanted, source));
        }

        return await source.Task.WaitAsync(Domains.Watchdog);
    }
}
