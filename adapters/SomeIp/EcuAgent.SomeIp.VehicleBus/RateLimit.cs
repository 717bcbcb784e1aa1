namespace EcuAgent.SomeIp.VehicleBus;

/// <summary>Lets through no more than so many in any second. Not thread-safe; allocates nothing.</summary>
internal sealed class RateLimit(int perSecond, TimeProvider time)
{
    private readonly long[] _at = new long[perSecond];
    private int _count;
    private int _next;

    public bool TryEnter()
    {
        var now = time.GetTimestamp();
        if (_count == _at.Length && time.GetElapsedTime(_at[_next], now) < TimeSpan.FromSeconds(1))
        {
            return false;
        }

        _at[_next] = now;
        _next = (_next + 1) % _at.Length;
        _count = Math.Min(_count + 1, _at.Length);
        return true;
    }
}
