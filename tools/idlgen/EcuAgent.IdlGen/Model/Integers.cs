namespace EcuAgent.IdlGen.Model;

/// <summary>Integer literals and ranges of IDL.</summary>
internal static class Integers
{
    /// <summary>Reads a decimal, hexadecimal (0x) or octal (leading 0) literal of at most 64 bits.</summary>
    public static bool TryParse(string text, out Int128 value)
    {
        value = 0;
        var (digits, radix) = text switch
        {
            ['0', 'x' or 'X', ..] => (text[2..], 16),
            ['0', _, ..] => (text[1..], 8),
            _ => (text, 10),
        };

        foreach (var c in digits)
        {
            var digit = char.IsAsciiHexDigit(c) ? Convert.ToInt32(c.ToString(), 16) : radix;
            value = (value * radix) + digit;
            if (digit >= radix || value > ulong.MaxValue)
            {
                return false;
            }
        }

        return digits.Length > 0;
    }

    public static bool Fits(PrimitiveKind kind, Int128 value) => kind switch
    {
        PrimitiveKind.Int8 => value >= sbyte.MinValue && value <= sbyte.MaxValue,
        PrimitiveKind.UInt8 => value >= byte.MinValue && value <= byte.MaxValue,
        PrimitiveKind.Int16 => value >= short.MinValue && value <= short.MaxValue,
        PrimitiveKind.UInt16 => value >= ushort.MinValue && value <= ushort.MaxValue,
        PrimitiveKind.Int32 => value >= int.MinValue && value <= int.MaxValue,
        PrimitiveKind.UInt32 => value >= uint.MinValue && value <= uint.MaxValue,
        PrimitiveKind.Int64 => value >= long.MinValue && value <= long.MaxValue,
        PrimitiveKind.UInt64 => value >= ulong.MinValue && value <= ulong.MaxValue,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "no integer"),
    };
}
