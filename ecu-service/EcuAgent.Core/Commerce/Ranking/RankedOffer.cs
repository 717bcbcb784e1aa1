namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>An offer in its place.</summary>
/// <param name="Candidate">The offer.</param>
/// <param name="Rank">1 for the first of all.</param>
/// <param name="Score">Sum of the points of <paramref name="Reasons"/>.</param>
/// <param name="IsSponsored">True when the offer or its merchant is; has to be told.</param>
/// <param name="Reasons">Why it stands there, most points first.</param>
public sealed record RankedOffer(OfferCandidate Candidate, int Rank, int Score, bool IsSponsored, IReadOnlyList<WhyReason> Reasons)
{
    /// <summary>What speaks for it most; null when nothing is known that speaks for it. Never sponsorship.</summary>
    public WhyReason? Strongest => Reasons.FirstOrDefault(reason => reason.Points > 0 && reason.Code != WhyCodes.Sponsored);

    /// <summary>For <see cref="PurchaseRecord.Why"/>.</summary>
    public IReadOnlyList<string> Why => [.. Reasons.Select(reason => reason.ToString())];

    /// <summary>For people: each reason with its points, as <c>distance_m=1200 (+142)</c>.</summary>
    public IReadOnlyList<string> Explanation =>
        [.. Reasons.Select(reason => reason.Points > 0 ? FormattableString.Invariant($"{reason} (+{reason.Points})") : reason.ToString())];
}
