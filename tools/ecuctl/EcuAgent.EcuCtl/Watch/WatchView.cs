using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace EcuAgent.EcuCtl.Watch;

/// <summary>Draws a <see cref="WatchModel"/>.</summary>
internal static class WatchView
{
    private const int TimeWidth = 10;

    public static IRenderable Render(WatchModel model, DateTimeOffset now) => new Rows(
        Heading(model),
        Signals(model, now),
        Lines("decisions", model.Decisions),
        Commands(model),
        Lines("speech", model.Speech));

    private static Grid Heading(WatchModel model) => new Grid().AddColumn().AddColumn()
        .AddRow(new Text("driving state", Bold), new Text(model.DrivingState))
        .AddRow(new Text("health", Bold), new Text(model.Health));

    private static Style Bold { get; } = new(decoration: Decoration.Bold);

    private static Table Signals(WatchModel model, DateTimeOffset now)
    {
        var table = Titled("signals", "topic", "source", "value", "age", "quality");
        foreach (var row in model.Signals)
        {
            var quality = row.Quality(now);
            table.AddRow(
                new Text(row.Topic),
                new Text(row.Source),
                new Text(row.Value),
                new Text(Age(row.Age(now))),
                new Text(quality, new Style(quality == "valid" ? Color.Green : Color.Red)));
        }

        return table;
    }

    private static Table Commands(WatchModel model)
    {
        var table = Titled("commands", "time", "command", "outcome");
        foreach (var row in model.Commands)
        {
            table.AddRow(new Text(Time(row.At)), new Text(row.Text), new Text(row.Outcome));
        }

        return table;
    }

    private static Table Lines(string title, IEnumerable<TimedLine> lines)
    {
        var table = Titled(title, "time", "what");
        foreach (var line in lines)
        {
            table.AddRow(new Text(Time(line.At)), new Text(line.Text));
        }

        return table;
    }

    private static Table Titled(string title, params string[] columns)
    {
        var table = new Table { Title = new TableTitle(title), Border = TableBorder.Simple, Expand = true };
        foreach (var column in columns)
        {
            table.AddColumn(column, c => c.Width = column == "time" ? TimeWidth : null);
        }

        return table;
    }

    private static string Time(DateTimeOffset at) => at.ToLocalTime().ToString("HH:mm:ss.f", CultureInfo.InvariantCulture);

    private static string Age(TimeSpan age) => age.TotalDays > 1
        ? "> 1 day"
        : string.Create(CultureInfo.InvariantCulture, $"{age.TotalSeconds:0.0} s");
}
