using System.CommandLine.Invocation;
using EcuAgent.Eval;
using Spectre.Console;

var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
var parsed = CommandLine.Build((settings, cancellationToken) => new EvalCommand(console, TimeProvider.System).RunAsync(settings, cancellationToken)).Parse(args);
var exitCode = await parsed.InvokeAsync().ConfigureAwait(false);

// The library's own code for a wrong command line is 1; ours is the same for all wrong input.
return parsed.Action is ParseErrorAction ? ExitCodes.WrongInput : exitCode;
