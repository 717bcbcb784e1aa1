namespace EcuAgent.Signals;

/// <summary>VSS <c>Vehicle.Chassis.ParkingBrake.IsEngaged</c>.</summary>
/// <param name="Envelope">Sender, times, counter.</param>
/// <param name="Engaged">True when the brake holds.</param>
public readonly record struct ParkingBrakeSample(SampleEnvelope Envelope, bool Engaged);
