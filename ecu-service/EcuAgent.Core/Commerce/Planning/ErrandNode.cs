namespace EcuAgent.Core.Commerce.Planning;

/// <summary>A candidate as the search sees it.</summary>
/// <param name="Node">Its node in the graph; means nothing for an errand at the destination.</param>
/// <param name="Errand">Index of its errand.</param>
/// <param name="Candidate">The candidate.</param>
/// <param name="Times">When it can be used.</param>
internal sealed record ErrandNode(int Node, int Errand, ErrandCandidate Candidate, CandidateTimes Times);
