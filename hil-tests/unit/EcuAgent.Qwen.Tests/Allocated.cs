namespace EcuAgent.Qwen.Tests;

/// <summary>
/// What a piece of work allocates on its thread. The runtime counts the rest of a thread's allocation block, up to 8 KiB, as allocated when a
/// collection that another test causes comes in between, and makes some things once and late; so the least of some rounds counts.
/// </summary>
internal static class Allocated
{
    internal const int Rounds = 3;

    /// <summary>Bytes of the round that took least.</summary>
    internal static long Least(Action round)
    {
        var least = long.MaxValue;
        for (var i = 0; i < Rounds; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            round();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
