using System.CommandLine;
using EcuAgent.EcuCtl.Assignments;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Commands;

/// <summary><c>ecuctl set</c>: sends signals until it is stopped.</summary>
internal static class SetCommand
{
    private static readonly TimeSpan ReaderWait = TimeSpan.FromSeconds(3);

    public static Command Create(BusOptions bus)
    {
        var assignments = new Argument<string[]>("ASSIGNMENT") { Description = AssignmentParser.Help, Arity = ArgumentArity.OneOrMore };
        var duration = CtlOption.Seconds("--for", "stop after this time; without it, at Ctrl+C");
        var command = CtlCommands.New(
            "set", "Publishes signals cyclically (speed 10 Hz, others 1 Hz) as the car's ECUs would, until Ctrl+C. Run one at a time per domain.");
        command.Arguments.Add(assignments);
        command.Options.Add(duration);
        command.SetBusAction(async (parsed, cancellationToken) =>
        {
            var result = AssignmentParser.Parse(parsed.GetValue(assignments)!);
            if (result.Settings is not { } settings)
            {
                return CtlAction.Fail(ExitCode.WrongInput, result.Error);
            }

            using var participant = bus.Join(parsed);
            await using var publisher = new SignalPublisher(participant, TimeProvider.System);
            settings.ApplyTo(publisher);
            Console.WriteLine($"publishing {settings} on domain {parsed.GetValue(bus.Domain)}");
            using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (parsed.GetValue(duration) is { } length)
            {
                end.CancelAfter(length);
            }

            await TellReaderAsync(publisher, end.Token);
            await Task.Delay(Timeout.InfiniteTimeSpan, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            Console.WriteLine($"wrote {publisher.SamplesWritten} samples");
            return publisher.WriteFailures == 0
                ? ExitCode.Ok
                : CtlAction.Fail(ExitCode.BusFault, $"{publisher.WriteFailures} samples could not be written");
        });
        return command;
    }

    private static async Task TellReaderAsync(SignalPublisher publisher, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(ReaderWait);
        await publisher.WaitForReaderAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!publisher.HasReader)
        {
            await Console.Error.WriteLineAsync("ecuctl: nobody reads the speed yet; publishing all the same");
        }
    }
}
