namespace EcuAgent.Signals.Tests;

/// <summary>Time that the test moves. UTC can be stepped apart from the monotonic axis, as a clock set anew does.</summary>
internal sealed class TestClock : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 0, 0, TimeSpan.Zero);

    public TimeSpan Elapsed { get; private set; }

    public TimeSpan UtcStep { get; set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public long UtcNanoseconds => Units.ToUnixNanoseconds(GetUtcNow());

    public override long GetTimestamp() => TimeSpan.TicksPerDay + Elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => Start + Elapsed + UtcStep;

    public void Advance(TimeSpan by) => Elapsed += by;

    public void AdvanceMs(int milliseconds) => Advance(TimeSpan.FromMilliseconds(milliseconds));
}
