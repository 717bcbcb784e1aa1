namespace EcuAgent.Scenarios.Tests.Rig;

/// <summary>A DDS domain per rig, so that rigs of one run, and two runs at once, do not hear each other.</summary>
internal static class Domains
{
    /// <summary>Longer than any wait should take on a busy machine; only a test that hangs meets it.</summary>
    public static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(60);

    private const int First = 100;
    private const int Count = 101;

    private static int s_next = Environment.ProcessId * 17;

    public static int Next() => First + (int)((uint)Interlocked.Increment(ref s_next) % Count);
}
