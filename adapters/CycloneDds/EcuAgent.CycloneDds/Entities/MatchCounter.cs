namespace EcuAgent.CycloneDds;

/// <summary>Number of matched peers, and the waiters for it.</summary>
internal sealed class MatchCounter
{
    private readonly Lock _lock = new();
    private readonly List<(int Count, TaskCompletionSource Source)> _waiters = [];
    private int _current;

    internal int Current => Volatile.Read(ref _current);

    internal void Set(uint current)
    {
        lock (_lock)
        {
            _current = (int)current;
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_current >= _waiters[i].Count)
                {
                    _waiters[i].Source.TrySetResult();
                    _waiters.RemoveAt(i);
                }
            }
        }
    }

    internal async Task WaitAsync(int count, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);

        // Completions run on Cyclone's threads: continuations must not.
        var waiter = (count, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (_lock)
        {
            if (_current >= count)
            {
                return;
            }

            _waiters.Add(waiter);
        }

        try
        {
            await waiter.Item2.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }
}
