using EcuAgent.Signals;

namespace EcuAgent.Core.Gate;

/// <summary>The order of strictness among driving states: Parked, Idling, Moving, Unknown.</summary>
public static class DrivingStates
{
    /// <summary>Number of states, and of columns of a policy's table.</summary>
    internal const int Count = 4;

    /// <summary>0 (parked, loosest) .. 3 (unknown, strictest). Undefined values rank as unknown.</summary>
    public static int Strictness(this DrivingState state) => state switch
    {
        DrivingState.Parked => 0,
        DrivingState.Idling => 1,
        DrivingState.Moving => 2,
        _ => 3,
    };

    /// <summary>The defined state that <paramref name="state"/> is judged as: undefined values become unknown.</summary>
    public static DrivingState Known(this DrivingState state) =>
        state is DrivingState.Parked or DrivingState.Idling or DrivingState.Moving ? state : DrivingState.Unknown;

    /// <summary>True when <paramref name="now"/> is stricter than <paramref name="before"/>.</summary>
    public static bool IsTightening(DrivingState before, DrivingState now) => now.Strictness() > before.Strictness();
}
