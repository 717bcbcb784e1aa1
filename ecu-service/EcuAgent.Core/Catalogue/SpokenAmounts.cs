namespace EcuAgent.Core.Catalogue;

/// <summary>
/// Whether an amount of money was said. Money must never come from the model alone, so the check is conservative: digits and number words of
/// English and Chinese that read in one way only count ("20", "twenty-five euros fifty", "两百五", "十二块五"); what can be read in two ways
/// ("twelve fifty", "五六十块"), times, shares, house numbers and counts of other things count as not said, and the person is asked.
/// </summary>
internal static class SpokenAmounts
{
    private const decimal Tolerance = 0.004m;

    /// <summary>Whether the present utterance names the amount; one that names no number at all leaves the word to the earlier one.</summary>
    public static bool Say(string utterance, string earlier, double amount)
    {
        var present = Read(utterance);
        return Holds(present.HasNumber ? present.Amounts : Read(earlier).Amounts, amount);
    }

    /// <summary>All amounts that a text names clearly, and whether it names any number, clearly or not.</summary>
    internal static (IReadOnlyList<decimal> Amounts, bool HasNumber) Read(string text)
    {
        var marks = AmountScanner.Scan(text);
        var amounts = new List<decimal>();
        var hasNumber = false;
        for (var i = 0; i < marks.Count;)
        {
            if (marks[i].Kind != AmountMarkKind.Number)
            {
                i++;
                continue;
            }

            var (amount, next, counts) = One(marks, i);
            hasNumber |= counts;
            if (amount is { } value)
            {
                amounts.Add(value);
            }

            i = next;
        }

        return (amounts, hasNumber);
    }

    private static bool Holds(IReadOnlyList<decimal> amounts, double amount) =>
        amount is > 0 and < 1e9 && amounts.Any(said => Math.Abs(said - (decimal)amount) < Tolerance);

    // Amount or null, the mark behind it, and whether it is a number at all: "one" and "一" alone are often not.
    private static (decimal? Amount, int Next, bool Counts) One(List<AmountMark> marks, int at)
    {
        var (number, after) = (marks[at], KindAt(marks, at + 1));
        switch (after)
        {
            case AmountMarkKind.Major:
                return Major(marks, at);
            case AmountMarkKind.Tenth:
                var tenth = number.Value / 10;
                return IsDigit(marks, at + 2)
                    ? (tenth + (marks[at + 2].Value / 100), at + (KindAt(marks, at + 3) == AmountMarkKind.Hundredth ? 4 : 3), true)
                    : (tenth, at + 2, true);
            case AmountMarkKind.Hundredth:
                return (number.Value / 100, at + 2, true);
            case AmountMarkKind.NoMoney:
                return (null, at + 2, !number.IsWeak);
            default:
                return number.IsWeak ? (null, at + 1, false) : (StandsAlone(marks, at) ? number.Value : null, at + 1, true);
        }
    }

    // Without a currency behind it a number can be a house's, a time, a pump's or a count: only where the words around it leave no doubt.
    private static bool StandsAlone(List<AmountMark> marks, int at) => KindAt(marks, at - 1) is AmountMarkKind.Major or AmountMarkKind.Sign
        || (KindAt(marks, at - 1) is not (AmountMarkKind.Where or AmountMarkKind.Label)
            && KindAt(marks, at + 1) is not (AmountMarkKind.Word or AmountMarkKind.Label));

    // "twenty euros", and what may follow: "and 50 cents", "fifty", 块五, 块五毛, 块半.
    private static (decimal? Amount, int Next, bool Counts) Major(List<AmountMark> marks, int at)
    {
        var whole = marks[at].Value;
        var next = at + 2;
        var hasAnd = KindAt(marks, next) == AmountMarkKind.And;
        var part = hasAnd ? next + 1 : next;
        if (KindAt(marks, part) == AmountMarkKind.Half)
        {
            return (whole + 0.5m, part + 1, true);
        }

        if (KindAt(marks, part) != AmountMarkKind.Number)
        {
            return (whole, next, true);
        }

        var fraction = marks[part].Value;
        switch (KindAt(marks, part + 1))
        {
            case AmountMarkKind.Hundredth:
                return (fraction < 100 ? whole + (fraction / 100) : null, part + 2, true);
            case AmountMarkKind.Tenth:
                var tenths = fraction < 10 ? whole + (fraction / 10) : null;
                return IsDigit(marks, part + 2)
                    ? (tenths + (marks[part + 2].Value / 100), part + (KindAt(marks, part + 3) == AmountMarkKind.Hundredth ? 4 : 3), true)
                    : (tenths, part + 2, true);
        }

        if (hasAnd || KindAt(marks, part + 1) == AmountMarkKind.Major)
        {
            return (whole, next, true);
        }

        // Nothing stands between: "five dollars fifty", "二十块五"; but 二十块五个 counts something else.
        var isChinese = marks[at + 1].IsChinese;
        decimal? joined = isChinese && IsDigit(marks, part) && KindAt(marks, part + 1) is not (AmountMarkKind.NoMoney or AmountMarkKind.Number) ? whole + (fraction / 10)
            : !isChinese && fraction is >= 10 and < 100 && decimal.IsInteger(fraction.Value) ? whole + (fraction / 100)
            : null;
        return (joined, part + 1, true);
    }

    private static bool IsDigit(List<AmountMark> marks, int at) =>
        KindAt(marks, at) == AmountMarkKind.Number && marks[at].Value is >= 1 and <= 9 && decimal.IsInteger(marks[at].Value!.Value);

    private static AmountMarkKind KindAt(List<AmountMark> marks, int at) => at >= 0 && at < marks.Count ? marks[at].Kind : AmountMarkKind.End;
}
