using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>A stop of a plan that was put on the route.</summary>
/// <param name="Position">Where it is.</param>
/// <param name="Takes">How long it takes there.</param>
/// <param name="Detour">Driving time that it adds.</param>
/// <param name="DetourM">Way that it adds, metres.</param>
/// <param name="StopsThen">How many stops the route has once the navigation has this one.</param>
internal sealed record AddedStop(GeoPoint Position, TimeSpan Takes, TimeSpan Detour, double DetourM, int StopsThen);
