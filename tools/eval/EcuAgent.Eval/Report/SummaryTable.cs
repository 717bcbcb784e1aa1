using System.Globalization;
using EcuAgent.Eval.Scoring;
using Spectre.Console;

namespace EcuAgent.Eval.Report;

/// <summary>The result for a person.</summary>
internal static class SummaryTable
{
    // "acted": share of the out-of-scope lines that were acted on. "few", "many": lines with fewer or more calls than wanted.
    private static readonly string[] Headings = ["count", "domain", "exact", "slot F1", "acted", "few", "many", "invalid", "none", "p50 ms", "p95 ms"];

    private static readonly string[] HeadlineHeadings = ["domain", "exact", "acted"];

    // The most frequent confusions of tools.
    private const int ShownConfusions = 10;

    /// <summary>Writes the table.</summary>
    public static void Write(IAnsiConsole console, EvalReport report)
    {
        console.MarkupLineInterpolated($"{report.Model.Name}, {string.Join(" + ", report.Sets.Select(set => set.File))}");
        var headline = NewTable("share (95 % interval)", HeadlineHeadings);
        AddHeadline(headline, "overall", report.Overall);
        foreach (var (name, figures) in report.Languages.Where(group => group.Value.Count > 0))
        {
            AddHeadline(headline, name, figures);
        }

        console.Write(headline);
        var table = NewTable("group", Headings);
        AddRow(table, "overall", report.Overall);
        AddRows(table, "", report.Languages);
        table.AddEmptyRow();
        AddRows(table, "", report.Domains);
        if (report.Tags.Count > 0)
        {
            table.AddEmptyRow();
            AddRows(table, "#", report.Tags);
        }

        console.Write(table);
        WriteConfusions(console, report);
        console.MarkupLineInterpolated(CultureInfo.InvariantCulture, $"{report.Wrong.Count} of {report.Overall.Count} utterances are listed as wrong");
    }

    private static Table NewTable(string first, string[] headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        table.AddColumn(new TableColumn(Markup.Escape(first)).NoWrap().Padding(0, 0));
        foreach (var heading in headings)
        {
            table.AddColumn(new TableColumn(heading).RightAligned().NoWrap().Padding(1, 0));
        }

        return table;
    }

    private static void AddHeadline(Table table, string name, GroupFigures figures) => table.AddRow(
        name,
        Share(figures.DomainAccuracy, figures.DomainAccuracyInterval),
        Share(figures.ExactCall, figures.ExactCallInterval),
        Share(figures.ActedOnOutOfScope, figures.ActedOnOutOfScopeInterval));

    private static void AddRows(Table table, string prefix, IReadOnlyDictionary<string, GroupFigures> groups)
    {
        foreach (var (name, figures) in groups.Where(group => group.Value.Count > 0))
        {
            AddRow(table, prefix + name, figures);
        }
    }

    private static void WriteConfusions(IAnsiConsole console, EvalReport report)
    {
        var cells = report.ToolConfusion.SelectMany(row => row.Value.Where(cell => cell.Key != row.Key).Select(cell => (Wanted: row.Key, Found: cell.Key, cell.Value)))
            .OrderByDescending(cell => cell.Value).Take(ShownConfusions).ToList();
        if (cells.Count > 0)
        {
            console.WriteLine("first tool, wanted > found: " + string.Join(", ", cells.Select(cell => $"{cell.Wanted} > {cell.Found} {Text(cell.Value)}")));
        }
    }

    private static void AddRow(Table table, string name, GroupFigures figures) => table.AddRow(
        Markup.Escape(name),
        Text(figures.Count),
        Share(figures.DomainAccuracy),
        Share(figures.ExactCall),
        Share(figures.Slots.F1),
        Share(figures.ActedOnOutOfScope),
        Text(figures.TooFewCalls),
        Text(figures.TooManyCalls),
        Text(figures.InvalidCalls),
        Text(figures.NoCall),
        Milliseconds(figures.LatencyMs.P50),
        Milliseconds(figures.LatencyMs.P95));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Share(double? share) => share?.ToString("0.000", CultureInfo.InvariantCulture) ?? "-";

    private static string Share(double? share, IReadOnlyList<double>? interval) =>
        interval is [var low, var high] ? $"{Share(share)} ({Share(low)} to {Share(high)})" : "-";

    private static string Milliseconds(double? value) => value?.ToString("0.0", CultureInfo.InvariantCulture) ?? "-";
}
