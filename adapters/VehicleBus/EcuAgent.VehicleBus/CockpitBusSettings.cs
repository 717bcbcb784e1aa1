namespace EcuAgent.VehicleBus;

/// <summary>Who this service is on its buses.</summary>
/// <param name="Source">Name of this ECU, the key of all that it writes; 1 to 32 bytes of UTF-8.</param>
/// <param name="InstanceId">GUID of this start of the service, published with its health.</param>
/// <param name="IsOfPair">Whether it is one of a hot-standby pair.</param>
/// <param name="MayAct">Whether it may write anything but its heartbeat at this instant; null: always.</param>
public sealed record CockpitBusSettings(string Source, string InstanceId, bool IsOfPair = false, Func<bool>? MayAct = null);
