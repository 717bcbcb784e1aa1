using EcuAgent.Core.Gate;
using EcuAgent.Core.Ports;

namespace EcuAgent.Core.Commerce.Ranking;

/// <summary>What was wished, and what is known of the person and the car. Everything may be left out.</summary>
public sealed record RankingContext
{
    /// <summary>What for; a merchant that does not serve it is left out. Null for anything.</summary>
    public MerchantNeed? Need { get; init; }

    /// <summary>Where the car is; null, NaN or out of range when not known.</summary>
    public GeoPoint? Car { get; init; }

    /// <summary>Where the trip goes, or where the order is brought to; null, NaN or out of range when not known.</summary>
    public GeoPoint? Destination { get; init; }

    /// <summary>What near means: to the car, to the destination, or on the way. Without a destination always to the car.</summary>
    public PlaceNear Near { get; init; }

    /// <summary>A place that was named, such as a town: near means near this one then. Null, NaN or out of range when none was.</summary>
    public GeoPoint? Around { get; init; }

    /// <summary>
    /// How far a merchant may be from the place that was named, or from the destination where that is what near means; straight line, metres, 1 or
    /// more; null for any. A condition: what is further is not what was asked for. A merchant without a position keeps it.
    /// </summary>
    public int? WithinM { get; init; }

    /// <summary>The day that was said, in the merchant's time zone; null for none. A condition where the opening hours are known.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>How the order comes; for digital goods and shipping no distance counts.</summary>
    public DeliveryKind Delivery { get; init; }

    /// <summary>What was asked for, in the words of the person; empty for anything. A wish that counts, not a condition.</summary>
    public string Text { get; init; } = "";

    /// <summary>The merchant that was named, as spoken; null for any. A condition.</summary>
    public string? NamedMerchant { get; init; }

    /// <summary>Diets that all have to be kept; empty for any. A condition: an offer that does not tell one of them is left out.</summary>
    public IReadOnlyList<DietWish> Diets { get; init; } = [];

    /// <summary>
    /// Most that one may cost by list price, in minor units by ISO 4217 currency; empty for no limit. A condition: an offer without a price or in
    /// a currency that is not listed is left out, as nobody can say that it keeps to it. What the person named is not, unless something within the
    /// budget fits the words as well.
    /// </summary>
    public IReadOnlyDictionary<string, long> Budgets { get; init; } = new Dictionary<string, long>();

    /// <summary>False where <see cref="Budgets"/> is told as a reason and leaves nothing out.</summary>
    public bool HoldsToBudget { get; init; } = true;

    /// <summary>Currency whose offers are told first; ISO 4217, null when the person has none.</summary>
    public string? Currency { get; init; }

    /// <summary>Ids of merchants that the person bought from before.</summary>
    public IReadOnlySet<string> UsedMerchants { get; init; } = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>True only when the person allowed that paid places move offers up. They are labelled either way.</summary>
    public bool SponsoredMayRankHigher { get; init; }

    /// <summary>Checks what a caller can get wrong.</summary>
    /// <exception cref="ArgumentException">A value is malformed; it is named with its value.</exception>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(WithinM ?? 1, 1, nameof(WithinM));
        foreach (var (currency, most) in Budgets)
        {
            if (!new Money(most, currency).IsKnown)
            {
                throw new ArgumentException(FormattableString.Invariant($"{nameof(Budgets)} {most} '{currency}' is no amount."));
            }
        }

        if (Currency is not null && !Money.IsCurrencyCode(Currency))
        {
            throw new ArgumentException($"{nameof(Currency)} '{Currency}' must be three upper-case letters.");
        }

        if (Diets.FirstOrDefault(diet => diet.Name.Length is 0 or > 32 || diet.Name.Any(letter => letter != '_' && !char.IsAsciiLetterLower(letter))) is { } bad)
        {
            throw new ArgumentException($"{nameof(Diets)} '{bad.Name}' must be lower-case letters and underscores, 1 to 32.");
        }
    }
}
