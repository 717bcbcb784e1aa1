namespace EcuAgent.CycloneDds;

/// <summary>REQUESTED_DEADLINE_MISSED or OFFERED_DEADLINE_MISSED.</summary>
/// <param name="TotalCount">Missed deadlines so far.</param>
/// <param name="TotalCountChange">Since the last report.</param>
/// <param name="InstanceHandle">The instance that was not renewed in time.</param>
public readonly record struct DdsDeadlineMissed(uint TotalCount, int TotalCountChange, ulong InstanceHandle);
