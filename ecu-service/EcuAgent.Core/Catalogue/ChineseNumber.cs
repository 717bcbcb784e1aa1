namespace EcuAgent.Core.Catalogue;

/// <summary>Chinese number words below a hundred million.</summary>
internal static class ChineseNumber
{
    private const string DigitChars = "零一二三四五六七八九";

    /// <summary>The number of a whole run of number characters, with the spoken short forms 一百二 and 三千五; null when it is not one number.</summary>
    public static decimal? Read(string run)
    {
        long total = 0, section = 0;
        var digit = -1;
        var lastUnit = int.MaxValue;
        var hasZero = false;
        foreach (var c in run)
        {
            var unit = c switch { '十' => 10, '百' => 100, '千' => 1000, '万' => 10000, _ => 0 };
            if (unit == 0)
            {
                // Two digits in a row are an estimate (五六十), a year or a telephone number.
                if (digit >= 0)
                {
                    return null;
                }

                var value = Digit(c);
                (hasZero, digit) = value == 0 ? (true, -1) : (hasZero, value);
            }
            else if (unit == 10000)
            {
                section += Math.Max(digit, 0);
                if (section == 0 || total > 0)
                {
                    return null;
                }

                (total, section, digit, lastUnit, hasZero) = (section * unit, 0, -1, unit, false);
            }
            else
            {
                if (unit >= lastUnit || (digit < 0 && (unit != 10 || section > 0)))
                {
                    return null;
                }

                (section, digit, lastUnit, hasZero) = (section + (Math.Max(digit, 1) * unit), -1, unit, false);
            }
        }

        if (digit >= 0)
        {
            section += hasZero || lastUnit is int.MaxValue or 10 ? digit : (long)digit * lastUnit / 10;
        }

        return total + section > 0 ? total + section : null;
    }

    /// <summary>Digits behind the point.</summary>
    public static decimal Fraction(string digits)
    {
        decimal value = 0, weight = 1;
        foreach (var c in digits)
        {
            weight /= 10;
            value += weight * Digit(c);
        }

        return value;
    }

    private static int Digit(char c) => c switch
    {
        '两' => 2,
        '〇' => 0,
        _ => DigitChars.IndexOf(c, StringComparison.Ordinal),
    };
}
