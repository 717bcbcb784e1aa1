using System.CommandLine.Invocation;
using EcuAgent.Eval;
using Spectre.Console;

var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
if (Console.IsErrorRedirected)
{
    // In a log a message stays on one line.
    console.Profile.Width = 1000;
}

var command = new EvalCommand(console, TimeProvider.System);
var parsed = CommandLine.Build(command.RunAsync, command.Compare).Parse(args);
var exitCode = await parsed.InvokeAsync().ConfigureAwait(false);

// The library's own code for a wrong command line is 1; ours is the same for all wrong input.
return parsed.Action is ParseErrorAction ? ExitCodes.WrongInput : exitCode;
