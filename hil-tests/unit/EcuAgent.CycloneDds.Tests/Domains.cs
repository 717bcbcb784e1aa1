namespace EcuAgent.CycloneDds.Tests;

/// <summary>A domain per test, so that tests of one process, and of two test runs at once, do not hear each other.</summary>
internal static class Domains
{
    /// <summary>Longer than any test should take; only a test that hangs meets it.</summary>
    internal static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(30);

    private static int s_next = Environment.ProcessId * 31;

    internal static DdsParticipantOptions NextOptions() => new() { DomainId = 1 + ((uint)Interlocked.Increment(ref s_next) % 200), Name = "test" };

    internal static DdsParticipant NextParticipant() => DdsParticipant.Create(NextOptions());
}
