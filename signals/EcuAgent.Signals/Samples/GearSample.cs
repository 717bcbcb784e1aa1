namespace EcuAgent.Signals;

/// <summary>The selected gear.</summary>
/// <param name="Envelope">Sender, times, counter.</param>
/// <param name="Position">The gear. Unknown is judged like an invalid value.</param>
public readonly record struct GearSample(SampleEnvelope Envelope, GearPosition Position);
