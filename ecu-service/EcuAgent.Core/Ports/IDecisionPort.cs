namespace EcuAgent.Core.Ports;

/// <summary>
/// Publishes every decision to other ECUs; the agent has written it to the audit before. Called in the order of the decisions; an
/// exception is counted and logged, the turn goes on.
/// </summary>
public interface IDecisionPort
{
    /// <summary>Publishes one decision.</summary>
    ValueTask PublishAsync(DecisionRecord decision, CancellationToken cancellationToken);
}
