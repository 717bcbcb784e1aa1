namespace EcuAgent.SomeIp.Tests.Transport;

/// <summary>A clock with one timer that the test fires.</summary>
internal sealed class ManualTime : TimeProvider, ITimer
{
    private TimerCallback? _callback;
    private object? _state;

    /// <summary>Null while the timer is not set.</summary>
    internal TimeSpan? Due { get; private set; }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        (_callback, _state) = (callback, state);
        Change(dueTime, period);
        return this;
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        Due = dueTime == Timeout.InfiniteTimeSpan ? null : dueTime;
        return true;
    }

    /// <summary>Lets the time of the timer come, which has to be set.</summary>
    internal void Fire()
    {
        Assert.NotNull(Due);
        Due = null;
        _callback!(_state);
    }

    public void Dispose() => Due = null;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
