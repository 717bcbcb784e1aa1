namespace EcuAgent.Core.Commerce.Planning;

/// <summary>The way from one place to another by road.</summary>
/// <param name="DistanceM">Metres; finite, 0 or more.</param>
/// <param name="Duration">Driving time, 0 or more.</param>
public readonly record struct Travel(double DistanceM, TimeSpan Duration);
