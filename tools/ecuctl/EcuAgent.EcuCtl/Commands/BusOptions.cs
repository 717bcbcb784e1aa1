using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EcuAgent.CycloneDds;
using EcuAgent.CycloneDds.VehicleBus;
using EcuAgent.ToolBus;

namespace EcuAgent.EcuCtl.Commands;

/// <summary>Where to join the bus: options of every command.</summary>
internal sealed class BusOptions
{
    public const string DomainVariable = "ECUAGENT_DOMAIN";

    public const string StandbyVariable = "ECUAGENT_STANDBY";

    private const int HighestDomain = 230;

    public Option<int> Domain { get; } = new("--domain")
    {
        Description = $"DDS domain, 0 to {HighestDomain}; default ${DomainVariable}, else 0",
        HelpName = "N",
        Recursive = true,
        CustomParser = result => ParseDomain(result, "--domain", result.Tokens[0].Value),
        DefaultValueFactory = result => Environment.GetEnvironmentVariable(DomainVariable) is { Length: > 0 } text
            ? ParseDomain(result, DomainVariable, text)
            : 0,
    };

    public Option<string> Interface { get; } = new("--interface")
    {
        Description = "network interface; nothing but loopback is opened unless it is named here",
        HelpName = "NAME",
        Recursive = true,
        DefaultValueFactory = _ => "lo",
    };

    public Option<string[]> Peers { get; } = new("--peer")
    {
        Description = "address where peers are looked for, may be given again; default this machine on lo",
        HelpName = "ADDRESS",
        Recursive = true,
    };

    public Option<bool> Standby { get; } = new("--standby")
    {
        Description = $"the service of the domain is a hot-standby pair; default ${StandbyVariable} = 1, else not",
        Recursive = true,
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(StandbyVariable) == "1",
    };

    /// <summary>Joins the bus.</summary>
    /// <exception cref="ArgumentException">The network interface cannot be used.</exception>
    /// <exception cref="DdsException">The bus cannot be joined for another reason.</exception>
    /// <exception cref="DdsLibraryException">libddsc is missing.</exception>
    public VehicleParticipant Join(ParseResult parsed)
    {
        var networkInterface = parsed.GetValue(Interface)!;
        try
        {
            return ToolParticipant.Join(parsed.GetValue(Domain), networkInterface, "ecuctl", isPair: parsed.GetValue(Standby), peers: parsed.GetValue(Peers));
        }
        catch (DdsException e) when (e.Operation == "dds_create_domain")
        {
            // The domain's settings are ours but for the interface.
            throw new ArgumentException($"--interface '{networkInterface}' cannot be used: {e.Message}", e);
        }
    }

    private static int ParseDomain(ArgumentResult result, string name, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var domain) && domain <= HighestDomain)
        {
            return domain;
        }

        result.AddError($"{name} '{text}' must be a whole number from 0 to {HighestDomain}");
        return 0;
    }
}
