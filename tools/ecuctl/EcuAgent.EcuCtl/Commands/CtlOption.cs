using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using EcuAgent.Signals;

namespace EcuAgent.EcuCtl.Commands;

/// <summary>Options whose refusal names the option, the value and what is allowed.</summary>
internal static class CtlOption
{
    private const double LongestSeconds = 1_000_000;

    public static readonly TimeSpan StandardTimeout = TimeSpan.FromSeconds(20);

    private static readonly Dictionary<string, CabinZone> Zones = new(StringComparer.Ordinal)
    {
        ["driver"] = CabinZone.Driver,
        ["passenger"] = CabinZone.Passenger,
        ["rear-left"] = CabinZone.RearLeft,
        ["rear-right"] = CabinZone.RearRight,
        ["unknown"] = CabinZone.Unknown,
    };

    public static Option<TimeSpan?> Seconds(string name, string description, double lowest = 0.001) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = result => Number(result, name, lowest, LongestSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
    };

    public static Option<TimeSpan?> Timeout() => Seconds(
        "--timeout", $"how long to wait for the reply; default {StandardTimeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)}");

    public static Option<double> Between(string name, string description, double lowest, double highest, double standard) => new(name)
    {
        Description = description,
        HelpName = "NUMBER",
        CustomParser = result => Number(result, name, lowest, highest) ?? standard,
        DefaultValueFactory = _ => standard,
    };

    public static Option<CabinZone?> Zone() => new("--zone")
    {
        Description = $"where the speaker sits: {string.Join('|', Zones.Keys)}; default driver",
        HelpName = "ZONE",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Zones.TryGetValue(text.Replace('_', '-'), out var zone))
            {
                return zone;
            }

            result.AddError($"--zone '{text}' is not one of {string.Join(", ", Zones.Keys)}");
            return null;
        },
    };

    public static Option<bool> Json() => new("--json") { Description = "print one JSON object per line" };

    private static double? Number(ArgumentResult result, string name, double lowest, double highest)
    {
        var text = result.Tokens[0].Value;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= lowest && number <= highest)
        {
            return number;
        }

        result.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} '{text}' must be a number from {lowest} to {highest}"));
        return null;
    }
}
