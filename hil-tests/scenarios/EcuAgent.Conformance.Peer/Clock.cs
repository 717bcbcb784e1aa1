using EcuAgent.Signals;

namespace EcuAgent.Conformance.Peer;

public static class Clock
{
    private static long s_last;

    /// <summary>UTC in ns since 1970, never twice the same: a receiver takes two samples with one source time for a repetition.</summary>
    public static long NowNs()
    {
        while (true)
        {
            var last = Interlocked.Read(ref s_last);
            var next = Math.Max(Units.ToUnixNanoseconds(DateTimeOffset.UtcNow), last + 1);
            if (Interlocked.CompareExchange(ref s_last, next, last) == last)
            {
                return next;
            }
        }
    }
}
