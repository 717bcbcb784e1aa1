namespace EcuAgent.Core.Gate;

/// <summary>An amount of money.</summary>
/// <param name="MinorUnits">Cents, fen, ...; 0 or more. A negative amount is treated as not known.</param>
/// <param name="Currency">ISO 4217 code, three upper-case letters.</param>
public readonly record struct Money(long MinorUnits, string? Currency)
{
    /// <summary>Nothing to pay: zero of ISO 4217 "XXX", the code for no currency.</summary>
    public static Money Nothing => new(0, "XXX");

    /// <summary>True when the amount is 0 or more and the currency has the form of an ISO 4217 code.</summary>
    public bool IsKnown => MinorUnits >= 0 && IsCurrencyCode(Currency);

    /// <summary>The amount in whole units, as people say it.</summary>
    public decimal ToMajor() => MinorUnits / CurrencyDigits.UnitsOf(Currency);

    /// <summary>True for three upper-case ASCII letters.</summary>
    internal static bool IsCurrencyCode(string? code) =>
        code is { Length: 3 }
        && char.IsAsciiLetterUpper(code[0]) && char.IsAsciiLetterUpper(code[1]) && char.IsAsciiLetterUpper(code[2]);
}
