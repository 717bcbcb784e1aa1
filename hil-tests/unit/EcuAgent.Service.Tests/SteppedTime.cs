using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace EcuAgent.Service.Tests;

/// <summary>A clock that tells when somebody begins to wait, so that a test moves it neither too early nor too far.</summary>
/// <remarks>Of those who wait again and again, such as periodic timers, it tells nothing.</remarks>
internal sealed class SteppedTime : FakeTimeProvider
{
    private readonly Channel<TimeSpan> _waits = Channel.CreateUnbounded<TimeSpan>();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (period == Timeout.InfiniteTimeSpan)
        {
            _waits.Writer.TryWrite(dueTime);
        }

        return timer;
    }

    /// <summary>How long the next one waits that begins to.</summary>
    public async Task<TimeSpan> NextWaitAsync() => await _waits.Reader.ReadAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));

    /// <summary>Lets the time of the next wait pass.</summary>
    public async Task<TimeSpan> PassAsync()
    {
        var wait = await NextWaitAsync();
        Advance(wait);
        return wait;
    }
}
