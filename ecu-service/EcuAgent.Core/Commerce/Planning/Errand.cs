namespace EcuAgent.Core.Commerce.Planning;

/// <summary>Something to be done on the trip: once, at one of the candidates.</summary>
/// <param name="Id">Id, once only within the trip.</param>
/// <param name="Candidates">Where it can be done.</param>
/// <param name="Place">On the way or at the destination.</param>
public sealed record Errand(string Id, IReadOnlyList<ErrandCandidate> Candidates, ErrandPlace Place = ErrandPlace.Stop);
