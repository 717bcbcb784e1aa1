using System.CommandLine;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using System.Text;
using EcuAgent.EcuCtl;
using EcuAgent.EcuCtl.Commands;

// From the first line on: System.CommandLine's own handler is there only once a command waits, and gives it two seconds.
using var stop = new CancellationTokenSource();
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
if (Console.IsOutputRedirected)
{
    Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
}

// An utterance that starts with '@' is text, not a response file.
var parsed = CtlCommands.Build().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
if (parsed is { Errors.Count: > 0, Action: ParseErrorAction })
{
    foreach (var error in parsed.Errors)
    {
        await Console.Error.WriteLineAsync("ecuctl: " + error.Message);
    }

    var path = parsed.CommandResult.Command is RootCommand ? "" : string.Join(' ', Names(parsed.CommandResult).Reverse()) + " ";
    await Console.Error.WriteLineAsync($"ecuctl: see 'ecuctl {path}--help'");
    return ExitCode.WrongInput;
}

return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);

void Stop(PosixSignalContext context)
{
    // The second signal ends it at once.
    context.Cancel = !stop.IsCancellationRequested;
    stop.Cancel();
}

static IEnumerable<string> Names(CommandResult? result)
{
    for (; result is { Command: not RootCommand }; result = result.Parent as CommandResult)
    {
        yield return result.Command.Name;
    }
}
