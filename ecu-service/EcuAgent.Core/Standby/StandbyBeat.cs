namespace EcuAgent.Core.Standby;

/// <summary>A sign of life of the other service, as its heartbeat says it.</summary>
/// <param name="InstanceId">One per start of the process.</param>
/// <param name="Number">Its number among those of this instance; the next one has a greater one, around the end of its range too.</param>
/// <param name="State">What it does.</param>
/// <param name="Strength">Its strength.</param>
/// <param name="IsWell">Whether it works without losses.</param>
public readonly record struct StandbyBeat(string InstanceId, uint Number, StandbyState State, int Strength, bool IsWell);
