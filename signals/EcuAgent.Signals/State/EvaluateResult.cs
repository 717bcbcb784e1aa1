namespace EcuAgent.Signals;

/// <summary>What time, or a lost source, did.</summary>
/// <param name="DrivingStateChanged">The driving state changed at least once since the last call.</param>
/// <param name="ReasonsChanged">The reasons differ from those after the last call.</param>
/// <param name="Status">The driving state now.</param>
/// <param name="NextDeadline">Call <see cref="VehicleState.Evaluate"/> again after this time; null when only a sample can change anything.</param>
public readonly record struct EvaluateResult(
    bool DrivingStateChanged, bool ReasonsChanged, DrivingStateStatus Status, TimeSpan? NextDeadline);
