namespace EcuAgent.MerchantSim.Faults;

/// <summary>A fault that was set up: how often it has happened, and the hand on those that wait.</summary>
public sealed class FaultTicket
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<(int Count, TaskCompletionSource Source)> _watchers = [];
    private int _skip;
    private int _hits;

    internal FaultTicket(int id, FaultRequest request)
    {
        Id = id;
        Request = request;
        _skip = request.Skip;
    }

    /// <summary>1, 2, 3, ...</summary>
    public int Id { get; }

    /// <summary>What was asked for.</summary>
    public FaultRequest Request { get; }

    /// <summary>How often it has happened.</summary>
    public int Hits
    {
        get
        {
            lock (_gate)
            {
                return _hits;
            }
        }
    }

    /// <summary>How often it is still to happen.</summary>
    public int Remaining => Request.Count - Hits;

    /// <summary>True when something may wait for <see cref="Release"/>.</summary>
    internal bool HoldsBack => Request.Kind is FaultKind.Stall or FaultKind.StallAnswer || Request is { Kind: FaultKind.Slow, Wait: null };

    internal Task Released => _released.Task;

    /// <summary>Lets go what waits for this fault, and what would still come to wait.</summary>
    public void Release() => _released.TrySetResult();

    /// <summary>Completes when the fault has happened so often: for requests that wait, when they have begun to.</summary>
    /// <param name="count">At least 1.</param>
    public Task HitAsync(int count = 1)
    {
        lock (_gate)
        {
            if (_hits >= count)
            {
                return Task.CompletedTask;
            }

            var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _watchers.Add((count, source));
            return source.Task;
        }
    }

    /// <returns>True when this request is the fault's.</returns>
    internal bool TryTake()
    {
        lock (_gate)
        {
            if (_hits >= Request.Count)
            {
                return false;
            }

            if (_skip > 0)
            {
                _skip--;
                return false;
            }

            _hits++;
            return true;
        }
    }

    /// <summary>Tells those who wait in <see cref="HitAsync"/>.</summary>
    internal void Announce()
    {
        lock (_gate)
        {
            foreach (var (_, source) in _watchers.Where(w => w.Count <= _hits))
            {
                source.TrySetResult();
            }

            _watchers.RemoveAll(w => w.Count <= _hits);
        }
    }
}
