using System.Globalization;
using EcuAgent.Core.Gate;

namespace EcuAgent.Core.Replies;

/// <summary>Numbers and directions as they are spoken; shared by the languages.</summary>
internal static class Spoken
{
    private const int LongestName = 60;

    /// <summary>At most one decimal, none when it is zero.</summary>
    public static string Number(double value) => Math.Round(value, 1).ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>An amount with the decimals of its currency, and the currency's code.</summary>
    public static string Amount(Money money) => money.ToMajor().ToString("F" + CurrencyDigits.Of(money.Currency), CultureInfo.InvariantCulture) + " " + money.Currency;

    /// <summary>A name from another ECU or a merchant, made safe to speak: no control characters, not endless.</summary>
    public static string Name(string name)
    {
        var plain = string.Concat(name.Where(c => !char.IsControl(c))).Trim();
        if (plain.Length <= LongestName)
        {
            return plain;
        }

        var end = char.IsHighSurrogate(plain[LongestName - 1]) ? LongestName - 1 : LongestName;
        return plain[..end];
    }

    /// <summary>One of eight sectors, 0 = straight ahead or north, clockwise.</summary>
    public static int Sector(double bearingDeg, double referenceDeg)
    {
        var relative = (((bearingDeg - referenceDeg) % 360) + 360) % 360;
        return (int)Math.Floor((relative + 22.5) / 45) % 8;
    }

    /// <summary>Metres below one kilometre (to 50 m), otherwise kilometres.</summary>
    public static (double Value, bool Kilometres) Distance(double metres) =>
        metres < 950 ? (Math.Max(50, Math.Round(metres / 50) * 50), false)
        : metres < 9950 ? (Math.Round(metres / 1000, 1), true)
        : (Math.Round(metres / 1000), true);
}
