namespace EcuAgent.Signals;

/// <summary>What one sample did.</summary>
/// <param name="Verdict">What became of the sample.</param>
/// <param name="DrivingStateChanged">The driving state changed at least once, by this sample or by time since the last call.</param>
/// <param name="ReasonsChanged">The reasons differ from those after the last call.</param>
/// <param name="Status">The driving state now.</param>
public readonly record struct ApplyResult(
    SampleVerdict Verdict, bool DrivingStateChanged, bool ReasonsChanged, DrivingStateStatus Status);
