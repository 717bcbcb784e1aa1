using System.CommandLine;
using EcuAgent.EcuCtl.Output;
using EcuAgent.QwenCloud.Privacy;

namespace EcuAgent.EcuCtl.Commands;

/// <summary><c>ecuctl privacy</c>: what the cloud helper sent, and the owner's consent. Works on files of this machine, without the bus.</summary>
internal static class PrivacyCommand
{
    private const int StandardLast = 20;

    public static Command Create()
    {
        var folder = new Option<string>("--directory")
        {
            Description = "the service's EcuAgent:Cloud:Directory",
            HelpName = "DIR",
            DefaultValueFactory = _ => PrivacyFolder.Default,
            Recursive = true,
        };
        var last = new Option<int>("--last") { Description = "how many requests to show, newest last", HelpName = "N", DefaultValueFactory = _ => StandardLast };
        last.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 0)
            {
                result.AddError($"--last '{result.GetValueOrDefault<int>()}' must be 0 or more");
            }
        });
        var json = CtlOption.Json();
        var command = CtlCommands.New("privacy", "Shows what the cloud helper sent out of the car, its settings, the consent, and why requests stayed.");
        Array.ForEach<Option>([folder, last, json], command.Options.Add);
        command.SetBusAction((parsed, _) => Task.FromResult(
            Show(parsed.GetRequiredValue(folder), parsed.GetValue(last), parsed.GetValue(json))));
        command.Subcommands.Add(Allow(folder));
        command.Subcommands.Add(Withdraw(folder));
        return command;
    }

    private static Command Allow(Option<string> folder)
    {
        var endpoint = new Option<string?>("--endpoint")
        {
            Description = "scheme, host and port to allow; default: the one that the service last said it would use",
            HelpName = "URL",
        };
        var yes = new Option<bool>("--yes") { Description = "the owner has read what leaves, and says yes" };
        var command = CtlCommands.New("allow", "Gives the owner's consent. The service looks before each request; one given while moving counts from the next standstill.");
        command.Options.Add(endpoint);
        command.Options.Add(yes);
        command.SetBusAction((parsed, _) => Task.FromResult(
            GiveConsent(parsed.GetRequiredValue(folder), parsed.GetValue(endpoint), parsed.GetValue(yes))));
        return command;
    }

    private static Command Withdraw(Option<string> folder)
    {
        var command = CtlCommands.New("withdraw", "Takes the owner's consent back: nothing leaves from the next request on.");
        command.SetBusAction((parsed, _) =>
        {
            var directory = parsed.GetRequiredValue(folder);
            var consent = StandingConsent.Read(directory);
            Write(directory, given: false, consent?.Endpoint ?? "");
            Console.WriteLine("consent withdrawn");
            return Task.FromResult(ExitCode.Ok);
        });
        return command;
    }

    private static int Show(string folder, int last, bool json)
    {
        var status = HelperStatus.Read(folder);
        var consent = StandingConsent.Read(folder);
        var (entries, unreadable) = SentRecordReader.Read(folder);
        var shown = entries.TakeLast(last).ToList();
        var lines = json
            ? PrivacyText.Json(folder, status, consent, shown, entries.Count, unreadable)
            : PrivacyText.Lines(folder, status, consent, shown, entries.Count, unreadable);
        foreach (var line in lines)
        {
            Console.WriteLine(line);
        }

        return ExitCode.Ok;
    }

    private static int GiveConsent(string folder, string? given, bool yes)
    {
        var endpoint = given ?? HelperStatus.Read(folder)?.Endpoint;
        if (string.IsNullOrEmpty(endpoint))
        {
            return CtlAction.Fail(ExitCode.WrongInput, $"no endpoint is known in {folder}: start the service with the helper enabled, or give --endpoint URL");
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out var address) || address.Scheme is not ("https" or "http"))
        {
            return CtlAction.Fail(ExitCode.WrongInput, $"--endpoint '{endpoint}' must be an address such as https://host");
        }

        var origin = address.GetLeftPart(UriPartial.Authority);
        foreach (var line in PrivacyText.Terms(origin))
        {
            Console.WriteLine(line);
        }

        if (!yes)
        {
            return CtlAction.Fail(ExitCode.WrongInput, "nothing was changed: --yes is needed for a consent");
        }

        Write(folder, given: true, origin);
        if (StandingConsent.Read(folder) is null)
        {
            return CtlAction.Fail(ExitCode.WrongInput, $"the consent does not count: others can write in {folder}; allowed: chmod 700");
        }

        Console.WriteLine("consent given");
        return ExitCode.Ok;
    }

    private static void Write(string folder, bool given, string endpoint) => new StandingConsent
    {
        Given = given,
        Endpoint = endpoint,
        FieldsVersion = SentFields.Version,
        Time = TimeProvider.System.GetUtcNow(),
    }.Write(folder);
}
