namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>An offer that is not suggested.</summary>
/// <param name="Candidate">The offer.</param>
/// <param name="Reason">Code of the first condition that it breaks, see <see cref="LeftOutReasons"/>.</param>
public sealed record LeftOutOffer(OfferCandidate Candidate, string Reason);
