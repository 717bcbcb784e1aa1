using System.CommandLine;
using EcuAgent.EcuCtl.Dialogue;
using EcuAgent.Signals;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Commands;

/// <summary><c>ecuctl say</c>: speaks as an occupant and prints what follows.</summary>
internal static class SayCommand
{
    public static Command Create(BusOptions bus)
    {
        var text = new Argument<string>("TEXT") { Description = "what the occupant says" };
        var zone = CtlOption.Zone();
        var confidence = CtlOption.Between("--confidence", "confidence of the speech recognizer, 0 to 1", 0, 1, 1);
        var language = new Option<string>("--language") { Description = "en, zh, or auto: by the characters", DefaultValueFactory = _ => "auto" };
        language.AcceptOnlyFromAmong("en", "zh", "auto");
        var alternatives = new Option<string[]>("--alternative")
        {
            Description = $"a further hypothesis of the recognizer; up to {Spoken.MostAlternatives} times, best first",
            HelpName = "TEXT",
        };
        var json = CtlOption.Json();
        var timeout = CtlOption.Timeout();
        var command = CtlCommands.New("say", "Says something and prints decisions, commands, outcomes and the reply as they come.");
        command.Arguments.Add(text);
        Option[] options = [zone, confidence, language, alternatives, json, timeout];
        Array.ForEach(options, command.Options.Add);
        command.SetBusAction(async (parsed, cancellationToken) =>
        {
            var spoken = new Spoken
            {
                Text = parsed.GetRequiredValue(text),
                Alternatives = parsed.GetValue(alternatives) ?? [],
                Confidence = parsed.GetValue(confidence),
                Language = parsed.GetValue(language) is "auto" ? null : parsed.GetValue(language),
                Zone = parsed.GetValue(zone) ?? CabinZone.Driver,
            };
            if (spoken.Fault is { } fault)
            {
                return CtlAction.Fail(ExitCode.WrongInput, fault);
            }

            using var participant = bus.Join(parsed);
            using var occupant = new Occupant(participant, TimeProvider.System);
            var exchange = new Exchange(participant, parsed.GetValue(bus.Domain), parsed.GetValue(json), parsed.GetValue(timeout) ?? CtlOption.StandardTimeout);
            return await exchange.RunAsync(occupant.WaitForListenerAsync, () => occupant.Say(spoken), cancellationToken);
        });
        return command;
    }
}
