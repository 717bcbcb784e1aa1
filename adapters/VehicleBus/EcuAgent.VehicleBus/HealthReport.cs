namespace EcuAgent.VehicleBus;

/// <summary>What the service says of itself in its heartbeat.</summary>
/// <param name="State">Starting, ok, degraded or stopping.</param>
/// <param name="DegradedReasons">Reason codes; cut at 256 bytes on the wire.</param>
/// <param name="UtterancesReceived">Since the start.</param>
/// <param name="UtterancesDropped">Refused because the queue was full.</param>
/// <param name="CommandsSent">Since the start.</param>
/// <param name="CommandsFailed">Rejected, failed or expired.</param>
public readonly record struct HealthReport(
    ServiceHealth State,
    IReadOnlyList<string> DegradedReasons,
    long UtterancesReceived,
    long UtterancesDropped,
    long CommandsSent,
    long CommandsFailed);
