namespace EcuAgent.Eval.Scoring;

/// <summary>Counts of arguments on lines with gold calls. A wrong value is both a false one and a missed one.</summary>
/// <param name="Right">Equal values.</param>
/// <param name="Wrong">Other values.</param>
/// <param name="Missing">Wanted, not proposed.</param>
/// <param name="Extra">Proposed, not wanted.</param>
internal sealed record SlotFigures(int Right, int Wrong, int Missing, int Extra)
{
    /// <summary>Share of the proposed arguments that are right; null where none was proposed.</summary>
    public double? Precision => Shares.Of(Right, Right + Wrong + Extra);

    /// <summary>Share of the wanted arguments that are right; null where none was wanted.</summary>
    public double? Recall => Shares.Of(Right, Right + Wrong + Missing);

    /// <summary>Harmonic mean of both; null where nothing was wanted and nothing proposed.</summary>
    public double? F1 => Shares.Of(2 * Right, (2 * Right) + (2 * Wrong) + Missing + Extra);

    /// <summary>Adds up findings.</summary>
    public static SlotFigures Of(IEnumerable<SlotFinding> findings)
    {
        var counts = new int[Enum.GetValues<SlotKind>().Length];
        foreach (var finding in findings)
        {
            counts[(int)finding.Kind]++;
        }

        return new SlotFigures(counts[(int)SlotKind.Right], counts[(int)SlotKind.Wrong], counts[(int)SlotKind.Missing], counts[(int)SlotKind.Extra]);
    }
}
