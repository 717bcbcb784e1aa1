namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>
/// Lets through no more than so many in a second, of which the timers of senders may take off <see cref="Jitter"/>: one that sends at exactly this rate is
/// at times a little early, and must not lose a sample over it. Not thread-safe; allocates nothing.
/// </summary>
internal sealed class RateLimit(int perSecond, TimeProvider time)
{
    internal static readonly TimeSpan Jitter = TimeSpan.FromMilliseconds(20);

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1) - Jitter;

    private readonly long[] _at = new long[perSecond];
    private int _count;
    private int _next;

    public bool TryEnter()
    {
        var now = time.GetTimestamp();
        if (_count == _at.Length && time.GetElapsedTime(_at[_next], now) < Window)
        {
            return false;
        }

        _at[_next] = now;
        _next = (_next + 1) % _at.Length;
        _count = Math.Min(_count + 1, _at.Length);
        return true;
    }
}
