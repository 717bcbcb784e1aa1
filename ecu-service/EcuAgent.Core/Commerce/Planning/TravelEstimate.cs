using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Planning;

/// <summary>
/// Tells the way between two places, whatever the hour; null when there is none. A distance that is not finite or a negative figure counts as
/// none. Asked once for each ordered pair. The ways need not be symmetric, nor the direct one the shortest.
/// </summary>
public delegate Travel? TravelEstimate(GeoPoint from, GeoPoint to);
