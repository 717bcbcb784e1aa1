namespace EcuAgent.Eval.Comparing;

/// <summary>What changed between two results, on the utterances that both hold.</summary>
/// <param name="Old">The result before.</param>
/// <param name="New">The result after.</param>
/// <param name="Common">Utterances in both.</param>
/// <param name="Measures">By the reasons for which an utterance is wrong, and <see cref="Any"/> for all of them together.</param>
internal sealed record Comparison(ResultFile Old, ResultFile New, int Common, IReadOnlyList<MeasureChange> Measures)
{
    /// <summary>Name of the measure that counts an utterance as wrong for whatever reason.</summary>
    public const string Any = "any";

    private static readonly string[] Reasons = ["domain", "calls", "acted_on_out_of_scope", "invalid_call", "no_call"];

    /// <summary>Compares two results.</summary>
    public static Comparison Of(ResultFile old, ResultFile @new)
    {
        string[] common = [.. @new.Lines.Keys.Where(old.Lines.ContainsKey).Order(StringComparer.Ordinal)];
        return new Comparison(
            old,
            @new,
            common.Length,
            [
                .. Reasons.Select(reason => Change(reason, line => line.Why.Contains(reason, StringComparer.Ordinal))),
                Change(Any, line => line.Why.Count > 0),
            ]);

        MeasureChange Change(string name, Func<ResultLine, bool> isWrong) => new(
            name,
            common.Count(id => isWrong(old.Lines[id])),
            common.Count(id => isWrong(@new.Lines[id])),
            [.. common.Where(id => isWrong(old.Lines[id]) && !isWrong(@new.Lines[id]))],
            [.. common.Where(id => !isWrong(old.Lines[id]) && isWrong(@new.Lines[id]))]);
    }
}
