using System.CommandLine;
using EcuAgent.EcuCtl.Output;
using EcuAgent.EcuCtl.Watch;
using EcuAgent.ToolBus;
using Spectre.Console;

namespace EcuAgent.EcuCtl.Commands;

/// <summary><c>ecuctl watch</c>: shows what goes by on the bus.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan RedrawCycle = TimeSpan.FromMilliseconds(250);

    public static Command Create(BusOptions bus)
    {
        var once = CtlOption.Seconds("--once", "watch for this time, print what was seen and end");
        var json = CtlOption.Json();
        var command = CtlCommands.New(
            "watch", "Shows signals with age and quality, driving state, decisions, commands and replies. Prints JSON lines when redirected.");
        command.Options.Add(once);
        command.Options.Add(json);
        command.SetBusAction(async (parsed, cancellationToken) =>
        {
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var participant = bus.Join(parsed);
            using var observer = new BusObserver(participant, TimeProvider.System).ObserveSignals().ObserveService().ObserveOccupants();
            if (parsed.GetValue(once) is { } length)
            {
                end.CancelAfter(length);
            }

            var events = await (parsed.GetValue(json) || Console.IsOutputRedirected
                ? PrintAsync(observer, end.Token)
                : parsed.GetValue(once) is null ? LiveAsync(observer, end.Token) : OnceAsync(observer, end.Token));
            if (observer.Dropped > 0)
            {
                await Console.Error.WriteLineAsync($"ecuctl: {observer.Dropped} samples were dropped: the output was too slow");
            }

            return events > 0 || parsed.GetValue(once) is null
                ? ExitCode.Ok
                : CtlAction.Fail(ExitCode.NoPeer, $"nothing came on domain {parsed.GetValue(bus.Domain)}");
        });
        return command;
    }

    private static async Task<long> PrintAsync(BusObserver observer, CancellationToken cancellationToken)
    {
        long events = 0;
        while (await ReadyAsync(observer, cancellationToken))
        {
            while (observer.Events.TryRead(out var value))
            {
                events++;
                await Console.Out.WriteLineAsync(SampleJson.Line(SampleJson.Of(EventText.Kind(value), value)));
            }
        }

        return events;
    }

    private static async Task<long> OnceAsync(BusObserver observer, CancellationToken cancellationToken)
    {
        var model = new WatchModel();
        long events = 0;
        while (await ReadyAsync(observer, cancellationToken))
        {
            events += Drain(observer, model);
        }

        AnsiConsole.Write(WatchView.Render(model, TimeProvider.System.GetUtcNow()));
        return events;
    }

    private static Task<long> LiveAsync(BusObserver observer, CancellationToken cancellationToken)
    {
        var model = new WatchModel();
        return AnsiConsole.Live(WatchView.Render(model, TimeProvider.System.GetUtcNow())).AutoClear(true).StartAsync(async context =>
        {
            long events = 0;
            using var redraw = new PeriodicTimer(RedrawCycle, TimeProvider.System);
            try
            {
                while (await redraw.WaitForNextTickAsync(cancellationToken))
                {
                    events += Drain(observer, model);
                    context.UpdateTarget(WatchView.Render(model, TimeProvider.System.GetUtcNow()));
                }
            }
            catch (OperationCanceledException)
            {
                // Ctrl+C is how a live table ends.
            }

            return events;
        });
    }

    private static long Drain(BusObserver observer, WatchModel model)
    {
        long events = 0;
        while (observer.Events.TryRead(out var value))
        {
            events++;
            model.Add(value);
        }

        return events;
    }

    private static async Task<bool> ReadyAsync(BusObserver observer, CancellationToken cancellationToken)
    {
        try
        {
            return await observer.Events.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
