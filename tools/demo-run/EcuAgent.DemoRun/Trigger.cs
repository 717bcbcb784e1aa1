using V1 = EcuAgent.Idl.V1;

namespace EcuAgent.DemoRun;

/// <summary>When an occupant speaks.</summary>
internal sealed record Trigger(string Text, Func<Observation, bool> Holds)
{

    public static Trigger Anytime { get; } = new("at once", _ => true);

    public static Trigger Parked { get; } = new("while Parked", o => o.State == V1.DrivingState.Parked);

    public static Trigger Idling { get; } = new("while Idling", o => o.State == V1.DrivingState.Idling);

    public static Trigger Moving { get; } = new("while Moving", o => o.State == V1.DrivingState.Moving && o.SpeedMetersPerSecond is not null);

    /// <summary>Well under way, so that the state is still Moving when the gate looks.</summary>
    public static Trigger Faster(int kilometersPerHour) => new(
        $"while Moving at more than {kilometersPerHour} km/h",
        o => o.State == V1.DrivingState.Moving && o.SpeedMetersPerSecond > kilometersPerHour / 3.6);
}
