namespace EcuAgent.Core.Gate;

/// <summary>How many decimals a currency has, by ISO 4217; two where it is not listed here.</summary>
internal static class CurrencyDigits
{
    /// <summary>Decimals of a currency.</summary>
    public static int Of(string? currency) => currency switch
    {
        "BIF" or "CLP" or "DJF" or "GNF" or "ISK" or "JPY" or "KMF" or "KRW" or "PYG" or "RWF" or "UGX" or "VND" or "VUV" or "XAF" or "XOF" or "XPF" => 0,
        "BHD" or "IQD" or "JOD" or "KWD" or "LYD" or "OMR" or "TND" => 3,
        _ => 2,
    };

    /// <summary>Minor units in one whole unit.</summary>
    public static decimal UnitsOf(string? currency) => Of(currency) switch
    {
        0 => 1,
        3 => 1000,
        _ => 100,
    };
}
