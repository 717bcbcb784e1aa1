namespace EcuAgent.QwenExport;

/// <summary>Which tensor gets how many bits. The last rule that matches decides; where none does, the general choice.</summary>
/// <param name="Bits">Bits of a matrix that no rule names: 4, 8, 16 or 32.</param>
/// <param name="ErrorBound">When set, each matrix that no rule names takes the fewest of 4, 8, 16 and 32 bits whose relative error stays within it.</param>
/// <param name="Rules">Exceptions, in the order given.</param>
internal sealed record BitPlan(int Bits, double? ErrorBound, IReadOnlyList<BitRule> Rules)
{
    private static readonly int[] All = [4, 8, 16, 32];

    /// <summary>Bits to try, fewest first; the first within <see cref="ErrorBound"/> is taken.</summary>
    public IReadOnlyList<int> Candidates(string name) =>
        Rules.LastOrDefault(r => r.Matches(name)) is { } rule ? [rule.Bits]
        : ErrorBound is null ? [Bits]
        : All;

    /// <summary>The first rule that names none of the tensors, or null.</summary>
    public BitRule? FirstIdleRule(IEnumerable<string> tensors)
    {
        var names = tensors.ToArray();
        return Rules.FirstOrDefault(r => !names.Any(r.Matches));
    }
}
