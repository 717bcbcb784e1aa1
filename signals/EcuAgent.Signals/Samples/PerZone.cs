namespace EcuAgent.Signals;

/// <summary>One value for each of the four seat zones, in the order of the wire contract.</summary>
/// <param name="Driver">Index 0.</param>
/// <param name="Passenger">Index 1.</param>
/// <param name="RearLeft">Index 2.</param>
/// <param name="RearRight">Index 3.</param>
/// <typeparam name="T">The value.</typeparam>
public readonly record struct PerZone<T>(T Driver, T Passenger, T RearLeft, T RearRight)
{
    /// <summary>Number of zones.</summary>
    public const int Count = 4;

    /// <summary>The value of one seat; false for a zone that is not a single seat.</summary>
    public bool TryGet(CabinZone zone, out T value)
    {
        value = zone switch
        {
            CabinZone.Passenger => Passenger,
            CabinZone.RearLeft => RearLeft,
            CabinZone.RearRight => RearRight,
            _ => Driver,
        };
        return zone is CabinZone.Driver or CabinZone.Passenger or CabinZone.RearLeft or CabinZone.RearRight;
    }
}
