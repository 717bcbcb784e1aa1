using EcuAgent.Signals;

namespace EcuAgent.ToolBus;

/// <summary>Where a replay stands, and the last values that it sent.</summary>
/// <param name="Position">Time in the drive.</param>
/// <param name="Duration">Length of the drive.</param>
/// <param name="EventsPlayed">Events sent so far.</param>
/// <param name="EventsTotal">Events of the drive.</param>
/// <param name="SpeedMetersPerSecond">Null before the first.</param>
/// <param name="Gear">Null before the first.</param>
/// <param name="ParkingBrakeEngaged">Null before the first.</param>
/// <param name="LargestLag">How far the replay ever fell behind its schedule, in real time.</param>
public readonly record struct ReplayProgress(
    TimeSpan Position,
    TimeSpan Duration,
    int EventsPlayed,
    int EventsTotal,
    double? SpeedMetersPerSecond,
    GearPosition? Gear,
    bool? ParkingBrakeEngaged,
    TimeSpan LargestLag);
