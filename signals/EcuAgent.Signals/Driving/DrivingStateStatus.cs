namespace EcuAgent.Signals;

/// <summary>The driving state at one instant.</summary>
/// <param name="State">The state.</param>
/// <param name="Reasons">Why.</param>
/// <param name="EvidenceTimeUnixNanoseconds">Source time of the newest driving input (speed, gear, brake) taken; 0 when none was.</param>
/// <param name="TransitionCount">Changes of the state so far; tells a change apart that came and went.</param>
/// <param name="InState">How long the state has held.</param>
public readonly record struct DrivingStateStatus(
    DrivingState State, DrivingReasons Reasons, long EvidenceTimeUnixNanoseconds, long TransitionCount, TimeSpan InState);
