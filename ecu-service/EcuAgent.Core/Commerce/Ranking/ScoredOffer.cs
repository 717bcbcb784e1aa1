namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>An offer with everything that decides about its place. Whole numbers only, so that no rounding decides.</summary>
internal sealed record ScoredOffer
{
    public required OfferCandidate Candidate { get; init; }

    public required IReadOnlyList<WhyReason> Reasons { get; init; }

    /// <summary>Null when there is no price.</summary>
    public string? Currency { get; init; }

    /// <summary><see cref="long.MaxValue"/> when there is no price.</summary>
    public long PriceMinorUnits { get; init; } = long.MaxValue;

    /// <summary><see cref="long.MaxValue"/> when not known or not counted.</summary>
    public long DistanceM { get; init; } = long.MaxValue;

    /// <summary>Thousandths; -1 when not known.</summary>
    public long RatingThousandths { get; init; } = -1;

    public bool IsSponsored => Candidate.Offer.IsSponsored || Candidate.Merchant.IsSponsored;

    public int Score => Reasons.Sum(reason => reason.Points);
}
