using EcuAgent.Core.Commerce.Planning;
using EcuAgent.Core.Commerce.Ranking;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Agent.Errands;

/// <summary>One way to do an errand.</summary>
/// <param name="Candidate">As the planner sees it.</param>
/// <param name="Name">As it is spoken.</param>
/// <param name="Offer">What is bought there; null where nothing is.</param>
/// <param name="Place">The place on the map; null for a merchant.</param>
internal sealed record ErrandOption(ErrandCandidate Candidate, string Name, RankedOffer? Offer = null, Place? Place = null);
