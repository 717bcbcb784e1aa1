using System.Globalization;
using Spectre.Console;

namespace EcuAgent.DemoRun;

/// <summary>Prints the time line: seconds since the start, kind, text. Coloured on a terminal, plain elsewhere. Thread-safe.</summary>
internal sealed class Timeline(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly long _start = time.GetTimestamp();
    private readonly bool _coloured = !Console.IsOutputRedirected;

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public void Print(EventKind kind, string text)
    {
        var seconds = string.Create(CultureInfo.InvariantCulture, $"{Elapsed.TotalSeconds,7:0.00}");
        var name = kind.ToString().ToLowerInvariant();
        lock (_gate)
        {
            if (_coloured)
            {
                AnsiConsole.MarkupLine($"[grey]{seconds}[/]  [{Colour(kind)}]{name,-9}[/] {Markup.Escape(text)}");
            }
            else
            {
                Console.WriteLine($"{seconds}  {name,-9} {text}");
            }
        }
    }

    public void Heading(string text)
    {
        lock (_gate)
        {
            if (_coloured)
            {
                AnsiConsole.Write(new Rule(Markup.Escape(text)) { Justification = Justify.Left });
            }
            else
            {
                Console.WriteLine();
                Console.WriteLine($"== {text}");
            }
        }
    }

    private static string Colour(EventKind kind) => kind switch
    {
        EventKind.Signal => "grey70",
        EventKind.State => "bold yellow",
        EventKind.Says => "bold cyan1",
        EventKind.Decision => "magenta1",
        EventKind.Command => "dodgerblue1",
        EventKind.Outcome => "green3",
        EventKind.Reply => "bold white",
        EventKind.Order => "orange1",
        EventKind.Broken => "bold red",
        _ => "grey",
    };
}
