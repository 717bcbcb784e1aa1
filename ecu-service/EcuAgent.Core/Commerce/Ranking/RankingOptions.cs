namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>
/// Weights of a ranking, in points. Each is what the best possible value of that property adds; the defaults sum up to 1000. What is not known
/// adds nothing, so that no merchant gains by keeping something back.
/// </summary>
public sealed record RankingOptions
{
    private const int HighestWeight = 1000;

    /// <summary>
    /// The title holds everything that was asked for. The greatest weight, because the wrong dish is not made good by a short way or a low price:
    /// only both of them near their extremes outweigh it.
    /// </summary>
    /// <value>0 .. 1000; default 350.</value>
    public int TextPoints { get; init; } = 350;

    /// <summary>
    /// No distance at all; falls to half at <see cref="HalfDistanceM"/>. As much as the price: neither may decide alone when the other speaks
    /// clearly against it.
    /// </summary>
    /// <value>0 .. 1000; default 200.</value>
    public int DistancePoints { get; init; } = 200;

    /// <summary>Costs nothing; half of it at the middle price of what is compared. See <see cref="DistancePoints"/>.</summary>
    /// <value>0 .. 1000; default 200.</value>
    public int PricePoints { get; init; } = 200;

    /// <summary>A rating of 5. Half of the price: ratings come from elsewhere and can be bought.</summary>
    /// <value>0 .. 1000; default 100.</value>
    public int RatingPoints { get; init; } = 100;

    /// <summary>Bought there before. As much as the whole range of ratings, but a clearly cheaper or nearer newcomer still comes first.</summary>
    /// <value>0 .. 1000; default 100.</value>
    public int UsedBeforePoints { get; init; } = 100;

    /// <summary>Open for <see cref="ComfortableMargin"/> or longer after the arrival. Least, as being closed already leaves an offer out.</summary>
    /// <value>0 .. 1000; default 50.</value>
    public int OpenPoints { get; init; } = 50;

    /// <summary>Sponsored, and only where the person allowed that this counts; else 0 whatever stands here.</summary>
    /// <value>0 .. 1000; default 100.</value>
    public int SponsoredPoints { get; init; } = 100;

    /// <summary>The distance, or extra way, that halves <see cref="DistancePoints"/>: about five minutes in a town.</summary>
    /// <value>100 .. 100000 m; default 3000 m.</value>
    public int HalfDistanceM { get; init; } = 3000;

    /// <summary>Time before closing from which on nobody has to hurry.</summary>
    /// <value>1 min .. 4 h; default 30 min.</value>
    public TimeSpan ComfortableMargin { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Checks every range; <see cref="OfferRanking"/> does so as well.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range; it is named with its value.</exception>
    /// <exception cref="ArgumentException">Nothing but sponsorship would count.</exception>
    public void Validate()
    {
        Check(nameof(TextPoints), TextPoints, 0, HighestWeight);
        Check(nameof(DistancePoints), DistancePoints, 0, HighestWeight);
        Check(nameof(PricePoints), PricePoints, 0, HighestWeight);
        Check(nameof(RatingPoints), RatingPoints, 0, HighestWeight);
        Check(nameof(UsedBeforePoints), UsedBeforePoints, 0, HighestWeight);
        Check(nameof(OpenPoints), OpenPoints, 0, HighestWeight);
        Check(nameof(SponsoredPoints), SponsoredPoints, 0, HighestWeight);
        Check(nameof(HalfDistanceM), HalfDistanceM, 100, 100_000);
        if (ComfortableMargin < TimeSpan.FromMinutes(1) || ComfortableMargin > TimeSpan.FromHours(4))
        {
            throw new ArgumentOutOfRangeException(
                nameof(ComfortableMargin), ComfortableMargin, $"{nameof(ComfortableMargin)} must be within 1 minute to 4 hours.");
        }

        if (TextPoints + DistancePoints + PricePoints + RatingPoints + UsedBeforePoints + OpenPoints == 0)
        {
            throw new ArgumentException("One of the weights besides SponsoredPoints must be above 0.");
        }
    }

    private static void Check(string name, int value, int lowest, int highest)
    {
        if (value < lowest || value > highest)
        {
            throw new ArgumentOutOfRangeException(name, value, FormattableString.Invariant($"{name} must be within {lowest} to {highest}."));
        }
    }
}
