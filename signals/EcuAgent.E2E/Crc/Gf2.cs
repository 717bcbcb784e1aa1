namespace EcuAgent.E2E;

/// <summary>Polynomials over GF(2), modulo x^64 + p: a CRC of fewer bits is one of 64 whose polynomial is multiplied by a power of x.</summary>
internal static class Gf2
{
    /// <summary>x^<paramref name="exponent"/> modulo x^64 + <paramref name="polynomial"/>.</summary>
    internal static ulong PowerOfX(int exponent, ulong polynomial)
    {
        ulong power = 1;
        for (var i = 0; i < exponent; i++)
        {
            power = TimesX(power, polynomial);
        }

        return power;
    }

    internal static ulong TimesX(ulong value, ulong polynomial) => (value << 1) ^ (value >> 63 == 0 ? 0 : polynomial);

    internal static ulong Reversed(ulong value)
    {
        ulong reversed = 0;
        for (var i = 0; i < 64; i++)
        {
            reversed |= ((value >> i) & 1) << (63 - i);
        }

        return reversed;
    }
}
