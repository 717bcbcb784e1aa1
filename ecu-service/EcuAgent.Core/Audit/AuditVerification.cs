namespace EcuAgent.Core.Audit;

/// <summary>What checking the audit gave.</summary>
/// <param name="Ok">True when nothing is wrong.</param>
/// <param name="Records">How many records are good, up to the first bad one in each file.</param>
/// <param name="File">File of the first fault, or the last file checked; null when there is none.</param>
/// <param name="FirstBadLine">Line of the first fault, from 1; null when there is none.</param>
/// <param name="Problem">What differs; null when nothing.</param>
/// <param name="TailConfirmed">True when a head note confirms that no records were cut off at the end.</param>
public sealed record AuditVerification(
    bool Ok, long Records, string? File, long? FirstBadLine, string? Problem, bool TailConfirmed);
