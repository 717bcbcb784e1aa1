namespace EcuAgent.CycloneDds;

/// <summary>SAMPLE_REJECTED: the reader's resource limits left no room. A reliable sample stays with the writer and comes again.</summary>
/// <param name="Reason">Which limit.</param>
/// <param name="TotalCount">Rejections so far; a reliable sample may be rejected several times.</param>
/// <param name="TotalCountChange">Since the last report.</param>
/// <param name="InstanceHandle">The instance.</param>
public readonly record struct DdsSampleRejected(DdsRejectedReason Reason, uint TotalCount, int TotalCountChange, ulong InstanceHandle);
