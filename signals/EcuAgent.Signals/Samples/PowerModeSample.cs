namespace EcuAgent.Signals;

/// <summary>VSS <c>Vehicle.LowVoltageSystemState</c>.</summary>
/// <param name="Envelope">Sender, times, counter.</param>
/// <param name="Mode">The supply mode. Unknown is judged like an invalid value.</param>
public readonly record struct PowerModeSample(SampleEnvelope Envelope, PowerModeKind Mode);
