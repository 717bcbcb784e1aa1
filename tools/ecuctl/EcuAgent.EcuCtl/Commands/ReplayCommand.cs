using System.CommandLine;
using System.Globalization;
using EcuAgent.Drives;
using EcuAgent.EcuCtl.Output;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Commands;

/// <summary><c>ecuctl replay</c>: plays a drive onto the bus.</summary>
internal static class ReplayCommand
{
    private static readonly TimeSpan ReaderWait = TimeSpan.FromSeconds(5);

    public static Command Create(BusOptions bus)
    {
        var name = new Argument<string>("DRIVE") { Description = $"{string.Join(", ", DriveCatalogue.Names)}, or the path of a CSV that 'record' wrote" };
        var speed = CtlOption.Between("--speed", "how many times as fast as recorded", 0.01, 1000, 1);
        var from = CtlOption.Seconds("--from", "start at this second of the drive", lowest: 0);
        var to = CtlOption.Seconds("--to", "end at this second of the drive");
        var hold = CtlOption.Seconds("--hold", "keep repeating the last values for so long after the end; default 0", lowest: 0);
        var data = new Option<string?>("--data")
        {
            Description = $"folder of the recordings; default ${DriveCatalogue.DataVariable}, else ../shared/data where it exists",
            HelpName = "DIR",
        };
        var command = CtlCommands.New("replay", "Plays a drive onto the bus. Values are held and repeated between the events of the drive.");
        command.Arguments.Add(name);
        command.Options.Add(speed);
        command.Options.Add(from);
        command.Options.Add(to);
        command.Options.Add(hold);
        command.Options.Add(data);
        command.SetBusAction(async (parsed, cancellationToken) =>
        {
            var whole = DriveCatalogue.Open(parsed.GetRequiredValue(name), DriveCatalogue.FindDataFolder(parsed.GetValue(data)));
            if (whole.Events.Count == 0)
            {
                return CtlAction.Fail(ExitCode.WrongInput, $"drive '{whole.Name}' has no speed, gear, parking brake or position in it");
            }

            var start = parsed.GetValue(from) ?? TimeSpan.Zero;
            var end = parsed.GetValue(to) ?? whole.Duration;
            if (start >= end && start > TimeSpan.Zero)
            {
                return CtlAction.Fail(ExitCode.WrongInput, string.Create(
                    CultureInfo.InvariantCulture,
                    $"--from {start.TotalSeconds:0.###} s must be before {(parsed.GetValue(to) is null ? "the end of the drive" : "--to")}, {end.TotalSeconds:0.###} s"));
            }

            var drive = start > TimeSpan.Zero || end < whole.Duration ? whole.Cut(start, end) : whole;
            return await PlayAsync(bus, parsed, drive, parsed.GetValue(speed), parsed.GetValue(hold) ?? TimeSpan.Zero, cancellationToken);
        });
        return command;
    }

    private static async Task<int> PlayAsync(
        BusOptions bus, ParseResult parsed, Drive drive, double speedFactor, TimeSpan hold, CancellationToken cancellationToken)
    {
        using var participant = bus.Join(parsed);
        await using var publisher = new SignalPublisher(participant, TimeProvider.System);
        await WaitForReaderAsync(publisher, cancellationToken);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"replaying {drive.Name} ({(drive.Origin == DriveOrigin.Generated ? "generated" : "recorded")}{(drive.HasParkPosition ? "" : ", no Park position")}), {drive.Duration.TotalSeconds:0.#} s at {speedFactor:0.##}x on domain {parsed.GetValue(bus.Domain)}"));
        var end = await ReplayScreen.ShowAsync(
            progress => new DriveReplayer(publisher, TimeProvider.System).PlayAsync(drive, speedFactor, progress, cancellationToken));
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"played {end.EventsPlayed} events, wrote {publisher.SamplesWritten} samples, largest lag {end.LargestLag.TotalMilliseconds:0} ms"));
        await Task.Delay(hold, TimeProvider.System, cancellationToken);
        return publisher.WriteFailures == 0
            ? ExitCode.Ok
            : CtlAction.Fail(ExitCode.BusFault, $"{publisher.WriteFailures} samples could not be written");
    }

    private static async Task WaitForReaderAsync(SignalPublisher publisher, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReaderWait);
        await publisher.WaitForReaderAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        if (!publisher.HasReader)
        {
            await Console.Error.WriteLineAsync("ecuctl: nobody reads the speed; playing all the same");
        }
    }
}
