using System.CommandLine;
using EcuAgent.EcuCtl.Dialogue;
using EcuAgent.Signals;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Commands;

/// <summary><c>ecuctl confirm</c>: answers an open question of the service.</summary>
internal static class ConfirmCommand
{
    public static Command Create(BusOptions bus)
    {
        var answer = new Argument<string>("yes|no") { Description = "the answer" };
        answer.AcceptOnlyFromAmong("yes", "no");
        var question = new Option<string?>("--question")
        {
            Description = "id of the question; default: the last one that 'say' or 'confirm' got on this domain",
            HelpName = "ID",
        };
        var zone = CtlOption.Zone();
        var confidence = CtlOption.Between("--confidence", "confidence of the speech recognizer, 0 to 1", 0, 1, 1);
        var json = CtlOption.Json();
        var timeout = CtlOption.Timeout();
        var command = CtlCommands.New("confirm", "Answers an open question and prints what follows.");
        command.Arguments.Add(answer);
        Option[] options = [question, zone, confidence, json, timeout];
        Array.ForEach(options, command.Options.Add);
        command.SetBusAction(async (parsed, cancellationToken) =>
        {
            var domain = parsed.GetValue(bus.Domain);
            var memory = new QuestionMemory(domain);
            if ((parsed.GetValue(question) ?? memory.Read()) is not { } id)
            {
                return CtlAction.Fail(
                    ExitCode.WrongInput, $"no open question is remembered for domain {domain}: give --question ID as 'say' or 'watch' printed it");
            }

            using var participant = bus.Join(parsed);
            using var occupant = new Occupant(participant, TimeProvider.System);
            var exchange = new Exchange(
                participant,
                domain,
                parsed.GetValue(json),
                parsed.GetValue(timeout) ?? CtlOption.StandardTimeout,
                $"; question {id} may have run out or been answered");
            return await exchange.RunAsync(
                occupant.WaitForAnswerListenerAsync,
                () =>
                {
                    occupant.Answer(id, parsed.GetValue(answer) == "yes", parsed.GetValue(zone) ?? CabinZone.Driver, parsed.GetValue(confidence));
                    memory.Forget(id);
                    return null;
                },
                cancellationToken);
        });
        return command;
    }
}
