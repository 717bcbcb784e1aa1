using System.Globalization;
using System.Text;

namespace EcuAgent.Qwen.Grammar;

/// <summary>
/// Numbers in shortest decimal form inside a range, by construction: small sets value by value, large ones digit by digit. Never
/// a leading zero, a trailing zero of a fraction, "-0" or an exponent.
/// </summary>
internal static class NumberAutomaton
{
    /// <summary>Up to so many values are written out one by one.</summary>
    private const int MaxListed = 4096;
    private const int MaxDecimals = 3;

    /// <summary>Why a range cannot be expressed, or null.</summary>
    public static string? FirstFault(ValueRule.Number rule)
    {
        var (first, last) = Ends(rule);
        if (first > last)
        {
            return Text($"no multiple of {rule.Step} lies in {rule.Minimum} to {rule.Maximum}");
        }

        return Count(rule, first, last) <= MaxListed || DecimalsOf(rule.Step) is not null
            ? null
            : Text($"{Count(rule, first, last)} values: expected at most {MaxListed}, or a multipleOf of 1, 0.1, 0.01 or 0.001");
    }

    public static void Add(Nfa nfa, int from, ValueRule.Number rule, int to)
    {
        var (first, last) = Ends(rule);
        if (Count(rule, first, last) <= MaxListed)
        {
            List(nfa, from, first, last, rule.Step, to);
            return;
        }

        var decimals = DecimalsOf(rule.Step)!.Value;
        if (last >= 0)
        {
            NonNegative(nfa, from, Math.Max(first, 0), last, rule.Step, decimals, to);
        }

        if (first < 0)
        {
            var minus = nfa.Literal(from, "-"u8);
            NonNegative(nfa, minus, Math.Max(-last, rule.Step), -first, rule.Step, decimals, to);
        }
    }

    private static (decimal First, decimal Last) Ends(ValueRule.Number rule) =>
        (decimal.Ceiling(rule.Minimum / rule.Step) * rule.Step, decimal.Floor(rule.Maximum / rule.Step) * rule.Step);

    private static decimal Count(ValueRule.Number rule, decimal first, decimal last) => ((last - first) / rule.Step) + 1;

    private static int? DecimalsOf(decimal step)
    {
        for (var (decimals, unit) = (0, 1m); decimals <= MaxDecimals; decimals++, unit /= 10)
        {
            if (step == unit)
            {
                return decimals;
            }
        }

        return null;
    }

    private static void List(Nfa nfa, int from, decimal first, decimal last, decimal step, int to)
    {
        for (var value = first; value <= last; value += step)
        {
            nfa.Literal(from, Encoding.ASCII.GetBytes(value.ToString("0.############", CultureInfo.InvariantCulture)), to);
        }
    }

    private static void NonNegative(Nfa nfa, int from, decimal low, decimal high, decimal step, int decimals, int to)
    {
        var (lowWhole, highWhole) = (decimal.Truncate(low), decimal.Truncate(high));
        if (lowWhole == highWhole)
        {
            List(nfa, from, low, high, step, to);
            return;
        }

        // The first and the last whole number may be cut by the range; every one between takes any fraction.
        List(nfa, from, low, lowWhole + 1 - step, step, to);
        List(nfa, from, highWhole, high, step, to);
        var wholeEnd = nfa.NewState();
        nfa.Empty(wholeEnd, to);
        Whole(nfa, from, (long)lowWhole + 1, (long)highWhole - 1, wholeEnd);
        if (decimals > 0)
        {
            Fraction(nfa, nfa.Literal(wholeEnd, "."u8), decimals, to);
        }
    }

    private static void Fraction(Nfa nfa, int from, int decimals, int to)
    {
        nfa.Range(from, (byte)'1', (byte)'9', to);
        if (decimals > 1)
        {
            var next = nfa.NewState();
            nfa.Range(from, (byte)'0', (byte)'9', next);
            Fraction(nfa, next, decimals - 1, to);
        }
    }

    private static void Whole(Nfa nfa, int from, long low, long high, int to)
    {
        while (low <= high)
        {
            // One block for each number of digits, so that leading zeros cannot arise.
            var text = low.ToString(CultureInfo.InvariantCulture);
            var top = Math.Min(high, (long)Math.Pow(10, text.Length) - 1);
            Digits(nfa, from, text, top.ToString(CultureInfo.InvariantCulture), to);
            low = top + 1;
        }
    }

    private static void Digits(Nfa nfa, int from, ReadOnlySpan<char> low, ReadOnlySpan<char> high, int to)
    {
        if (low.IsEmpty)
        {
            nfa.Empty(from, to);
        }
        else if (low[0] == high[0])
        {
            Digits(nfa, Edge(nfa, from, low[0], low[0]), low[1..], high[1..], to);
        }
        else
        {
            var zeros = new string('0', low.Length - 1);
            var nines = new string('9', low.Length - 1);
            Digits(nfa, Edge(nfa, from, low[0], low[0]), low[1..], nines, to);
            Digits(nfa, Edge(nfa, from, high[0], high[0]), zeros, high[1..], to);
            if (high[0] - low[0] > 1)
            {
                var next = Edge(nfa, from, (char)(low[0] + 1), (char)(high[0] - 1));
                for (var i = 0; i < zeros.Length; i++)
                {
                    next = Edge(nfa, next, '0', '9');
                }

                nfa.Empty(next, to);
            }
        }
    }

    private static int Edge(Nfa nfa, int from, char low, char high)
    {
        var next = nfa.NewState();
        nfa.Range(from, (byte)low, (byte)high, next);
        return next;
    }

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
