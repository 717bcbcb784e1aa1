namespace EcuAgent.Core.Commerce.Planning;

/// <summary>A plan or a refusal, never both.</summary>
/// <param name="Plan">The plan; null when refused.</param>
/// <param name="Refusal">The refusal; null when there is a plan.</param>
public sealed record ErrandPlanResult(ErrandPlan? Plan, ErrandRefusal? Refusal);
