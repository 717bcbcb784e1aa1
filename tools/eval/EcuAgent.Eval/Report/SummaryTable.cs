using System.Globalization;
using EcuAgent.Eval.Scoring;
using Spectre.Console;

namespace EcuAgent.Eval.Report;

/// <summary>The result for a person.</summary>
internal static class SummaryTable
{
    // "acted": share of the out-of-scope lines that were acted on.
    private static readonly string[] Headings = ["count", "domain", "exact", "acted", "invalid", "none", "p50 ms", "p95 ms"];

    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, EvalReport report)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn("group").NoWrap().Padding(0, 0));
        foreach (var heading in Headings)
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap().Padding(1, 0));
        }

        AddRow(table, "overall", report.Overall);
        foreach (var (name, figures) in report.Languages.Concat(report.Domains).Where(group => group.Value.Count > 0))
        {
            AddRow(table, name, figures);
        }

        console.MarkupLineInterpolated($"{report.Model.Name}, {string.Join(" + ", report.Sets.Select(set => set.File))}");
        console.Write(table);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{report.Wrong.Count} of {report.Overall.Count} utterances are listed as wrong");
    }

    private static void AddRow(Table table, string name, GroupFigures figures) => table.AddRow(
        Markup.Escape(name),
        Text(figures.Count),
        Share(figures.DomainAccuracy),
        Share(figures.ExactCall),
        Share(figures.ActedOnOutOfScope),
        Text(figures.InvalidCalls),
        Text(figures.NoCall),
        Milliseconds(figures.LatencyMs.P50),
        Milliseconds(figures.LatencyMs.P95));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Share(double? share) => share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    private static string Milliseconds(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";
}
