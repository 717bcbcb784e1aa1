using System.CommandLine;
using System.Globalization;
using EcuAgent.EcuCtl.Recording;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Commands;

/// <summary><c>ecuctl record</c>: writes what the car's signals do into a file that <c>replay</c> reads.</summary>
internal static class RecordCommand
{
    private static readonly TimeSpan TellEvery = TimeSpan.FromSeconds(5);

    public static Command Create(BusOptions bus)
    {
        var file = new Argument<string>("FILE") { Description = "CSV file to write" };
        var duration = CtlOption.Seconds("--for", "stop after this time; without it, at Ctrl+C");
        var force = new Option<bool>("--force") { Description = "replace the file if it is there" };
        var command = CtlCommands.New("record", "Records speed, gear, parking brake and position into a CSV that 'replay' reads.");
        command.Arguments.Add(file);
        command.Options.Add(duration);
        command.Options.Add(force);
        command.SetBusAction(async (parsed, cancellationToken) =>
        {
            var path = parsed.GetRequiredValue(file);
            if (!parsed.GetValue(force) && File.Exists(path))
            {
                return CtlAction.Fail(ExitCode.WrongInput, $"file '{path}' is there already; give --force to replace it");
            }

            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            using var participant = bus.Join(parsed);
            using var observer = new BusObserver(participant, TimeProvider.System);
            await using var writer = new StreamWriter(path, append: false) { NewLine = "\n" };
            observer.ObserveDrive();
            Console.WriteLine($"recording domain {parsed.GetValue(bus.Domain)} into {path}");
            if (parsed.GetValue(duration) is { } length)
            {
                end.CancelAfter(length);
            }

            var recorder = new DriveRecorder(writer);
            await RecordAsync(observer, recorder, end.Token);
            await writer.DisposeAsync();
            return Tell(recorder, observer, path, parsed.GetValue(bus.Domain));
        });
        return command;
    }

    private static async Task RecordAsync(BusObserver observer, DriveRecorder recorder, CancellationToken cancellationToken)
    {
        var told = TimeProvider.System.GetTimestamp();
        try
        {
            await foreach (var value in observer.Events.ReadAllAsync(cancellationToken))
            {
                recorder.Add(value);
                if (TimeProvider.System.GetElapsedTime(told) >= TellEvery)
                {
                    told = TimeProvider.System.GetTimestamp();
                    Console.WriteLine($"{recorder.Recorded} events");
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The end of a recording, by time or by Ctrl+C.
        }

        recorder.Finish();
    }

    private static int Tell(DriveRecorder recorder, BusObserver observer, string path, int domain)
    {
        if (recorder.Recorded == 0)
        {
            File.Delete(path);
            return CtlAction.Fail(
                ExitCode.NoPeer,
                recorder.Unusable > 0
                    ? $"none of {recorder.Unusable} samples on domain {domain} had a usable value; nothing was recorded"
                    : $"no speed, gear, parking brake or position came on domain {domain}; nothing was recorded");
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"recorded {recorder.Recorded} events; left out: {recorder.Unusable} unusable, {recorder.OtherSource} of a second source, {observer.Dropped} dropped"));
        return ExitCode.Ok;
    }
}
