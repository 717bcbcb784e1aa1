using EcuAgent.Core.Agent;
using EcuAgent.Eval.Sets;

namespace EcuAgent.Eval.Scoring;

/// <summary>What the planner made of one utterance.</summary>
/// <param name="Item">The utterance.</param>
/// <param name="Status">How it ended.</param>
/// <param name="Calls">Proposed calls with their check, in order.</param>
/// <param name="DroppedCalls">Calls above the catalogue's limit, which the agent does not look at.</param>
/// <param name="Duration">From the request to the checked calls; null where the model gave no answer.</param>
/// <param name="Error">Why it failed, or null.</param>
internal sealed record ItemOutcome(EvalItem Item, ItemStatus Status, IReadOnlyList<PlannedCall> Calls, int DroppedCalls, TimeSpan? Duration, string? Error);
