namespace EcuAgent.SomeIp.Client;

/// <summary>A value that can be waited for.</summary>
internal sealed class StateSignal<T>(T initial)
{
    private readonly Lock _lock = new();
    private readonly List<(Predicate<T> Wanted, TaskCompletionSource Source)> _waiters = [];
    private T _value = initial;

    internal T Value
    {
        get
        {
            lock (_lock)
            {
                return _value;
            }
        }
    }

    internal void Set(T value)
    {
        lock (_lock)
        {
            _value = value;
            for (var i = _waiters.Count - 1; i >= 0; i--)
            {
                if (_waiters[i].Wanted(value))
                {
                    _waiters[i].Source.TrySetResult();
                    _waiters.RemoveAt(i);
                }
            }
        }
    }

    internal async Task WaitAsync(Predicate<T> wanted, TimeSpan timeout, TimeProvider time, CancellationToken cancellationToken)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (wanted(_value))
            {
                return;
            }

            _waiters.Add((wanted, source));
        }

        try
        {
            await source.Task.WaitAsync(timeout, time, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lock (_lock)
            {
                _waiters.RemoveAll(waiter => waiter.Source == source);
            }
        }
    }
}
