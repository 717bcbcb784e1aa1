using System.Globalization;

namespace EcuAgent.Core.Standby;

/// <summary>How role and strength stand among the reason codes of the heartbeat: "standby:leading:200". The wire has no field for them.</summary>
public static class StandbyCode
{
    /// <summary>Degraded reason: another service of the domain has the same strength, so that readers cannot tell the two apart by it.</summary>
    public const string EqualStrength = "standby_equal_strength";

    private const string Lead = "standby:";

    /// <summary>The code.</summary>
    public static string Of(StandbyState state, int strength) => string.Create(CultureInfo.InvariantCulture, $"{Lead}{Word(state)}:{strength}");

    /// <summary>Finds the code in the comma-separated reasons of a heartbeat; null where there is none, as from a service that is alone.</summary>
    public static (StandbyState State, int Strength)? Find(string reasons)
    {
        ArgumentNullException.ThrowIfNull(reasons);
        foreach (var range in reasons.AsSpan().Split(','))
        {
            var code = reasons.AsSpan(range);
            if (!code.StartsWith(Lead, StringComparison.Ordinal))
            {
                continue;
            }

            code = code[Lead.Length..];
            var colon = code.IndexOf(':');
            if (colon < 0 || !int.TryParse(code[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var strength))
            {
                continue;
            }

            foreach (var state in Enum.GetValues<StandbyState>())
            {
                if (code[..colon].SequenceEqual(Word(state)))
                {
                    return (state, strength);
                }
            }
        }

        return null;
    }

    private static string Word(StandbyState state) => state switch
    {
        StandbyState.Joining => "joining",
        StandbyState.Following => "following",
        StandbyState.Leading => "leading",
        _ => "left",
    };
}
