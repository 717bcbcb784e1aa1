namespace EcuAgent.Signals;

/// <summary>What is left to drive on. NaN where the vehicle does not have the store.</summary>
/// <param name="Envelope">Sender, times, counter.</param>
/// <param name="StateOfChargePercent">0 .. 100, or NaN.</param>
/// <param name="FuelLevelPercent">0 .. 100, or NaN.</param>
/// <param name="RangeMeters">0 or more, or NaN.</param>
public readonly record struct EnergySample(
    SampleEnvelope Envelope, double StateOfChargePercent, double FuelLevelPercent, double RangeMeters);
