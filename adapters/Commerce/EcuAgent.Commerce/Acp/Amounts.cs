using EcuAgent.Commerce.Acp.Wire;
using EcuAgent.Core.Gate;

namespace EcuAgent.Commerce.Acp;

/// <summary>Reads amounts out of ACP's lists of totals.</summary>
internal static class Amounts
{
    private static readonly string[] LineTypes = ["total", "subtotal", "items_base_amount", "base_amount"];

    /// <summary>The amount of a type; null where it is not told, negative, told twice with different values, or the currency is none.</summary>
    internal static Money? Of(IReadOnlyList<WireTotal>? totals, string type, string currency)
    {
        long[] amounts = [.. WireReader.Solid(totals).Where(total => total.Type == type).Select(total => total.Amount).Distinct()];
        return amounts.Length == 1 && new Money(amounts[0], currency) is { IsKnown: true } money ? money : null;
    }

    /// <summary>What a line comes to.</summary>
    internal static long OfLine(WireLine line)
    {
        var totals = WireReader.Solid(line.Totals);
        foreach (var type in LineTypes)
        {
            if (totals.FirstOrDefault(total => total.Type == type) is { } told)
            {
                return told.Amount;
            }
        }

        return line.UnitAmount is { } one ? (long)Math.Clamp((decimal)one * line.Quantity, long.MinValue, long.MaxValue) : 0;
    }
}
