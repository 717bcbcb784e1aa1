namespace EcuAgent.CycloneDds;

/// <summary>REQUESTED_INCOMPATIBLE_QOS or OFFERED_INCOMPATIBLE_QOS: a peer was refused because of a policy.</summary>
/// <param name="Policy">The policy as DDS names it, for example <c>DURABILITY</c>.</param>
/// <param name="TotalCount">Refused peers so far.</param>
/// <param name="TotalCountChange">Since the last report.</param>
public readonly record struct DdsIncompatibleQos(string Policy, uint TotalCount, int TotalCountChange);
