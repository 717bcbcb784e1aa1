namespace EcuAgent.Signals;

/// <summary>What became of new options.</summary>
public enum OptionsSwap
{
    /// <summary>They hold from now on.</summary>
    Swapped = 0,

    /// <summary>Refused: limits never change in a drive. The old ones hold.</summary>
    NotParked = 1,

    /// <summary>Refused: <see cref="VehicleStateOptions.Validate"/> names the faults. The old ones hold.</summary>
    Invalid = 2,
}
