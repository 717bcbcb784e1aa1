namespace EcuAgent.Core.Commerce.Planning;

/// <summary>Why there is no plan with all the errands.</summary>
/// <param name="Reason">Code of <see cref="ErrandReasons"/>.</param>
/// <param name="ErrandId">
/// The errand that it fails at: what could not be done even after as much of the rest as possible. Null when it is the trip itself.
/// </param>
/// <param name="LeftOut">The fewest errands without which there is a plan, by id; empty when <paramref name="Instead"/> is null.</param>
/// <param name="Instead">The best plan without those; null when the trip cannot even be driven alone, or was not looked into.</param>
public sealed record ErrandRefusal(string Reason, string? ErrandId, IReadOnlyList<string> LeftOut, ErrandPlan? Instead);
