using EcuAgent.Commerce.Json;
using EcuAgent.Core.Gate;

namespace EcuAgent.Commerce.Mapping;

/// <summary>Reads amounts out of lists of totals.</summary>
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
    /// <param name="lineTotals">Its totals.</param>
    /// <param name="unitAmount">Price of one piece, where there are no totals; null when not told.</param>
    /// <param name="quantity">Pieces.</param>
    internal static long OfLine(IReadOnlyList<WireTotal>? lineTotals, long? unitAmount, long quantity)
    {
        var totals = WireReader.Solid(lineTotals);
        foreach (var type in LineTypes)
        {
            if (totals.FirstOrDefault(total => total.Type == type) is { } told)
            {
                return told.Amount;
            }
        }

        return unitAmount is { } one ? (long)Math.Clamp((decimal)one * quantity, long.MinValue, long.MaxValue) : 0;
    }

    /// <summary>What was given back in all; null when nothing.</summary>
    internal static Money? SumOf(IEnumerable<long> amounts, string currency) =>
        amounts.Sum(amount => Math.Abs((decimal)amount)) is > 0 and <= long.MaxValue and var sum ? new Money((long)sum, currency) : null;
}
