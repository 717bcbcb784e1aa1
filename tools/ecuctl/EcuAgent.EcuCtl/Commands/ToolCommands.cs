using System.CommandLine;
using System.Globalization;
using EcuAgent.Commerce.Mcp.Tools;
using EcuAgent.Commerce.Registry;
using EcuAgent.Core.Commerce;
using EcuAgent.Core.Gate;
using EcuAgent.Core.Policy;
using EcuAgent.Core.Ports;
using EcuAgent.Core.Tools;
using EcuAgent.EcuCtl.Output;
using EcuAgent.Signals;

namespace EcuAgent.EcuCtl.Commands;

/// <summary>
/// <c>ecuctl tools</c>: what the MCP servers of a file offer and what each tool counts as, and a call of one under the gate's policy. Talks to the
/// servers itself, without the bus; how the car stands is what the caller says.
/// </summary>
internal static class ToolCommands
{
    private static readonly Dictionary<string, DrivingState> States = Enum.GetValues<DrivingState>()
        .ToDictionary(state => state.ToString().ToLowerInvariant(), state => state, StringComparer.Ordinal);

    public static Command Create()
    {
        var file = new Option<string>("--file") { Description = "the file of allowed tools", HelpName = "FILE", DefaultValueFactory = _ => "tools.json", Recursive = true };
        var json = CtlOption.Json();
        var command = CtlCommands.New("tools", "Lists the tools of the MCP servers in a file, each with its class and why.");
        command.Options.Add(file);
        command.Options.Add(json);
        command.SetBusAction((parsed, cancellationToken) => ListAsync(parsed.GetRequiredValue(file), parsed.GetValue(json), cancellationToken));
        command.Subcommands.Add(Call(file));
        return command;
    }

    private static Command Call(Option<string> file)
    {
        var server = new Argument<string>("SERVER") { Description = "id of the server in the file" };
        var tool = new Argument<string>("TOOL") { Description = "name of the tool" };
        var arguments = new Argument<string>("JSON") { Description = "its arguments, a JSON object", DefaultValueFactory = _ => "{}" };
        var state = new Option<DrivingState>("--driving-state")
        {
            Description = $"how the car stands: {string.Join('|', States.Keys)}",
            HelpName = "STATE",
            Required = true,
            CustomParser = result => Parsed(result, States, "--driving-state"),
        };
        var policy = new Option<string>("--policy") { Description = "a profile or a policy file", HelpName = "NAME", DefaultValueFactory = _ => "strict" };
        var voice = new Option<bool>("--voice") { Description = "as if it were spoken; else as if by touch" };
        var yes = new Option<bool>("--yes") { Description = "a person has read what is shown, and says yes: needed for the classes commit and setup" };
        var amount = new Option<Money?>("--amount")
        {
            Description = "what it costs, in the smallest unit: 900EUR; needed for the class commit",
            HelpName = "AMOUNT",
            CustomParser = AmountOf,
        };
        var command = CtlCommands.New("call", "Calls a tool as the gate's policy allows it in the state that is given.");
        Array.ForEach<Argument>([server, tool, arguments], command.Arguments.Add);
        Array.ForEach<Option>([state, policy, voice, yes, amount], command.Options.Add);
        command.SetBusAction((parsed, cancellationToken) => CallAsync(
            parsed.GetRequiredValue(file),
            new ToolCall(parsed.GetRequiredValue(server), parsed.GetRequiredValue(tool), parsed.GetRequiredValue(arguments))
            {
                Channel = parsed.GetValue(voice) ? InputChannel.Voice : InputChannel.Touch,
                Amount = parsed.GetValue(amount),
            },
            GateSituation.Of(parsed.GetValue(state)),
            parsed.GetRequiredValue(policy),
            parsed.GetValue(yes),
            cancellationToken));
        return command;
    }

    private static async Task<int> ListAsync(string file, bool json, CancellationToken cancellationToken)
    {
        if (Open(file, out var code) is not { } box)
        {
            return code;
        }

        await using (box)
        {
            foreach (var server in box.Servers)
            {
                var list = await box.ListAsync(server, cancellationToken);
                foreach (var line in json ? ToolText.Json(list) : ToolText.Lines(list))
                {
                    Console.WriteLine(line);
                }

                code = list.Reason == ToolReasons.Done ? code : ExitCode.NoAnswer;
            }
        }

        return code;
    }

    private static async Task<int> CallAsync(
        string file, ToolCall call, GateSituation situation, string policy, bool yes, CancellationToken cancellationToken)
    {
        if (PolicyOf(policy, out var code) is not { } inForce || Open(file, out code) is not { } box)
        {
            return code;
        }

        await using (box)
        {
            var check = await box.CheckAsync(call, cancellationToken);
            if (check.Terms is not { } terms)
            {
                return CtlAction.Fail(
                    check.Detail.Length > 0 ? ExitCode.WrongInput : ExitCode.NoAnswer,
                    $"nothing was sent to {call.Server}: {check.Reason}{(check.Detail.Length > 0 ? ": " + check.Detail : "")}");
            }

            var request = call.RequestFor(terms);
            if (ActionGate.Decide(request, situation, inForce).Kind == GateDecisionKind.Confirm)
            {
                var list = await box.ListAsync(call.Server, cancellationToken);
                foreach (var line in ToolText.ReadBack(list.Tools.FirstOrDefault(tool => tool.Name == call.Tool), call))
                {
                    Console.WriteLine(line);
                }

                if (!yes)
                {
                    return CtlAction.Fail(ExitCode.Refused, $"nothing was sent: a tool of class {ToolText.Word(terms.Class)} needs --yes");
                }
            }

            // The yes is to what was just read; a tool that is another one by now is not called.
            var consent = yes ? new Consent { Kind = ConsentKind.Yes, LoosestState = situation.State, Terms = request } : default;
            var answer = await box.CallAsync(
                call,
                present => ValueTask.FromResult(
                    ActionGate.CommitCheck(call.RequestFor(present), consent, situation, inForce) is { IsAllowed: false } no ? no.Reason.Code() : null),
                cancellationToken);
            return Tell(answer, call, terms);
        }
    }

    private static int Tell(ToolAnswer answer, ToolCall call, ToolTerms terms)
    {
        foreach (var line in ToolText.Lines(answer))
        {
            Console.WriteLine(line);
        }

        var what = $"{call.Server}/{call.Tool} ({ToolText.Word(terms.Class)}, {terms.Why})";
        return answer.Outcome switch
        {
            CommerceOutcome.Done => ExitCode.Ok,
            CommerceOutcome.Refused => CtlAction.Fail(ExitCode.Refused, $"{what} was refused: {answer.Reason}"),
            CommerceOutcome.NotSent => CtlAction.Fail(ExitCode.NoAnswer, $"{what} was not sent: {answer.Reason}"),
            _ => CtlAction.Fail(ExitCode.NoAnswer, $"it is not known what became of {what}: {answer.Reason}"),
        };
    }

    private static McpToolbox? Open(string file, out int code)
    {
        try
        {
            code = ExitCode.Ok;
            return McpToolbox.Open(new McpToolboxOptions { File = file });
        }
        catch (RegistryException error)
        {
            code = CtlAction.Fail(ExitCode.WrongInput, error.Message);
            return null;
        }
    }

    private static GatePolicy? PolicyOf(string policy, out int code)
    {
        try
        {
            code = ExitCode.Ok;
            return PolicyLoader.BundledProfiles.Contains(policy) ? PolicyLoader.LoadBundled(policy) : PolicyLoader.LoadFile(policy);
        }
        catch (PolicyException error)
        {
            code = CtlAction.Fail(ExitCode.WrongInput, error.Message);
            return null;
        }
    }

    private static T Parsed<T>(System.CommandLine.Parsing.ArgumentResult result, Dictionary<string, T> words, string name)
        where T : struct
    {
        var text = result.Tokens[0].Value;
        if (words.TryGetValue(text, out var value))
        {
            return value;
        }

        result.AddError($"{name} '{text}' is not one of {string.Join(", ", words.Keys)}");
        return default;
    }

    private static Money? AmountOf(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text.Length > 3 && long.TryParse(text[..^3], NumberStyles.None, CultureInfo.InvariantCulture, out var units)
            && new Money(units, text[^3..]) is { IsKnown: true } money)
        {
            return money;
        }

        result.AddError($"--amount '{text}' must be a whole number of the smallest unit and a currency, such as 900EUR");
        return null;
    }
}
