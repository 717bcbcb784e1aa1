namespace EcuAgent.VehicleBus;

/// <summary>What another service of this kind says of itself in its heartbeat.</summary>
/// <param name="InstanceId">One per start of the process.</param>
/// <param name="StartedAt">When it joined, by its own clock.</param>
/// <param name="State">Starting, ok, degraded or stopping.</param>
/// <param name="Reasons">Reason codes, comma separated.</param>
public sealed record OtherService(string InstanceId, uint Number, DateTimeOffset StartedAt, ServiceHealth State, string Reasons);
