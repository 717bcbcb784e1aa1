namespace EcuAgent.Signals;

/// <summary>
/// The order of strictness: Parked &lt; Idling &lt; Moving &lt; Unknown. A change to a stricter state (tightening) needs no
/// waiting; a change to a looser one does. Values outside the enumeration rank as Unknown.
/// </summary>
public static class DrivingStateOrder
{
    /// <summary>True when <paramref name="state"/> is stricter than <paramref name="other"/>.</summary>
    public static bool IsStricter(DrivingState state, DrivingState other) => Rank(state) > Rank(other);

    /// <summary>The stricter of two states.</summary>
    public static DrivingState Strictest(DrivingState first, DrivingState second) => IsStricter(second, first) ? second : first;

    private static int Rank(DrivingState state) => state switch
    {
        DrivingState.Parked => 0,
        DrivingState.Idling => 1,
        DrivingState.Moving => 2,
        _ => 3,
    };
}
