namespace EcuAgent.CycloneDds;

/// <summary>LIVELINESS_LOST or SAMPLE_LOST: a plain counter.</summary>
/// <param name="TotalCount">So far.</param>
/// <param name="TotalCountChange">Since the last report.</param>
public readonly record struct DdsCount(uint TotalCount, int TotalCountChange);
