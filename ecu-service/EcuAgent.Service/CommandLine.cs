namespace EcuAgent.Service;

/// <summary>Short names of the settings that people change by hand.</summary>
internal static class CommandLine
{
    public const string Help = """
        EcuAgent: cockpit service on DDS, SOME/IP, or both

        usage: EcuAgent.Service [--bus KIND] [--domain N] [--interface NAME] [--policy PROFILE] [--policy-file FILE] [--model DIR]
                                [--audit DIR] [--standby ROLE] [--has-park-position true|false] [--EcuAgent:SECTION:NAME VALUE]...

          --bus KIND                dds (default), someip or both
          --domain N                DDS domain, 0 to 230 (default 0)
          --interface NAME          network interface (default lo; nothing else is opened unless named here)
          --policy PROFILE          strict (default) or voice-confirm
          --policy-file FILE        a policy of your own; a broken one stops the start
          --model DIR               model package (default: the bundled one)
          --audit DIR               folder of the audit files (default: user's state folder, ecuagent/audit)
          --standby ROLE            Primary or Backup: one of a hot-standby pair (default Off)
          --has-park-position BOOL  false for a car without a Park position: the parking brake counts instead

        Every setting can be given as --EcuAgent:Section:Name VALUE, as environment variable EcuAgent__Section__Name, or in
        appsettings.json beside the program. README.md beside the source lists them.

        exit codes: 0 stopped as asked, 1 a stage ended by surprise, 2 wrong setting, argument or policy,
                    3 another service is on the bus, 5 no DDS library, or the domain or SOME/IP network cannot be joined
        """;

    public static readonly Dictionary<string, string> Aliases = new(StringComparer.OrdinalIgnoreCase)
    {
        ["--bus"] = "EcuAgent:Bus:Transport",
        ["--domain"] = "EcuAgent:Bus:DomainId",
        ["--interface"] = "EcuAgent:Bus:NetworkInterface",
        ["--policy"] = "EcuAgent:Policy:Profile",
        ["--policy-file"] = "EcuAgent:Policy:File",
        ["--model"] = "EcuAgent:Model:Directory",
        ["--audit"] = "EcuAgent:Audit:Directory",
        ["--standby"] = "EcuAgent:Standby:Role",
        ["--has-park-position"] = "EcuAgent:Vehicle:Driving:HasParkPosition",
    };

    /// <summary>The first argument that nothing would read, or that lacks its value; null when there is none.</summary>
    public static string? FirstFault(IReadOnlyList<string> args)
    {
        for (var i = 0; i < args.Count; i++)
        {
            var key = args[i].Split('=')[0];
            var known = Aliases.ContainsKey(key)
                || key.StartsWith("--EcuAgent:", StringComparison.OrdinalIgnoreCase)
                || key.StartsWith("--Logging:", StringComparison.OrdinalIgnoreCase);
            if (!known)
            {
                return $"unknown argument '{args[i]}'; --help shows what there is";
            }

            if (!args[i].Contains('=', StringComparison.Ordinal) && ++i >= args.Count)
            {
                return $"argument '{key}' needs a value";
            }
        }

        return null;
    }
}
