namespace EcuAgent.Eval.Scoring;

/// <summary>Shares with four decimals.</summary>
internal static class Shares
{
    private const int Decimals = 4;

    // Normal quantile of a two-sided 95 % interval.
    private const double Quantile = 1.959963984540054;

    /// <summary>Part of whole, 0 to 1; null where the whole is 0.</summary>
    public static double? Of(int part, int whole) => whole == 0 ? null : Math.Round((double)part / whole, Decimals);

    /// <summary>
    /// Lower and upper end of the 95 % interval of a share after Wilson (1927): it stays within 0 and 1 and holds for small groups and for
    /// shares near the ends. Null where the whole is 0.
    /// </summary>
    public static IReadOnlyList<double>? Interval(int part, int whole)
    {
        if (whole == 0)
        {
            return null;
        }

        const double Square = Quantile * Quantile;
        var share = (double)part / whole;
        var centre = share + (Square / (2 * whole));
        var half = Quantile * Math.Sqrt(((share * (1 - share)) + (Square / (4 * whole))) / whole);
        var scale = 1 + (Square / whole);
        return [Math.Round(Math.Max(0, (centre - half) / scale), Decimals), Math.Round(Math.Min(1, (centre + half) / scale), Decimals)];
    }
}
