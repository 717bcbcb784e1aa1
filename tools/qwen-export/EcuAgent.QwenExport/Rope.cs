namespace EcuAgent.QwenExport;

/// <summary>
/// Rotary position embedding: the angle of pair i at position p is p times <see cref="Frequencies"/>[i]; cosine and sine are
/// multiplied by <see cref="AttentionFactor"/>. Kinds: default, linear (position interpolation) and YaRN in its static form, in
/// which Qwen documents it (arXiv:2309.00071; every position is scaled, also short prompts).
/// </summary>
internal sealed record Rope(string Kind, double Theta, double Factor = 1, double AttentionFactor = 1)
{
    /// <summary>Positions the model was trained on before stretching; YaRN only.</summary>
    public double OriginalPositions { get; init; }

    /// <summary>Turns over the original context above which a frequency is left alone; YaRN only.</summary>
    public double BetaFast { get; init; } = 32;

    /// <summary>Turns below which a frequency is fully interpolated; YaRN only.</summary>
    public double BetaSlow { get; init; } = 1;

    /// <summary>Whether the ramp's ends are rounded to whole pairs; YaRN only.</summary>
    public bool Truncate { get; init; } = true;

    /// <summary>YaRN's own attention factor, used where the checkpoint gives none.</summary>
    public static double YarnAttentionFactor(double factor) => factor <= 1 ? 1 : (0.1 * Math.Log(factor)) + 1;

    /// <summary>Radians per position for each of the headDimension / 2 pairs.</summary>
    public double[] Frequencies(int headDimension)
    {
        var plain = new double[headDimension / 2];
        for (var i = 0; i < plain.Length; i++)
        {
            plain[i] = Math.Pow(Theta, -2.0 * i / headDimension);
        }

        return Kind switch
        {
            "default" => plain,
            "linear" => [.. plain.Select(f => f / Factor)],
            "yarn" => Yarn(plain, headDimension),
            _ => throw new InvalidOperationException($"rope kind '{Kind}'"),
        };
    }

    private double[] Yarn(double[] plain, int headDimension)
    {
        var (low, high) = (PairOfTurns(BetaFast), PairOfTurns(BetaSlow));
        if (Truncate)
        {
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        }

        (low, high) = (Math.Max(low, 0), Math.Min(high, headDimension - 1));
        if (low == high)
        {
            high += 0.001;
        }

        var stretched = new double[plain.Length];
        for (var i = 0; i < plain.Length; i++)
        {
            var interpolated = Math.Clamp((i - low) / (high - low), 0, 1);
            stretched[i] = (plain[i] / Factor * interpolated) + (plain[i] * (1 - interpolated));
        }

        return stretched;

        // The (fractional) pair that turns this often over the original context.
        double PairOfTurns(double turns) => headDimension * Math.Log(OriginalPositions / (turns * 2 * Math.PI)) / (2 * Math.Log(Theta));
    }
}
