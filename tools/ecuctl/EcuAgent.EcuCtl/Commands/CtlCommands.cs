using System.CommandLine;

namespace EcuAgent.EcuCtl.Commands;

/// <summary>The command tree.</summary>
internal static class CtlCommands
{
    public static RootCommand Build()
    {
        var bus = new BusOptions();
        var root = new RootCommand($"Watches and drives the EcuAgent vehicle bus. {ExitCode.Help}")
        {
            WatchCommand.Create(bus),
            SayCommand.Create(bus),
            ConfirmCommand.Create(bus),
            SetCommand.Create(bus),
            ReplayCommand.Create(bus),
            RecordCommand.Create(bus),
            PrivacyCommand.Create(),
            OrderCommands.Orders(),
            OrderCommands.Why(),
            ToolCommands.Create(),
            VersionCommand.Create(),
        };
        root.Options.Add(bus.Domain);
        root.Options.Add(bus.Interface);
        root.Options.Add(bus.Peers);
        root.Options.Add(bus.Standby);
        return root;
    }

    /// <summary>A command whose help tells the exit codes.</summary>
    public static Command New(string name, string description) => new(name, $"{description} {ExitCode.Help}");
}
