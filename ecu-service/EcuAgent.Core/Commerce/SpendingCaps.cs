namespace EcuAgent.Core.Commerce;

/// <summary>
/// What may be spent, whatever the driving state: per order, per trip and per day, in minor units by ISO 4217 currency. A currency that is not
/// listed in all three is refused. The policy's commit limits apply beside these while the car is not parked.
/// </summary>
/// <param name="PerOrder">Cap for one order.</param>
/// <param name="PerTrip">Cap for all orders since the trip began; where that was never noted, for the last 24 hours.</param>
/// <param name="PerDay">Cap for all orders of the last 24 hours.</param>
public sealed record SpendingCaps(
    IReadOnlyDictionary<string, long> PerOrder, IReadOnlyDictionary<string, long> PerTrip, IReadOnlyDictionary<string, long> PerDay)
{
    /// <summary>A dinner for several or two hotel nights; to be set by whoever knows the market. New each time: settings are bound into it.</summary>
    public static SpendingCaps Default => new(
        Amounts(eur: 300, usd: 300, gbp: 250, cny: 2000),
        Amounts(eur: 500, usd: 500, gbp: 400, cny: 3500),
        Amounts(eur: 800, usd: 800, gbp: 650, cny: 6000));

    private static Dictionary<string, long> Amounts(long eur, long usd, long gbp, long cny) => new(StringComparer.Ordinal)
    {
        ["EUR"] = eur * 100,
        ["USD"] = usd * 100,
        ["GBP"] = gbp * 100,
        ["CNY"] = cny * 100,
    };
}
