namespace EcuAgent.Signals;

/// <summary>
/// What the car is doing, as far as fresh evidence shows. Numbers equal <c>ecu::v1::DrivingState</c>; the order of
/// strictness is another one, see <see cref="DrivingStateOrder"/>.
/// </summary>
public enum DrivingState
{
    /// <summary>Evidence is missing, too old, invalid or doubtful. The strictest state, and the default.</summary>
    Unknown = 0,

    /// <summary>Standing, and held: gear in Park, or parking brake on in a car without a Park position.</summary>
    Parked = 1,

    /// <summary>Standing, but ready to drive.</summary>
    Idling = 2,

    /// <summary>At or above the standstill limit, forwards or backwards.</summary>
    Moving = 3,
}
