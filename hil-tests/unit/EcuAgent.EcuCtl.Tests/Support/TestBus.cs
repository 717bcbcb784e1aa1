using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Tests.Support;

/// <summary>A domain per test, so that tests of one process, and of two test runs at once, do not hear each other.</summary>
internal sealed class TestBus : IDisposable
{
    /// <summary>Longer than any test should take; only a test that hangs meets it.</summary>
    public static readonly TimeSpan Watchdog = TimeSpan.FromSeconds(120);

    private static int s_next = Environment.ProcessId * 31;

    public int Domain { get; } = 1 + (int)((uint)Interlocked.Increment(ref s_next) % 200);

    public VehicleParticipant Participant => field ??= ToolParticipant.Join(Domain, name: "test");

    public CancellationTokenSource Limit { get; } = new(Watchdog);

    public CancellationToken Token => Limit.Token;

    public void Dispose()
    {
        Participant.Dispose();
        Limit.Dispose();
    }
}
