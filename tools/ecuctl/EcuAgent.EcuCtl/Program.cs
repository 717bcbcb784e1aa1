using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using EcuAgent.EcuCtl;
using EcuAgent.EcuCtl.Commands;

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

    await Console.Error.WriteLineAsync($"ecuctl: see 'ecuctl {(parsed.CommandResult.Command is RootCommand ? "" : parsed.CommandResult.Command.Name + " ")}--help'");
    return ExitCode.WrongInput;
}

return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
