using System.Globalization;
using Spectre.Console;

namespace EcuAgent.Eval.Comparing;

/// <summary>A comparison for a person.</summary>
internal static class ComparisonTable
{
    private static readonly string[] Headings = ["old wrong", "new wrong", "fixed", "broken", "sign test p"];

    /// <summary>Writes the table, then one line for every utterance that was fixed or broken.</summary>
    public static void Write(IAnsiConsole console, Comparison comparison)
    {
        var (old, @new) = (comparison.Old, comparison.New);
        console.MarkupLineInterpolated($"compared with {old.Name} ({old.Model}): {Text(comparison.Common)} utterances are in both");
        WriteMissing(console, "only before", old.Lines.Count - comparison.Common);
        WriteMissing(console, "only now", @new.Lines.Count - comparison.Common);
        if (!old.Sets.ToHashSet(StringComparer.Ordinal).SetEquals(@new.Sets))
        {
            console.WriteLine("the set files differ: a changed label counts as a change of the model");
        }

        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("wrong because of").NoWrap().Padding(0, 0));
        foreach (var heading in Headings)
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap().Padding(1, 0));
        }

        foreach (var change in comparison.Measures)
        {
            table.AddRow(
                change.Name,
                Text(change.OldWrong),
                Text(change.NewWrong),
                Text(change.Fixed.Count),
                Text(change.Broken.Count),
                change.SignTestP.ToString("0.0000", CultureInfo.InvariantCulture));
        }

        console.Write(table);
        var any = comparison.Measures[^1];
        foreach (var id in any.Fixed)
        {
            console.WriteLine($"fixed  {id} {old.Lines[id].Utterance} ({string.Join(", ", old.Lines[id].Why)})");
        }

        foreach (var id in any.Broken)
        {
            console.WriteLine($"broken {id} {@new.Lines[id].Utterance} ({string.Join(", ", @new.Lines[id].Why)})");
        }
    }

    private static void WriteMissing(IAnsiConsole console, string where, int count)
    {
        if (count > 0)
        {
            console.WriteLine($"{Text(count)} utterances are {where} and are left out");
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
