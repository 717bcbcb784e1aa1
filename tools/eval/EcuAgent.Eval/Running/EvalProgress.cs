using System.Globalization;
using Spectre.Console;

namespace EcuAgent.Eval.Running;

/// <summary>Shows how far a run is: a bar on a terminal, else a line for every tenth.</summary>
internal static class EvalProgress
{
    private const int Steps = 10;

    /// <summary>Runs work that reports how many items are done.</summary>
    public static Task<T> ShowAsync<T>(IAnsiConsole console, int total, Func<Action<int>, Task<T>> work) =>
        console.Profile.Capabilities.Interactive && console.Profile.Out.IsTerminal
            ? BarAsync(console, total, work)
            : work(Lines(text => console.WriteLine(text), total));

    /// <summary>A reporter that writes a line whenever another tenth is done.</summary>
    public static Action<int> Lines(Action<string> write, int total)
    {
        var shown = 0;
        return done =>
        {
            var step = (int)((long)done * Steps / total);
            if (step > shown)
            {
                shown = step;
                write(string.Create(CultureInfo.InvariantCulture, $"{done}/{total} utterances ({step * 100 / Steps} %)"));
            }
        };
    }

    private static Task<T> BarAsync<T>(IAnsiConsole console, int total, Func<Action<int>, Task<T>> work) =>
        console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(context =>
            {
                var task = context.AddTask("utterances", maxValue: total);
                return work(done => task.Value = done);
            });
}
