namespace EcuAgent.Signals;

/// <summary>VSS <c>Vehicle.Speed</c>, there in km/h.</summary>
/// <param name="Envelope">Sender, times, counter.</param>
/// <param name="SpeedMetersPerSecond">m/s, negative backwards, -100 .. 150.</param>
public readonly record struct SpeedSample(SampleEnvelope Envelope, double SpeedMetersPerSecond);
