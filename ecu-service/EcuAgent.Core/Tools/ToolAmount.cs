using System.Text.Json;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Tools;

/// <summary>What a call costs: always the same, or what an argument says.</summary>
public sealed record ToolAmount
{
    /// <summary>The amount where it is always the same; null where an argument says it.</summary>
    public Money? Always { get; init; }

    /// <summary>The argument that says it, in whole units of <see cref="Currency"/>; empty where it is always the same.</summary>
    public string Argument { get; init; } = "";

    /// <summary>ISO 4217 code for <see cref="Argument"/>.</summary>
    public string Currency { get; init; } = "";

    /// <summary>The amount of a call; null where its arguments say none that can be paid.</summary>
    public Money? Of(JsonElement arguments)
    {
        if (Always is not null)
        {
            return Always;
        }

        if (!arguments.TryGetProperty(Argument, out var said) || said.ValueKind != JsonValueKind.Number || !said.TryGetDecimal(out var major)
            || major is < 0 or > 1_000_000_000)
        {
            return null;
        }

        var minor = major * CurrencyDigits.UnitsOf(Currency);
        return decimal.IsInteger(minor) ? new Money((long)minor, Currency) : null;
    }
}
