using System.CommandLine;
using EcuAgent.Commerce.Journal;
using EcuAgent.Core.Commerce;
using EcuAgent.EcuCtl.Output;

namespace EcuAgent.EcuCtl.Commands;

/// <summary><c>ecuctl orders</c> and <c>ecuctl why</c>: what was bought, and why it was suggested. Works on the journal's file, without the bus.</summary>
internal static class OrderCommands
{
    private const int StandardLast = 20;

    /// <summary>Lists the purchases.</summary>
    public static Command Orders()
    {
        var folder = Folder();
        var last = new Option<int>("--last") { Description = "how many to show, newest first", HelpName = "N", DefaultValueFactory = _ => StandardLast };
        last.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
            {
                result.AddError($"--last '{result.GetValueOrDefault<int>()}' must be 1 or more");
            }
        });
        var command = CtlCommands.New("orders", "Lists what was bought or tried to be bought, newest first.");
        command.Options.Add(folder);
        command.Options.Add(last);
        command.SetBusAction((parsed, _) => Task.FromResult(Read(
            parsed.GetRequiredValue(folder),
            reader => [.. reader.Latest(parsed.GetValue(last)).Select(OrderText.Line)],
            "nothing was bought yet")));
        return command;
    }

    /// <summary>Explains one purchase.</summary>
    public static Command Why()
    {
        var folder = Folder();
        var order = new Argument<string>("ORDER") { Description = "id of the purchase, the merchant's order number, or 'last'" };
        var command = CtlCommands.New("why", "Shows why an order was suggested, what was agreed, and everything that became of it.");
        command.Arguments.Add(order);
        command.Options.Add(folder);
        command.SetBusAction((parsed, _) => Task.FromResult(Explain(parsed.GetRequiredValue(folder), parsed.GetRequiredValue(order))));
        return command;
    }

    private static Option<string> Folder() => new("--directory")
    {
        Description = "the service's EcuAgent:Journal:Directory",
        HelpName = "DIR",
        DefaultValueFactory = _ => JournalFolder.Default,
    };

    private static int Explain(string folder, string order)
    {
        var isKnown = true;
        var code = Read(
            folder,
            reader =>
            {
                var all = reader.Latest();
                var record = order == "last" ? (all.Count > 0 ? all[0] : null) : all.FirstOrDefault(r => r.Id == order || r.OrderNumber == order || r.OrderId == order);
                isKnown = record is not null;
                return record is null ? [] : OrderText.Explain(reader.History(record.Id));
            },
            null);
        return isKnown ? code : CtlAction.Fail(ExitCode.WrongInput, $"order '{order}' is not in the journal in {folder}; 'ecuctl orders' lists what is");
    }

    private static int Read(string folder, Func<JournalReader, IReadOnlyList<string>> lines, string? nothing)
    {
        try
        {
            using var reader = JournalReader.Open(folder);
            if (reader is null)
            {
                return CtlAction.Fail(ExitCode.WrongInput, $"there is no purchase journal in {folder}; --directory names the service's EcuAgent:Journal:Directory");
            }

            var shown = lines(reader);
            foreach (var line in shown.Count > 0 || nothing is null ? shown : [nothing])
            {
                Console.WriteLine(line);
            }

            return ExitCode.Ok;
        }
        catch (JournalException error)
        {
            return CtlAction.Fail(ExitCode.WrongInput, error.Message);
        }
    }
}
