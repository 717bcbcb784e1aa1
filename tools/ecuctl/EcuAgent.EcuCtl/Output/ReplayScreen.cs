using System.Globalization;
using EcuAgent.Signals;
using EcuAgent.ToolBus;
using Spectre.Console;

namespace EcuAgent.EcuCtl.Output;

/// <summary>Shows a replay: a bar on a terminal, a line each tenth of the drive elsewhere.</summary>
internal static class ReplayScreen
{
    private const int Lines = 10;

    public static Task<ReplayProgress> ShowAsync(Func<Action<ReplayProgress>, Task<ReplayProgress>> play) =>
        Console.IsOutputRedirected ? PlainAsync(play) : BarAsync(play);

    public static string Describe(in ReplayProgress p) => string.Create(
        CultureInfo.InvariantCulture,
        $"{p.Position.TotalSeconds:0.0} / {p.Duration.TotalSeconds:0.0} s  speed {Speed(p.SpeedMetersPerSecond)}  gear {p.Gear?.ToString().ToLowerInvariant() ?? "-"}  brake {Brake(p.ParkingBrakeEngaged)}");

    private static async Task<ReplayProgress> PlainAsync(Func<Action<ReplayProgress>, Task<ReplayProgress>> play)
    {
        var shown = 0;
        return await play(p =>
        {
            var tenth = p.Duration > TimeSpan.Zero ? (int)(p.Position / p.Duration * Lines) : Lines;
            if (tenth > shown)
            {
                shown = tenth;
                Console.WriteLine(Describe(p));
            }
        });
    }

    private static Task<ReplayProgress> BarAsync(Func<Action<ReplayProgress>, Task<ReplayProgress>> play) => AnsiConsole.Progress()
        .Columns(new ProgressBarColumn(), new PercentageColumn(), new TaskDescriptionColumn())
        .StartAsync(context =>
        {
            var task = context.AddTask("starting");
            return play(p =>
            {
                task.Description = Markup.Escape(Describe(p));
                task.Value = p.Duration > TimeSpan.Zero ? 100 * (p.Position / p.Duration) : 100;
            });
        });

    private static string Speed(double? metersPerSecond) => metersPerSecond is { } v
        ? string.Create(CultureInfo.InvariantCulture, $"{Units.MetersPerSecondToKilometersPerHour(v):0.0} km/h")
        : "-";

    private static string Brake(bool? engaged) => engaged switch { true => "on", false => "off", null => "-" };
}
