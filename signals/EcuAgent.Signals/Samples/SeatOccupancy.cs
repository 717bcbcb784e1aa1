namespace EcuAgent.Signals;

/// <summary>One seat as the camera sees it.</summary>
/// <param name="Zone">Which seat.</param>
/// <param name="Occupied">Somebody sits there.</param>
/// <param name="Belted">The belt is fastened.</param>
/// <param name="Child">It is a child.</param>
public readonly record struct SeatOccupancy(CabinZone Zone, bool Occupied, bool Belted, bool Child);
